# What every file of the suite begins with: the built module, and where asked for one practice tenant.
param([Parameter(Mandatory)] [string] $Module, [switch] $WithTenant, [int] $Users = 40)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Set-StrictMode -Version 3.0
Import-Module $Module

# The error id that a piece of script ends with or leaves behind.
function ErrorIdOf([scriptblock] $Script) {
    try {
        $null = & $Script 2>&1 | Tee-Object -Variable all
        ($all | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | Select-Object -First 1).FullyQualifiedErrorId
    } catch {
        $_.FullyQualifiedErrorId
    }
}

# What the practice tenant was asked since the last call, without reading.
function Writes([PasswordOps.PracticeTenant] $Of = $tenant) {
    (Control GET 'practice/requests').requests | Where-Object { $_.method -ne 'GET' -and $_.path -notmatch '/token|\$batch' }
}

function Control([string] $Method, [string] $Path) {
    Invoke-RestMethod -Method $Method -Uri "$($tenant.Graph)$Path" -SkipCertificateCheck
}

function Secure([string] $Text) {
    ConvertTo-SecureString $Text -AsPlainText -Force
}

if ($WithTenant) {
    $tenant = Start-PracticeTenant -Users $Users -AutoApprove paul@contoso.com
}
