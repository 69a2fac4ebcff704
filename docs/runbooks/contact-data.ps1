#requires -Version 7.4
<#
.SYNOPSIS
Sets contact data from a sheet, unattended. The same command begins the run, goes on with it after a restart, and does nothing when it is done.

.DESCRIPTION
Prints one line of JSON with the counts of rows. Rows that failed are errors on the error stream, without any phone number or address.

Exit code 0: every row is as the sheet wants it. 1: the run is over, and some rows are not: the errors say which and why. Another start tries
those again that the service refused; rows that are wrong in themselves need another sheet and another journal. 2: the run did not begin, or ended early; another start goes on.
#>
param(
    # CSV file with one row a user.
    [Parameter(Mandatory)] [string] $Sheet,

    # Journal of the run, on a disk that outlives the machine that it runs on.
    [Parameter(Mandatory)] [string] $Journal,

    # Which part of the users, such as 2/8.
    [string] $Shard = '1/1',

    # Country of numbers without a country code.
    [string] $DefaultCountry,

    # Certificate that the journal's values are encrypted for: a file or a thumbprint.
    [string] $ProtectTo,

    # How to sign in.
    [ValidateSet('ManagedIdentity', 'WorkloadIdentity', 'AzureCli')] [string] $SignIn = 'ManagedIdentity',

    # File with the line that a practice tenant printed: rehearse there instead.
    [string] $PracticeTenant
)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
try {
    Import-Module PasswordOps
    $who = if ($PracticeTenant) { @{ PracticeTenant = Get-Content -Raw -LiteralPath $PracticeTenant } } else { @{ $SignIn = $true } }
    $null = Connect-PasswordOps @who

    $set = @{ Path = $Sheet; Journal = $Journal; Resume = $true; Shard = $Shard; SkipInvalid = $true }
    if ($DefaultCountry) { $set.DefaultCountry = $DefaultCountry }
    if ($ProtectTo) { $set.ProtectTo = $ProtectTo }
    $run = Set-SsprContactData @set -Confirm:$false -ErrorAction Continue | Select-Object -Last 1
} catch {
    # Not Write-Error: with 'Stop' that would end the script before its exit code.
    [Console]::Error.WriteLine("$($_.FullyQualifiedErrorId): $_")
    exit 2
}

$run | Select-Object Source, Shard, Rows, Succeeded, Unchanged, Earlier, Failed, Unknown, Invalid, NotSent, Journal | ConvertTo-Json -Compress
exit $(if ($run.NotSent) { 2 } elseif ($run.IsComplete) { 0 } else { 1 })
