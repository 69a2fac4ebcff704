param([Parameter(Mandatory)] [string] $Module)

BeforeAll { . "$PSScriptRoot/common.ps1" -Module $Module }

AfterAll { Stop-PracticeTenant }

Describe 'Start-PracticeTenant' {
    Context 'a tenant that is made up' {
        BeforeAll { $tenant = Start-PracticeTenant -Users 75 -Seed 7 -LogFile TestDrive:\requests.log }

        It 'runs and says how to use it' {
            $tenant | Should -BeOfType PasswordOps.PracticeTenant
            $tenant.IsRunning | Should -BeTrue
            $tenant.Users | Should -Be 75
            $tenant.Apps.DisplayName | Should -Contain 'PasswordOps full'
            $tenant.People.UserPrincipalName | Should -Contain "o'brien@contoso.com"
            Get-Process -Id $tenant.ProcessId | Should -Not -BeNullOrEmpty
        }

        It 'shows no secret' {
            $tenant.Apps[0].Secret | Should -BeOfType securestring
            $secret = [Net.NetworkCredential]::new('', $tenant.Apps[0].Secret).Password
            $secret.Length | Should -BeGreaterThan 8
            $shown = "$($tenant | Format-List * -Force | Out-String)$($tenant | ConvertTo-Json -Depth 5)$($tenant.Apps | Out-String)"
            $shown.Contains($secret) | Should -BeFalse
        }

        It 'logs requests where it was told to' {
            $null = Connect-PasswordOps -PracticeTenant $tenant
            Disconnect-PasswordOps
            Stop-PracticeTenant $tenant
            Get-Content TestDrive:\requests.log | Should -Not -BeNullOrEmpty
        }
    }

    It 'gives the same tenant for the same seed' {
        $one, $two = 1..2 | ForEach-Object { Start-PracticeTenant -Users 5 -Seed 3 }
        $two.TenantId | Should -BeExactly $one.TenantId
        $two.Apps[0].AppId | Should -BeExactly $one.Apps[0].AppId
    }

    It 'refuses, lags and breaks as it is told' {
        $tenant = Start-PracticeTenant -Users 20 -Throttling Strict -ThrottleScale 5 -ConsistencyDelay 50 -Fault 'kind=unavailable&at=9', 'kind=reset&rate=0'
        $limits = Invoke-RestMethod "$($tenant.Graph)practice/throttle" -SkipCertificateCheck
        $limits.regime, $limits.scale | Should -Be 'strict', 5
        ($limits.limits | Where-Object name -EQ methods).seconds | Should -Be 2
        (Invoke-RestMethod "$($tenant.Graph)practice/faults" -SkipCertificateCheck).faults.kind | Should -Be unavailable, reset
        Stop-PracticeTenant $tenant
        { Start-PracticeTenant -Fault 'kind=flood' } | Should -Throw -ErrorId 'PracticeStartFailed,PasswordOps.StartPracticeTenantCommand'
    }

    It 'tells why it did not start, in its own words' {
        { Start-PracticeTenant -Directory TestDrive:\none.json } | Should -Throw -ErrorId 'PracticeStartFailed,PasswordOps.StartPracticeTenantCommand'
        $Error[0].Exception.Message | Should -Match 'none.json'
    }

    It 'tells when the runtime is missing' -Skip:$IsWindows {
        # Stands for a dotnet host that lacks the framework: that is the exit code it gives.
        $fake = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "dotnet-$(New-Guid)")
        Set-Content "$fake/dotnet" "#!/bin/sh`nexit 150"
        chmod +x "$fake/dotnet"
        $before = $env:DOTNET_ROOT
        try {
            $env:DOTNET_ROOT = "$fake"
            { Start-PracticeTenant } | Should -Throw -ErrorId 'PracticeRuntimeMissing,PasswordOps.StartPracticeTenantCommand'
        } finally {
            $env:DOTNET_ROOT = $before
            Remove-Item -Recurse $fake
        }
    }

    It 'starts nothing under -WhatIf' {
        Start-PracticeTenant -WhatIf | Should -BeNullOrEmpty
    }

    It 'does not outlive the session that started it, however that ends' {
        $line = "Import-Module '$Module'; (Start-PracticeTenant -Users 5).ProcessId; [Environment]::FailFast('the session dies')"
        $id = [int](& (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $line 2> $null | Select-Object -First 1)
        $id | Should -BeGreaterThan 0
        foreach ($try in 1..50) {
            if (-not (Get-Process -Id $id -ErrorAction Ignore)) { break }
            Start-Sleep -Milliseconds 200
        }
        Get-Process -Id $id -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}
