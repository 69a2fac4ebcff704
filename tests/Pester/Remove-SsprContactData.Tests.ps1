param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module -WithTenant
    $connection = Connect-PasswordOps -PracticeTenant $tenant

    function Methods([string] $User) { (Control GET "practice/users/$User/state").methods }
}

AfterAll { Stop-PracticeTenant }

Describe 'Remove-SsprContactData' {
    BeforeEach {
        $null = Set-SsprContactData adele@contoso.com -Mobile '+1 4255550100' -AlternateMobile '+1 4255550101' -Office '+1 4255550102' -Email adele@fabrikam.com
        $null = Control DELETE 'practice/requests'
    }

    It 'takes away what is named and nothing else' {
        $row = Remove-SsprContactData adele@contoso.com -Field Office -Confirm:$false
        $row.Status, $row.Written | Should -Be Succeeded, Office
        (Methods adele@contoso.com).office | Should -BeNullOrEmpty
        (Methods adele@contoso.com).mobile | Should -BeExactly '+1 4255550100'
    }

    It 'takes everything away with -All, the alternate phone before the mobile phone' {
        (Remove-SsprContactData adele@contoso.com -All -Confirm:$false).Status | Should -Be Succeeded
        $left = Get-SsprContactData adele@contoso.com
        $left.Mobile, $left.AlternateMobile, $left.Office, $left.Email | Should -Be $null, $null, $null, $null
        (Remove-SsprContactData adele@contoso.com -All -Confirm:$false).Status | Should -Be Unchanged
    }

    It 'knows that the profile has no alternate phone' {
        $null = Set-SsprContactData adele@contoso.com -Mobile '+1 4255550103' -Target Profile
        (Remove-SsprContactData adele@contoso.com -All -Target Profile -Confirm:$false).Status | Should -Be Succeeded
        (Get-SsprContactData adele@contoso.com).ProfileMobile | Should -BeNullOrEmpty
    }

    It 'refuses <Id>' -ForEach @(
        @{ Id = 'MobileBeforeAlternate'; User = 'adele@contoso.com'; Field = 'Mobile' }
        @{ Id = 'UserNotFound'; User = 'nobody@contoso.com'; Field = 'Mobile' }
        @{ Id = 'IdentityInvalid'; User = 'no user'; Field = 'Email' }
    ) {
        ErrorIdOf { Remove-SsprContactData $User -Field $Field -Confirm:$false } | Should -BeExactly "$Id,PasswordOps.RemoveSsprContactDataCommand"
        Writes | Should -BeNullOrEmpty
    }

    It 'removes nothing while one of several users is wrong, and the others with -SkipInvalid' {
        ErrorIdOf { 'adele@contoso.com', 'nobody@contoso.com' | Remove-SsprContactData -Field Office -Confirm:$false } | Should -Match '^UserNotFound'
        Writes | Should -BeNullOrEmpty
        $rows = 'adele@contoso.com', 'nobody@contoso.com' | Remove-SsprContactData -Field Office -SkipInvalid -Confirm:$false -ErrorAction SilentlyContinue
        $rows.Status | Sort-Object | Should -Be Succeeded, NotSent
    }

    It 'asks, writes nothing where nobody answers, and nothing with -WhatIf' {
        ErrorIdOf { Remove-SsprContactData adele@contoso.com -All } | Should -BeExactly 'ConfirmationImpossible,PasswordOps.RemoveSsprContactDataCommand'
        (Remove-SsprContactData adele@contoso.com -All -WhatIf).Changes.Action | Select-Object -Unique | Should -Be Clear
        Writes | Should -BeNullOrEmpty
    }

    It 'keeps a journal where one is named, by which everything comes back' {
        $journal = Join-Path $TestDrive removed.jsonl
        (Remove-SsprContactData adele@contoso.com -All -Journal $journal -Confirm:$false)[-1].Status | Should -Be Complete
        (Restore-SsprContactData $journal -Confirm:$false)[-1].Status | Should -Be Complete
        $back = Get-SsprContactData adele@contoso.com -ShowValues
        $back.Mobile, $back.AlternateMobile, $back.Office, $back.Email |
            Should -Be '+1 4255550100', '+1 4255550101', '+1 4255550102', 'adele@fabrikam.com'
    }
}
