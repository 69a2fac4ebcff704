param([Parameter(Mandatory)] [string] $Module)

# What happens between the plan of a reset and its end: users, roles, tokens and the service itself go away. A vault whose first secret is stored
# a moment after the change gives each of these its moment.
BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module -WithTenant
    $path = $env:PSModulePath
    $env:PSModulePath = "$PSScriptRoot/modules$([IO.Path]::PathSeparator)$path"
    Import-Module Microsoft.PowerShell.SecretManagement
    $app = Connect-PasswordOps -PracticeTenant $tenant
    $person = Connect-PasswordOps -PracticeTenant $tenant -App PasswordOps 6> $null

    # Resets by a vault that does something once, after the plan and before the first write.
    function ResetWhile([scriptblock] $Happens, [PasswordOps.PasswordOpsConnection] $Connection, [string[]] $Users) {
        $state = @{ Calls = 0; Happened = $false }
        Register-SecretVault -Name Busy -VaultParameters @{ Before = { if ($state.Calls++ -eq 0) { & $Happens; $state.Happened = $true } } }
        $Users | Reset-AadUserPassword -SecretVault Busy -Connection $Connection -Confirm:$false -ErrorAction SilentlyContinue `
            -WarningAction SilentlyContinue 6> $null
        if (-not $state.Happened) { throw 'What was to happen in between did not.' }
    }
}

AfterAll {
    Stop-PracticeTenant
    Remove-Module Microsoft.PowerShell.SecretManagement
    $env:PSModulePath = $path
}

Describe 'A reset in the middle of which' {
    It 'the user is deleted fails for that user alone, and takes the password back' {
        $rows = ResetWhile { Control POST 'practice/users/ute@contoso.com/delete' } $app ute@contoso.com, nora@contoso.com
        $gone = $rows | Where-Object User -EQ ute@contoso.com
        $gone.Status | Should -Be Failed
        $gone.ErrorId | Should -BeExactly UserNotFound
        $gone.Reason | Should -Match '^ute@contoso.com was there when the reset was planned'
        ($rows | Where-Object User -EQ nora@contoso.com).Status | Should -Be Succeeded
        @(Get-SecretInfo -Vault Busy).Count | Should -Be 1
    }

    It 'the user is deleted is told so also by writeback' {
        $rows = ResetWhile { Control POST 'practice/users/dora@contoso.com/delete' } $person dora@contoso.com, bram@contoso.com
        ($rows | Where-Object User -EQ dora@contoso.com).ErrorId | Should -BeExactly UserNotFound
        ($rows | Where-Object User -EQ bram@contoso.com).Status | Should -Be Succeeded
    }

    It 'the role of the <_> goes away is refused by the service, and nothing stays in the vault' -ForEach 'application', 'person' {
        $name, $connection = if ($_ -eq 'person') { 'paul@contoso.com', $person } else { 'PasswordOps full', $app }
        $principal = "principal=$([uri]::EscapeDataString($name))"
        $rows = ResetWhile { Control POST "practice/roles/remove?$principal" } $connection nora@contoso.com, adele@contoso.com
        $null = Control POST "practice/roles/assign?$principal&role=Privileged%20Authentication%20Administrator"
        $rows.ErrorId | Should -Be RoleMissing, RoleMissing
        $rows.NextStep | Should -Not -Contain $null
        @(Get-SecretInfo -Vault Busy) | Should -BeNullOrEmpty
    }

    It 'the tokens of the <Who> expire (challenge <Challenge>) goes on with new ones' -ForEach @(
        @{ Who = 'application'; Challenge = 'false' }, @{ Who = 'application'; Challenge = 'true' }
        @{ Who = 'person'; Challenge = 'false' }, @{ Who = 'person'; Challenge = 'true' }
    ) {
        $connection, $users = if ($Who -eq 'person') { $person, @('bram@contoso.com', 'adele@contoso.com') } else { $app, @('adele@contoso.com') }
        $rows = ResetWhile { Control POST "practice/tokens/expire?challenge=$Challenge" } $connection $users
        $rows.Status | Select-Object -Unique | Should -Be Succeeded
        @($rows).Count | Should -Be $users.Count
    }

    It 'Active Directory takes the password and the cloud does not keeps it, also when that is called a failure: <_>' -ForEach '', '&status=failed' {
        $null = Control POST "practice/users/bram@contoso.com/next-reset?outcome=onPremisesOnly&seconds=0$_"
        $row = ResetWhile { } $person bram@contoso.com
        $row.Status | Should -Be Succeeded
        $row.Changed | Should -Match 'not yet the one in Microsoft Entra ID'
        $secret = Get-Secret -Vault Busy -Name $row.Delivery
        $body = @{ password = $secret.GetNetworkCredential().Password; where = 'onPremises' } | ConvertTo-Json
        (Invoke-RestMethod -Method POST -Uri "$($tenant.Graph)practice/users/bram@contoso.com/verify-password" -Body $body `
            -ContentType application/json -SkipCertificateCheck).matches | Should -BeTrue
    }

    It 'nothing happens says of a blocked account that a password does not help it' {
        $row = Reset-AadUserPassword dirk@contoso.com -Connection $app -Confirm:$false -WarningVariable warned -WarningAction SilentlyContinue
        $row.Status | Should -Be Succeeded
        "$warned" | Should -Match 'Sign-in is blocked'
        (Reset-AadUserPassword dirk@contoso.com -Connection $app -WhatIf).Card | Should -Match 'Sign-in is blocked'
    }
}

