param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module -WithTenant -Users 120
    $null = Connect-PasswordOps -PracticeTenant $tenant
}

AfterAll { Stop-PracticeTenant }

Describe 'Get-SsprRegistration' {
    It 'gives one user''s line with its age' {
        $row = Get-SsprRegistration nora@contoso.com
        $row | Should -BeOfType PasswordOps.Core.Registration.RegistrationRow
        $row.State | Should -Be Capable
        $row.MethodsRegistered | Should -Contain mobilePhone
        $row.LastUpdated | Should -BeLessThan ([DateTimeOffset]::UtcNow.AddHours(-1))
        $row | Out-String | Should -Match 'a few hours behind'
    }

    It 'takes users from the pipeline and goes on behind one who is not there' {
        $rows = 'nora@contoso.com', 'nobody@contoso.com', 'adele@contoso.com' | Get-SsprRegistration -ErrorVariable failures -ErrorAction SilentlyContinue
        $rows.User | Sort-Object | Should -Be adele@contoso.com, nora@contoso.com
        $failures.FullyQualifiedErrorId | Should -Be 'UserNotFound,PasswordOps.GetSsprRegistrationCommand'
    }

    It 'adds users whom the report leaves out, as Unknown with why' {
        $rows = Get-SsprRegistration -All
        $rows.Count | Should -Be $tenant.Users
        $blocked = $rows | Where-Object AccountEnabled -EQ $false
        $blocked | Should -Not -BeNullOrEmpty
        $blocked.State | Sort-Object -Unique | Should -Be Unknown
        $blocked[0].Reason | Should -Match 'Sign-in is blocked'
        $blocked[0].IsSsprEnabled | Should -BeNullOrEmpty
    }

    It 'names those who must still register' {
        $open = @(Get-SsprRegistration -All -NotRegistered)
        $open.State | Sort-Object -Unique | Should -Be NotRegistered
        $open.Count | Should -Be @(Get-SsprRegistration -All | Where-Object State -EQ NotRegistered).Count
    }

    It 'counts by <_>' -ForEach 'Department', 'Domain', 'Role' {
        $counts = Get-SsprRegistration -By $_
        $counts.Count | Should -BeGreaterThan 2
        $counts[0].Users | Should -BeGreaterOrEqual $counts[-1].Users
        if ($_ -ne 'Role') { ($counts | Measure-Object Users -Sum).Sum | Should -Be $tenant.Users }
    }

    It 'gives what Set-SsprContactData takes, with values masked in the view' {
        $found = Get-SsprRegistration -CanPrepopulate
        $found.Count | Should -BeGreaterThan 1
        "$($found | Out-String)" | Should -Not -Match '555\d'
        $plan = $found | Set-SsprContactData -WhatIf
        $plan.Count | Should -Be $found.Count
        $plan.IsValid | Should -Not -Contain $false
        $plan.HasWrites | Should -Not -Contain $false
    }

    It 'reads a group, and says so when there is none' {
        (Get-SsprRegistration -Group 'Everyone').User | Should -Contain nora@contoso.com
        ErrorIdOf { Get-SsprRegistration -Group 'No such group' } | Should -BeExactly 'GroupNotFound,PasswordOps.GetSsprRegistrationCommand'
    }

    It 'answers without the report, and says once what is missing' {
        $null = Control POST 'practice/tenant?licenses=O365_BUSINESS_PREMIUM:50'
        try {
            $rows = Get-SsprRegistration -All -ErrorVariable failures -ErrorAction SilentlyContinue
            $rows.Count | Should -Be $tenant.Users
            $rows.State | Sort-Object -Unique | Should -Be Unknown
            $failures.Count | Should -Be 1
            $failures.FullyQualifiedErrorId | Should -BeExactly 'LicenseMissing,PasswordOps.GetSsprRegistrationCommand'
        } finally {
            $null = Control POST 'practice/tenant?licenses=SPE_E3:170,SPB:55'
        }
    }

    It 'is silent about nobody' {
        @() | Get-SsprRegistration | Should -BeNullOrEmpty
    }

    It 'shows characters that would move the cursor or turn the line around as no more than a mark' {
        $card = [PasswordOps.SsprRegistration].Assembly.GetType('PasswordOps.Card')
        $row = $card.GetMethod('Row', [Reflection.BindingFlags] 'Static, NonPublic')
        $escape = [char] 27
        $columns = [ValueTuple[string, int][]] @([ValueTuple[string, int]]::new("$escape[2Jclear $([char] 0x202E)back", 24))
        $shown = $row.Invoke($null, @("bell$([char] 7)", $columns))
        $shown | Should -Not -Match '[\x00-\x09\x0B-\x1F\u202A-\u202E]'
        $shown | Should -Match 'clear'
        $coloured = $row.Invoke($null, @("$escape[31mFail$escape[0m", $columns))
        $coloured | Should -Match "$escape\[31mFail"
    }
}
