param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module -WithTenant -Users 400
    $connection = Connect-PasswordOps -PracticeTenant $tenant
    $since = [datetime]::UtcNow.AddDays(-29)
    $attempts = @(Get-SsprActivity -Since $since)
}

AfterAll { Stop-PracticeTenant }

Describe 'Get-SsprActivity' {
    It 'gives attempts with outcome, reason in plain words and what to do' {
        $attempts[0] | Should -BeOfType PasswordOps.SsprActivityAttempt
        $attempts.Outcome | Select-Object -Unique | Should -Contain Succeeded
        foreach ($outcome in 'SucceededOnPremises', 'Failed', 'Blocked', 'Abandoned') {
            $one = $attempts | Where-Object Outcome -EQ $outcome | Select-Object -First 1
            $one.Why | Should -Not -BeNullOrEmpty
            $one.ReasonId | Should -Not -BeNullOrEmpty
        }
        ($attempts | Where-Object ReasonId -EQ OnPremisesUnreachable).Count | Should -BeGreaterOrEqual 6
        $attempts.Kind | Sort-Object -Unique | Should -Be SelfServiceReset, Unlock, PasswordChange, AdministratorReset, Registration, Setting
        $attempts.Agent | Should -Contain Connect
    }

    It 'gives them by their beginning, and only what failed when asked' {
        $attempts.At | Should -Be ($attempts.At | Sort-Object)
        $failed = @(Get-SsprActivity -Since $since -FailedOnly)
        $failed.Count | Should -Be @($attempts | Where-Object IsFailure).Count
    }

    It 'shows the answer first' {
        $text = $attempts | Where-Object Outcome -EQ Failed | Select-Object -First 1 | Out-String
        $text | Should -Match '^\s*\d{4}-\d\d-\d\d \d\d:\d\d  .*Failed.*@contoso.com'
        ($text -replace '\x1b\[\d+m' -split "`n" | ForEach-Object Length | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'gives the rows themselves with -Step, as many as the attempts are made of' {
        $steps = @(Get-SsprActivity -Since $since -Step)
        $steps[0] | Should -BeOfType PasswordOps.SsprActivityStep
        $steps.Count | Should -BeGreaterOrEqual ($attempts.Steps.Count)
        $steps.Id | Select-Object -Unique | Should -HaveCount $steps.Count
    }

    It 'sums up with trend by day and top reasons, in the time zone that is asked for' {
        $summary = Get-SsprActivity -Since $since -Summary -TimeZone Asia/Kolkata
        $summary.TimeZone | Should -BeExactly Asia/Kolkata
        $summary.Days.Count | Should -BeIn 30, 31
        ($summary.Days | Measure-Object Succeeded -Sum).Sum | Should -BeGreaterThan 0
        $summary.Reasons[0].Attempts | Should -BeGreaterOrEqual $summary.Reasons[-1].Attempts
        $summary.KeptDays | Should -Be 30
        $summary.Gaps | Should -BeNullOrEmpty
        $summary | Out-String | Should -Match 'self-service resets succeeded'
    }

    It 'gives one user by name, by id and as an object' {
        $one = ($attempts | Where-Object User | Select-Object -First 1)
        $expected = @($attempts | Where-Object UserId -EQ $one.UserId).Count
        @(Get-SsprActivity $one.User -Since $since).Count | Should -Be $expected
        @(Get-SsprActivity $one.UserId -Since $since).Count | Should -Be $expected
        @(Get-SsprActivity $one -Since $since).Count | Should -Be $expected
    }

    It 'goes on with a checkpoint and gives nothing twice' {
        $file = Join-Path $TestDrive activity.json
        $first = @(Get-SsprActivity -Since $since -Checkpoint $file)
        $first.Count | Should -BeGreaterThan 0
        $first.Count | Should -BeLessOrEqual $attempts.Count
        @(Get-SsprActivity -Checkpoint $file).Count | Should -Be 0
        ErrorIdOf { Get-SsprActivity -Checkpoint $file -Step } | Should -BeExactly 'CheckpointOfOther,PasswordOps.GetSsprActivityCommand'
        ErrorIdOf { Get-SsprActivity -Checkpoint $file -Until (Get-Date) } | Should -BeExactly 'CheckpointWithUntil,PasswordOps.GetSsprActivityCommand'
        "$file.lock" | Should -Not -Exist
    }

    It 'leaves the checkpoint alone where the pipeline took not all' {
        $file = Join-Path $TestDrive part.json
        $null = Get-SsprActivity -Since $since -Checkpoint $file | Select-Object -First 1
        $file | Should -Not -Exist
        Set-Content -LiteralPath $file -Value '{"checkpoint":1'
        ErrorIdOf { Get-SsprActivity -Checkpoint $file } | Should -BeExactly 'CheckpointBroken,PasswordOps.GetSsprActivityCommand'
    }

    It 'refuses a time zone that is not known' {
        ErrorIdOf { Get-SsprActivity -TimeZone Nowhere/AtAll } | Should -BeExactly 'TimeZoneUnknown,PasswordOps.GetSsprActivityCommand'
    }

    It 'shows what is done in the tenant' {
        $null = Set-SsprContactData adele@contoso.com -Mobile '+1 4255550100'
        $now = @(Get-SsprActivity adele@contoso.com -Since ([datetime]::UtcNow.AddMinutes(-5)))
        $now.Kind | Should -Contain Registration
    }
}