Describe 'A run that ends early' {
    BeforeAll {
        # In a PowerShell of its own, for the line goes to the host and Ctrl+C to the process.
        function Script([string] $Body, [int] $Users) {
            $file = Join-Path $TestDrive "$([guid]::NewGuid()).ps1"
            Set-Content $file @"
`$ProgressPreference = 'SilentlyContinue'
Import-Module '$Module'
`$own = Start-PracticeTenant -Users $Users
`$null = Connect-PasswordOps -PracticeTenant `$own
`$names = (Test-AadPasswordReset -All | Where-Object { `$_.CanReset -and -not `$_.TargetIsAdministrator -and `$_.User -notlike 'elsa@*' }).User
function Patched { @((Invoke-RestMethod "`$(`$own.Graph)practice/requests" -SkipCertificateCheck).requests | Where-Object method -EQ PATCH).Count }
$Body
"@
            $file
        }
        $pwsh = (Get-Process -Id $PID).Path
    }

    It 'names whose passwords were on their way, when the next command has enough' {
        $text = & $pwsh -NoProfile -NonInteractive -File (Script -Users 60 @'
$names[0..9] | Reset-AadUserPassword -Confirm:$false -Force | Select-Object -First 1 | ForEach-Object { "shown: $($_.User)" }
'names: ' + ($names[0..9] -join ' ')
'@) 6>&1 3>&1 | Out-String
        $text | Should -Match 'shown: \S+@'
        $text | Should -Match 'The run ended early, and 9 of the passwords'
        $shown = [regex]::Match($text, 'shown: (\S+)').Groups[1].Value
        [regex]::Match($text, 'names: (.+)').Groups[1].Value.Trim() -split ' ' | Where-Object { $_ -ne $shown } |
            ForEach-Object { $text.Substring($text.IndexOf('Reset again')) | Should -Match ([regex]::Escape($_)) }
    }

    It 'begins nothing new after Ctrl+C, lets settle what was sent, and names it' -Skip:$IsWindows {
        $ready = Join-Path $TestDrive ready
        $script = Script -Users 400 @"
`$null = Invoke-RestMethod -Method POST "`$(`$own.Graph)practice/latency?ms=1000" -SkipCertificateCheck
Set-Content '$ready' `$own.Graph
try { `$names | Reset-AadUserPassword -Confirm:`$false -Force | Out-Null; 'ended by itself' }
finally {
    `$before = Patched
    Start-Sleep 4
    [Console]::WriteLine("all `$(`$names.Count) sent `$before later `$(Patched)")
}
"@
        $out = Join-Path $TestDrive out.txt
        $process = Start-Process $pwsh -ArgumentList '-NoProfile', '-File', $script -RedirectStandardOutput $out -PassThru
        for ($i = 0; $i -lt 600 -and -not (Test-Path $ready); $i++) { Start-Sleep -Milliseconds 100 }
        $graph = Get-Content $ready
        for ($i = 0; $i -lt 300; $i++) {
            $requests = (Invoke-RestMethod "${graph}practice/requests" -SkipCertificateCheck).requests
            if ($requests | Where-Object method -EQ PATCH) { break }
            Start-Sleep -Milliseconds 50
        }
        & kill -INT $process.Id
        $process.WaitForExit(60000) | Should -BeTrue
        $text = Get-Content -Raw $out
        $text | Should -Not -Match 'ended by itself'
        $counts = [regex]::Match($text, 'all (\d+) sent (\d+) later (\d+)')
        $counts.Success | Should -BeTrue
        [int]$counts.Groups[2].Value | Should -BeGreaterThan 0
        [int]$counts.Groups[2].Value | Should -BeLessThan ([int]$counts.Groups[1].Value)
        $counts.Groups[3].Value | Should -Be $counts.Groups[2].Value
        $text | Should -Match "The run ended early, and $($counts.Groups[2].Value) of the passwords"
    }
}

Describe 'A service that goes away in the middle' {
    It 'leaves no password in the vault that was not set, or says that it may be in force' {
        $second = Start-PracticeTenant -Users 20
        $connection = Connect-PasswordOps -PracticeTenant $second
        $rows = ResetWhile { Stop-Process -Id $second.ProcessId; Wait-Process -Id $second.ProcessId -ErrorAction Ignore } `
            $connection nora@contoso.com, adele@contoso.com
        @($rows).Count | Should -Be 2
        $rows.Status | Should -Not -Contain Succeeded
        $rows.NextStep | Should -Not -Contain $null
        @(Get-SecretInfo -Vault Busy).Count | Should -Be @($rows | Where-Object Status -EQ Unknown).Count
        ErrorIdOf { Reset-AadUserPassword nora@contoso.com -Connection $connection -Confirm:$false } | Should -BeLike 'ServiceUnreachable,*'
    }
}
