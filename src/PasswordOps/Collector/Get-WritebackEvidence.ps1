<#
.SYNOPSIS
Collects on a sync server what tells whether password writeback works, and changes nothing.

.DESCRIPTION
For Windows PowerShell 5.1 on the server that runs Entra Connect Sync, or the provisioning agent of cloud sync; elevated, or parts are
missing. It needs no module and no internet. It leaves a folder with writeback-evidence.json and events.xml, which Get-WritebackHealth
-Evidence judges on any machine. Each part is read by itself: what cannot be read is left with its reason. Passwords and other secrets are
not read at all.

.PARAMETER Path
Folder to leave the evidence in; made when it is not there. Without it, a new one in the current folder.

.PARAMETER Days
How many days of the Application log are exported.

.PARAMETER Redact
Replaces names of servers, users and domains, identifiers and addresses by pseudonyms, the same in both files.

.EXAMPLE
.\Get-WritebackEvidence.ps1 -Redact
#>
[CmdletBinding()]
param(
    [string] $Path,
    [ValidateRange(1, 365)] [int] $Days = 7,
    [switch] $Redact
)
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$items = @{}
$pseudonyms = @{}
$known = New-Object System.Collections.ArrayList
$culture = [System.Globalization.CultureInfo]::InvariantCulture

# One part of the evidence: its value, or why there is none.
function Add-Item([string] $Name, [string] $How, [scriptblock] $Read) {
    try {
        $items[$Name] = @{ value = (& $Read); how = $How }
    } catch {
        $items[$Name] = @{ error = "$($_.Exception.Message)"; how = $How }
    }
}

# A property that not every version has.
function Get-Property($Object, [string] $Name) {
    if ($null -ne $Object -and $Object.PSObject.Properties[$Name]) { $Object.$Name } else { $null }
}

function Get-RegistryNumber([string] $Key, [string] $Name) {
    $value = Get-Property (Get-ItemProperty -LiteralPath $Key -ErrorAction SilentlyContinue) $Name
    if ($null -eq $value) { $null } else { [int] ([long] $value -band 0x7fffffff) }
}

function Get-ServiceEntry([string] $Name) {
    Get-CimInstance -ClassName Win32_Service -Filter "Name='$Name'" | Select-Object -First 1
}

# The program of a service, from a command line with or without quotation marks.
function Get-ProgramVersion($Service) {
    $line = "$(Get-Property $Service 'PathName')"
    $file = if ($line -match '^\s*"([^"]+)"') { $Matches[1] } elseif ($line -match '^\s*(.+?\.exe)') { $Matches[1] } else { $null }
    if (-not $file) { throw 'The program of the service is not known.' }
    (Get-Item -LiteralPath $file).VersionInfo.ProductVersion
}

function Get-Connector([string] $Kind) {
    $all = @(Get-ADSyncConnector)
    if ($Kind -eq 'AAD') {
        @($all | Where-Object { "$(Get-Property $_ 'Name')" -like '*AAD' })
    } else {
        @($all | Where-Object { "$(Get-Property $_ 'Type')" -eq 'AD' -or "$(Get-Property $_ 'ConnectorTypeName')" -eq 'AD' })
    }
}

# Of the parameters only those asked for by name; the password among them is never touched.
function Get-Parameter($Connector, [string] $Name) {
    $found = @((Get-Property $Connector 'ConnectivityParameters') | Where-Object { $_ -and "$(Get-Property $_ 'Name')" -eq $Name })
    if ($found.Count -gt 0) { "$(Get-Property $found[0] 'Value')" } else { $null }
}

function Get-AccountSid([string] $Domain, [string] $Account) {
    try {
        $name = if ($Account -match '[\\@]') { $Account } else { "$Domain\$Account" }
        (New-Object System.Security.Principal.NTAccount $name).Translate([System.Security.Principal.SecurityIdentifier]).Value
    } catch {
        $null
    }
}

