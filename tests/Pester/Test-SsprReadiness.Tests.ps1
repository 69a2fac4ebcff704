param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module -WithTenant
    $null = Connect-PasswordOps -PracticeTenant $tenant
}

AfterAll { Stop-PracticeTenant }

Describe 'Test-SsprReadiness' {
    It 'checks the tenant when no user is given' {
        $report = Test-SsprReadiness
        $report | Should -BeOfType PasswordOps.Core.Checks.ReadinessReport
        $report.IsTenant | Should -BeTrue
        $report.Checks.Id | Should -Contain 'license.tenant'
    }

    It 'gives a user''s verdict with evidence and one next step' {
        $report = Test-SsprReadiness adele@contoso.com
        $report.Verdict | Should -Be Fail
        $report.NextStep | Should -Not -BeNullOrEmpty
        $check = $report.Checks | Where-Object Id -EQ 'contact.methods'
        $check.Verdict | Should -Be Fail
        $check.Evidence | Should -Not -BeNullOrEmpty
    }

    It 'takes <_>' -ForEach 'a name', 'an object id', 'a user object', 'a row of a sheet', 'a connection''s own user' {
        $adele = $tenant.People | Where-Object UserPrincipalName -EQ 'adele@contoso.com'
        $report = switch ($_) {
            'a name' { Test-SsprReadiness adele@contoso.com }
            'an object id' { Test-SsprReadiness $adele.Id }
            'a user object' { $adele | Test-SsprReadiness }
            'a row of a sheet' { 'UserPrincipalName,Mobile', 'adele@contoso.com,' | ConvertFrom-Csv | Test-SsprReadiness }
            default { Test-SsprReadiness -Identity @{ UserPrincipalName = 'adele@contoso.com' } -Connection (Get-PasswordOpsContext) }
        }
        $report.Target | Should -BeExactly 'adele@contoso.com'
    }

    It 'takes guests and apostrophes' {
        $names = 'gita_fabrikam.com#EXT#@contoso.onmicrosoft.com', "o'brien@contoso.com"
        ($names | Test-SsprReadiness).Target | Sort-Object | Should -Be ($names | Sort-Object)
    }

    It 'says for each user what is wrong, and goes on' {
        $reports = 'nobody@contoso.com', 'no user', 'adele@contoso.com' | Test-SsprReadiness -ErrorVariable failures -ErrorAction SilentlyContinue
        $reports.Target | Should -Be 'adele@contoso.com'
        $failures.FullyQualifiedErrorId | Sort-Object | Should -Be @(
            'IdentityInvalid,PasswordOps.TestSsprReadinessCommand', 'UserNotFound,PasswordOps.TestSsprReadinessCommand')
        ($failures | Where-Object FullyQualifiedErrorId -Like 'User*').TargetObject | Should -BeExactly 'nobody@contoso.com'
    }

    It 'answers everybody, with and without the single checks' {
        $all = Test-SsprReadiness -All
        $all.Count | Should -Be $tenant.Users
        ($all.TargetId | Sort-Object -Unique).Count | Should -Be $tenant.Users
        $failed = Test-SsprReadiness -All -FailedOnly
        $failed.Verdict | Should -Not -Contain Pass
        $failed.Count | Should -Be ($all | Where-Object Verdict -NotIn Pass, NotApplicable).Count
        $checks = Test-SsprReadiness -All -Detail -FailedOnly
        $checks[0] | Should -BeOfType PasswordOps.Core.Checks.CheckResult
        $checks.Verdict | Sort-Object -Unique | Should -Not -Contain Pass
        ($all | Out-String -Width 80) -split "`n" | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 80 }
    }

    It 'takes a group, and says so when its members are hidden or there is none' {
        (Test-SsprReadiness -Group 'Everyone').Target | Should -Contain nora@contoso.com
        ErrorIdOf { Test-SsprReadiness -Group 'Works council' } | Should -BeExactly 'GroupMembersHidden,PasswordOps.TestSsprReadinessCommand'
        ErrorIdOf { Test-SsprReadiness -Group 'No such group' } | Should -BeExactly 'GroupNotFound,PasswordOps.TestSsprReadinessCommand'
    }

    It 'follows the tenant''s own settings' {
        $null = Control POST 'practice/tenant?sspr=none&adminSspr=false'
        try {
            (Test-SsprReadiness).Headline | Should -Match '^Not ready: .*switched on for nobody'
            (Test-SsprReadiness nora@contoso.com).CanReset | Should -BeFalse
        } finally {
            $null = Control POST 'practice/tenant?sspr=all&adminSspr=true'
        }
    }

    It 'does nothing for an empty pipeline' {
        @() | Test-SsprReadiness | Should -BeNullOrEmpty
    }

    It 'sends no write' {
        $null = Control DELETE 'practice/requests'
        $null = $tenant.People | Where-Object About -NotLike 'deleted*' | Test-SsprReadiness
        Writes | Should -BeNullOrEmpty
    }

    It 'stops soon when the pipeline stops' {
        $null = Control POST 'practice/latency?ms=3000'
        try {
            $shell = [powershell]::Create().AddCommand((Get-Command Test-SsprReadiness))
            $started = $shell.BeginInvoke()
            Start-Sleep -Milliseconds 500
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 12
            $shell.InvocationStateInfo.State | Should -Be Stopped
        } finally {
            $null = Control POST 'practice/latency?ms=0'
            $shell.Dispose()
        }
    }

    It 'gives up with Select-Object -First' {
        ($tenant.People | Test-SsprReadiness | Select-Object -First 1 | Measure-Object).Count | Should -Be 1
    }

    It 'puts the answer first, within 80 columns' {
        $text = Test-SsprReadiness adele@contoso.com | Out-String -Width 80
        $text.Trim() | Should -Match '^adele@contoso.com  Fail'
        ($text -split "`n" | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 81
    }

    It 'colours verdicts only where that is wanted' {
        $colours = {
            param($Rendering, $Off)
            $env:NO_COLOR = $Off
            $PSStyle.OutputRendering = $Rendering
            (Test-SsprReadiness adele@contoso.com).VerdictText
        }
        $before = $env:NO_COLOR, $PSStyle.OutputRendering
        try {
            & $colours Ansi $null | Should -BeExactly "`e[31mFail`e[0m"
            & $colours PlainText $null | Should -BeExactly 'Fail'
            & $colours Ansi '1' | Should -BeExactly 'Fail'
        } finally {
            $env:NO_COLOR = $before[0]
            $PSStyle.OutputRendering = $before[1]
        }
    }
}
