param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module
    . "$PSScriptRoot/rights.ps1"
}

AfterAll {
    if ($samba) { $samba.StandardInput.Close(); $samba.WaitForExit() }
}

Describe 'Test-WritebackPermission' {
    It 'finds the account, judges every user and groups those who cannot be served by cause' {
        $on = As svc-none
        $report = Test-WritebackPermission -SearchBase $writeback -All @on
        $report | Should -BeOfType PasswordOps.WritebackPermission
        $report.Account.SamAccountName | Should -Be MSOL_0123456789ab
        $report.IsComplete | Should -BeTrue
        $report.Users | Should -Be 9
        ($report.Rights | Where-Object Basis -EQ Users)[0].ObjectClass | Should -Be user
        $report.NotServed.Obstacle | ForEach-Object ToString | Sort-Object | Should -Be Denied, InheritanceBlocked, NoEntry, OtherClass, Protected
        $text = $report | Out-String -Width 80
        $text.Trim() | Should -Match '^corp.contoso.com  '
        $text | Should -Match 'InheritanceBlocked'
    }

    It 'names the entry, the group that it is held by and the object that it stands on' {
        $on = As svc-none
        $report = Test-WritebackPermission CORP\svc-nested -SearchBase "OU=Nested,$writeback" @on
        $reset = $report.Rights | Where-Object { $_.Right -eq 'ResetPassword' -and $_.Basis -eq 'Users' }
        $reset.Outcome | Should -Be Granted
        $reset.StandsOn | Should -Be "OU=Nested,$writeback"
        $reset.Trustee | Should -Match 'Writers Outer'
        $reset.Decided.Entry | Should -Match '00299570-246d-11d0-a768-00aa006e0529'
        ($report.Rights | Out-String -Width 80) | Should -Match 'stands on'
    }

    It 'streams every user with -Detail, the report last' {
        $on = As svc-none
        $all = @(Test-WritebackPermission svc-narrow -SearchBase $writeback -All -Detail @on)
        $all[0..8] | ForEach-Object { $_ | Should -BeOfType PasswordOps.WritebackUserRights }
        $all[9] | Should -BeOfType PasswordOps.WritebackPermission
        ($all[0..8] | Where-Object CanBeServed).DistinguishedName -replace ',.*' | Sort-Object | Should -Be CN=wb-anna, CN=wb-ben, CN=wb-legacy
    }

    It 'answers for single users, and goes on past one who is not there' {
        $on = As svc-none
        $rows = @('wb-anna', 'wb-nobody', 'wb-denied' | Test-WritebackPermission -Account svc-narrow -ErrorVariable failures -ErrorAction SilentlyContinue @on)
        $rows.Obstacle | Should -Be None, Denied
        @($failures).FullyQualifiedErrorId | Should -Be 'AdUserNotFound,PasswordOps.TestWritebackPermissionCommand'
        ($rows | Out-String -Width 80) | Should -Match 'wb-denied'
    }

    It 'says which account it could not find' {
        $on = As svc-none
        (Test-WritebackPermission svc-nobody -SearchBase $writeback @on).Verdict | Should -Be Fail
        ErrorIdOf { Test-WritebackPermission svc-nobody -User wb-anna @on } | Should -Match '^ConnectorNotFound,'
    }

    It 'says which place it could not find' {
        $on = As svc-none
        foreach ($place in "OU=Nowhere,$writeback", 'no name at all') {
            $report = Test-WritebackPermission -SearchBase $place @on
            $report.Verdict | Should -Be Unknown
            $report.Headline | Should -Match "$place does not exist"
            $report.NextStep | Should -Match 'organizational unit'
        }
    }

    It 'refuses to guess a domain' {
        $saved = $env:USERDNSDOMAIN
        $env:USERDNSDOMAIN = $null
        try { ErrorIdOf { Test-WritebackPermission } | Should -Match '^DomainUnknown,' } finally { $env:USERDNSDOMAIN = $saved }
    }
}