# A pseudonym, the same for the same name throughout one collection.
function Get-Pseudonym([string] $Kind, [string] $Name) {
    $key = "$Kind/$($Name.ToLowerInvariant())"
    if (-not $pseudonyms.ContainsKey($key)) {
        $number = 1 + @($pseudonyms.Keys | Where-Object { $_ -like "$Kind/*" }).Count
        $pseudonyms[$key] = switch ($Kind) {
            'id' { '00000000-0000-4000-8000-{0:d12}' -f $number }
            'sid' { 'S-1-5-21-1-1-1-{0}' -f (1000 + $number) }
            'domain' { 'domain{0}.example' -f $number }
            'netbios' { 'DOMAIN{0}' -f $number }
            'address' { '192.0.2.{0}' -f (1 + $number % 254) }
            'anchor' { 'anchor-{0}' -f $number }
            'object' { 'CN=object-{0}' -f $number }
            default { '{0}-{1}' -f $Kind, $number }
        }
    }
    $pseudonyms[$key]
}

# Names that are known from the server itself, longest first, so that no part of one is left.
function Add-Known([string] $Kind, $Name) {
    if ("$Name".Length -gt 2 -and -not @($known | Where-Object { $_.Name -eq $Name }).Count) {
        $null = $known.Add(@{ Kind = $Kind; Name = "$Name" })
    }
}

