# What every file of the suite begins with: the built module, and where asked for one practice tenant.
param([Parameter(Mandatory)] [string] $Module, [switch] $WithTenant, [int] $Users = 40)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Set-StrictMode -Version 3.0
Import-Module $Module

# Journals go here, and the key that protects them, not into the account's own folder.
$env:XDG_DATA_HOME = "$TestDrive"

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

# A file with what another process needs to connect to the same tenant, as the tenant's own first line gives it.
function ReadyFile([PasswordOps.PracticeTenant] $Of = $tenant) {
    $app = $Of.Apps[0]
    $file = Join-Path $TestDrive "$(New-Guid).json"
    @{
        authority = "$($Of.Authority)"; graph = "$($Of.Graph)"; tenantId = $Of.TenantId; caCertificateFile = $Of.CaCertificateFile
        processId = $Of.ProcessId; users = $Of.Users
        apps = @(@{ displayName = $app.DisplayName; appId = $app.AppId; secret = [Net.NetworkCredential]::new('', $app.Secret).Password })
    } | ConvertTo-Json -Compress -Depth 4 | Set-Content -LiteralPath $file -NoNewline
    $file
}

function Secure([string] $Text) {
    ConvertTo-SecureString $Text -AsPlainText -Force
}

if ($WithTenant) {
    $tenant = Start-PracticeTenant -Users $Users -AutoApprove paul@contoso.com
}
