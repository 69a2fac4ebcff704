# A domain of Samba with accounts of sync engines, and how to sign in to it; needs common.ps1 before it.
$program = Get-ChildItem "$PSScriptRoot/../SambaDomain/bin/*/*/SambaDomain.dll" | Sort-Object LastWriteTime | Select-Object -Last 1
$start = [Diagnostics.ProcessStartInfo]::new('dotnet', "`"$program`" --rights")
$start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
$samba = [Diagnostics.Process]::Start($start)
$line = $samba.StandardOutput.ReadLine()
if (-not $line) { throw $samba.StandardError.ReadToEnd() }
$domain = $line | ConvertFrom-Json -AsHashtable
$writeback = "OU=Writeback,$($domain.baseDn)"

function As([string] $Name) {
    @{
        DomainController = $domain.server; DomainCertificate = $domain.caFile
        DomainCredential = [pscredential]::new($domain.accounts[$Name].userPrincipalName, (Secure $domain.accounts[$Name].password))
    }
}