function Protect-Text($Text) {
    if (-not $Redact -or $null -eq $Text) { return $Text }
    $out = "$Text"
    $out = [regex]::Replace($out, '(?i)(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f])', {
            param($match) Get-Pseudonym 'id' $match.Value })
    $out = [regex]::Replace($out, '\bS-1-5-21(-\d{1,10})+', { param($match) Get-Pseudonym 'sid' $match.Value })
    $out = [regex]::Replace($out, '(?i)(SourceAnchorValue:\s*)([^,\s<]+)', {
            param($match) $match.Groups[1].Value + (Get-Pseudonym 'anchor' $match.Groups[2].Value) })
    $out = [regex]::Replace($out, '(?i)\b(CN|OU)=[^"''<>\r\n]*?,\s*DC=[\w-]+(\s*,\s*DC=[\w-]+)*', {
            param($match) Get-Pseudonym 'object' $match.Value })
    $out = [regex]::Replace($out, '([^\s@:<>,;"''()\[\]=\\/][^\s@:<>,;"()\[\]=\\/]*)@((?:[\w-]+\.)+[\w-]{2,})', {
            param($match) (Get-Pseudonym 'user' $match.Groups[1].Value) + '@' + (Get-Pseudonym 'domain' $match.Groups[2].Value) })
    foreach ($entry in @($known | Sort-Object { - $_.Name.Length })) {
        $pattern = '(?i)(?<![\w-])' + [regex]::Escape($entry.Name) + '(?![\w-])'
        if ($entry.Kind -eq 'domain') {
            # A host of the domain is a server.
            $out = [regex]::Replace($out, '(?i)(?<![\w.-])([\w-]+)\.' + [regex]::Escape($entry.Name) + '(?![\w-])', {
                    param($match) (Get-Pseudonym 'server' $match.Groups[1].Value) + '.' + (Get-Pseudonym 'domain' $entry.Name) })
        }
        if ($entry.Kind -eq 'netbios') {
            # A short name of a domain is a common word: it counts before a backslash, or in capitals.
            $out = [regex]::Replace($out, $pattern + '\\([\w.$-]+)', {
                    param($match) (Get-Pseudonym 'netbios' $entry.Name) + '\' + (Get-Pseudonym 'user' $match.Groups[1].Value) })
            $pattern = '(?<![\w-])' + [regex]::Escape($entry.Name.ToUpperInvariant()) + '(?![\w-])'
        }
        $out = [regex]::Replace($out, $pattern, { param($match) Get-Pseudonym $entry.Kind $entry.Name })
    }
    $out = [regex]::Replace($out, '(?i)(?<![\w.-])[\w-]+\.onmicrosoft\.(com|us|cn|de)\b', {
            param($match) Get-Pseudonym 'domain' $match.Value })
    [regex]::Replace($out, '(?<![\w.])(10|127|169|172|192)(\.\d{1,3}){3}(?![\w.])', { param($match) Get-Pseudonym 'address' $match.Value })
}

function Protect-Value($Value) {
    if ($Value -is [string]) {
        Protect-Text $Value
    } elseif ($Value -is [System.Collections.IDictionary]) {
        $copy = @{}
        foreach ($key in @($Value.Keys)) { $copy[$key] = Protect-Value $Value[$key] }
        $copy
    } elseif ($Value -is [System.Collections.IEnumerable]) {
        , @($Value | ForEach-Object { Protect-Value $_ })
    } else {
        $Value
    }
}

$collectedAt = [DateTime]::UtcNow
$computer = "$env:COMPUTERNAME"
if (-not $computer) { $computer = [System.Net.Dns]::GetHostName() }
$domain = $null
try {
    $system = Get-CimInstance -ClassName Win32_ComputerSystem | Select-Object -First 1
    $domain = "$(Get-Property $system 'Domain')"
    if ($domain -and $domain -like '*.*') { $computer = "$computer.$domain".ToLowerInvariant() }
} catch {
    $domain = $null
}

if (-not $Path) {
    $Path = 'writeback-evidence-' + $collectedAt.ToString('yyyyMMdd-HHmmss', $culture)
}
$folder = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
$null = [System.IO.Directory]::CreateDirectory($folder)

Add-Item 'service' 'Win32_Service ADSync, processes miiserver' {
    $entry = Get-ServiceEntry 'ADSync'
    if (-not $entry) { throw 'There is no service ADSync on this server.' }
    $processes = @(Get-Process -Name miiserver -ErrorAction SilentlyContinue).Count
    @{ state = "$($entry.State)"; startMode = "$(Get-Property $entry 'StartMode')"; processes = $processes }
}

Add-Item 'engineFile' 'ProductVersion of miiserver.exe' {
    $entry = Get-ServiceEntry 'ADSync'
    if (-not $entry) { throw 'There is no service ADSync on this server.' }
    Get-ProgramVersion $entry
}

Add-Item 'windows' 'Win32_OperatingSystem' {
    $entry = Get-CimInstance -ClassName Win32_OperatingSystem | Select-Object -First 1
    $type = [int] (Get-Property $entry 'ProductType')
    @{ caption = "$($entry.Caption)".Trim(); build = [int] "$($entry.BuildNumber)"; productType = $type }
}

Add-Item 'framework' 'HKLM\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full, Release' {
    $key = 'HKLM:\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full'
    @{ release = [long] (Get-Property (Get-ItemProperty -LiteralPath $key) 'Release') }
}

Add-Item 'tls' 'HKLM\SOFTWARE\[WOW6432Node\]Microsoft\.NETFramework\v4.0.30319 and SCHANNEL\Protocols\TLS 1.2' {
    $net = 'HKLM:\SOFTWARE\Microsoft\.NETFramework\v4.0.30319'
    $net32 = 'HKLM:\SOFTWARE\WOW6432Node\Microsoft\.NETFramework\v4.0.30319'
    $channel = 'HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2'
    @{
        systemDefault = Get-RegistryNumber $net 'SystemDefaultTlsVersions'; strongCrypto = Get-RegistryNumber $net 'SchUseStrongCrypto'
        systemDefault32 = Get-RegistryNumber $net32 'SystemDefaultTlsVersions'
        strongCrypto32 = Get-RegistryNumber $net32 'SchUseStrongCrypto'
        clientEnabled = Get-RegistryNumber "$channel\Client" 'Enabled'
        clientDisabledByDefault = Get-RegistryNumber "$channel\Client" 'DisabledByDefault'
        serverEnabled = Get-RegistryNumber "$channel\Server" 'Enabled'
        serverDisabledByDefault = Get-RegistryNumber "$channel\Server" 'DisabledByDefault'
    }
}

Add-Item 'remoteSam' 'HKLM\SYSTEM\CurrentControlSet\Control\Lsa, RestrictRemoteSam' {
    $lsa = Get-ItemProperty -LiteralPath 'HKLM:\SYSTEM\CurrentControlSet\Control\Lsa'
    $value = Get-Property $lsa 'RestrictRemoteSam'
    @{ descriptor = $(if ("$value") { "$value" } else { $null }) }
}

Add-Item 'clock' 'w32tm /stripchart beside the domain' {
    if (-not $domain) { throw 'The domain of this server is not known.' }
    $lines = @(& w32tm /stripchart "/computer:$domain" /samples:1 /dataonly 2>&1 | ForEach-Object { "$_" })
    $found = @($lines | ForEach-Object { if ($_ -match ',\s*([+-]?\d+[.,]\d+)s') { $Matches[1] } })
    if ($found.Count -eq 0) { throw 'No time came back from the domain.' }

    # What w32tm shows is the other's time minus this one's.
    @{ reference = $domain; offsetSeconds = - [double]::Parse($found[-1].Replace(',', '.'), $culture) }
}

if (-not (Get-Command Get-ADSyncConnector -ErrorAction SilentlyContinue)) {
    Import-Module ADSync -ErrorAction SilentlyContinue
}

Add-Item 'engineConfiguration' 'Get-ADSyncGlobalSettings, Microsoft.Synchronize.ServerConfigurationVersion' {
    $entry = (Get-ADSyncGlobalSettings).Parameters |
        Where-Object { "$(Get-Property $_ 'Name')" -eq 'Microsoft.Synchronize.ServerConfigurationVersion' } | Select-Object -First 1
    if (-not $entry) { throw 'The global settings do not hold it.' }
    "$($entry.Value)"
}

Add-Item 'scheduler' 'Get-ADSyncScheduler' {
    $entry = Get-ADSyncScheduler
    @{
        staging = Get-Property $entry 'StagingModeEnabled'; cycleEnabled = Get-Property $entry 'SyncCycleEnabled'
        suspended = Get-Property $entry 'SchedulerSuspended'
    }
}

Add-Item 'writeback' 'Get-ADSyncAADPasswordResetConfiguration' {
    $connector = @(Get-Connector 'AAD')
    if ($connector.Count -eq 0) { throw 'There is no connector to Entra ID whose name ends in AAD.' }
    $entry = Get-ADSyncAADPasswordResetConfiguration -Connector $connector[0].Name
    $enabled = Get-Property $entry 'Enabled'
    if ($null -eq $enabled) { throw 'The setting does not show whether it is enabled.' }
    @{ enabled = [bool] $enabled }
}

Add-Item 'connectors' 'Get-ADSyncConnector, connectivity parameters without the password' {
    $list = foreach ($connector in @(Get-Connector 'AD')) {
        $account = Get-Parameter $connector 'forest-login-user'
        $accountDomain = Get-Parameter $connector 'forest-login-domain'
        $seal = Get-Parameter $connector 'sign-and-seal'
        $forest = Get-Parameter $connector 'forest-name'
        @{
            forest = $(if ($forest) { $forest } else { "$($connector.Name)" }); accountDomain = $accountDomain; account = $account
            accountSid = $(if ($account) { Get-AccountSid $accountDomain $account } else { $null })
            signAndSeal = $(if ($null -eq $seal) { $null } else { $seal -eq '1' -or $seal -eq 'True' })
        }
    }
    , @($list)
}

Add-Item 'impersonation' 'secedit /export /areas USER_RIGHTS, SeImpersonatePrivilege' {
    $file = Join-Path ([System.IO.Path]::GetTempPath()) ([System.IO.Path]::GetRandomFileName())
    try {
        $null = & secedit /export /cfg $file /areas USER_RIGHTS /quiet
        $line = @(Get-Content -LiteralPath $file | Where-Object { $_ -match '^\s*SeImpersonatePrivilege\s*=' })
        if ($line.Count -eq 0) { throw 'The local policy names nobody, or it cannot be read without elevation.' }
        , @(($line[0] -replace '^[^=]*=', '').Split(',') | ForEach-Object { $_.Trim().TrimStart('*') } | Where-Object { $_ })
    } finally {
        if ([System.IO.File]::Exists($file)) { [System.IO.File]::Delete($file) }
    }
}

Add-Item 'agent' 'Win32_Service AADConnectProvisioningAgent' {
    $entry = Get-ServiceEntry 'AADConnectProvisioningAgent'
    if (-not $entry) {
        @{ installed = $false }
    } else {
        $version = try { Get-ProgramVersion $entry } catch { $null }
        @{
            installed = $true; version = $version; state = "$($entry.State)"
            managedAccount = "$(Get-Property $entry 'StartName')".EndsWith('$')
        }
    }
}

# Names are known now, before the first text is written.
Add-Known 'server' $computer
Add-Known 'server' ($computer -split '\.')[0]
Add-Known 'domain' $domain
Add-Known 'netbios' ("$domain" -split '\.')[0]
if ($items['connectors'].ContainsKey('value')) {
    foreach ($connector in @($items['connectors'].value)) {
        Add-Known 'domain' $connector.forest
        if ("$($connector.accountDomain)" -like '*.*') {
            Add-Known 'domain' $connector.accountDomain
        } else {
            Add-Known 'netbios' $connector.accountDomain
        }
        Add-Known 'user' $connector.account
    }
}

Add-Item 'events' 'wevtutil qe Application, providers PasswordResetService and ADSync' {
    $milliseconds = ([long] $Days * 86400000).ToString($culture)
    $query = "*[System[Provider[@Name='PasswordResetService' or @Name='ADSync'] and TimeCreated[timediff(@SystemTime) <= $milliseconds]]]"
    $file = Join-Path $folder 'events.xml'
    $before = [Console]::OutputEncoding
    $writer = New-Object System.IO.StreamWriter $file, $false, (New-Object System.Text.UTF8Encoding $false)
    try {
        # Without it, letters beyond the console's code page are lost. A host without a console has none to set.
        try { [Console]::OutputEncoding = [System.Text.Encoding]::Unicode } catch { Write-Verbose "$_" }
        $global:LASTEXITCODE = 0
        & wevtutil qe Application "/q:$query" /e:Events /f:xml /uni:true |
            ForEach-Object { $writer.WriteLine((Protect-Text "$_".TrimStart([char] 0xFEFF))) }
        if ($global:LASTEXITCODE) { throw "wevtutil ended with $LASTEXITCODE." }
    } finally {
        $writer.Dispose()
        try { [Console]::OutputEncoding = $before } catch { Write-Verbose "$_" }
    }
    @{ file = 'events.xml'; days = $Days }
}

$evidence = [ordered] @{
    schema = 1
    tool = 'PasswordOps Get-WritebackEvidence 1'
    collectedAt = $collectedAt.ToString('o', $culture)
    computer = Protect-Text $computer
    redacted = [bool] $Redact
    powershell = "$($PSVersionTable.PSVersion)"
    items = Protect-Value $items
}
$json = ConvertTo-Json -InputObject $evidence -Depth 8
[System.IO.File]::WriteAllText((Join-Path $folder 'writeback-evidence.json'), $json, (New-Object System.Text.UTF8Encoding $false))
$failed = @($items.Keys | Where-Object { $items[$_].ContainsKey('error') })
if ($failed.Count -gt 0) {
    Write-Warning "Not collected: $(@($failed | Sort-Object) -join ', '). The reasons are in the evidence."
}
$folder
