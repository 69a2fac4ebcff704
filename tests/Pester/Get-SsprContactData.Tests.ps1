param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module -WithTenant
    $connection = Connect-PasswordOps -PracticeTenant $tenant
    $null = Set-SsprContactData adele@contoso.com -Mobile '+1 4255550100' -Email adele@fabrikam.com
    $null = Set-SsprContactData adele@contoso.com -Mobile '+1 4255550101' -Office '+1 4255550102' -Target Profile
}

AfterAll { Stop-PracticeTenant }

Describe 'Get-SsprContactData' {
    It 'shows methods and profile side by side, and which of them password reset uses' {
        $data = Get-SsprContactData adele@contoso.com
        $data | Should -BeOfType PasswordOps.SsprContact
        $data.Mobile, $data.ProfileMobile, $data.Office, $data.ProfileOffice, $data.Email | Should -Be '+1 ***00', '+1 ***01', $null, '+1 ***02', 'a***@fabrikam.com'
        $data.Values.Field | Should -Be Mobile, AlternateMobile, Office, Email
        $data.Values.Source | Should -Be AuthenticationMethod, None, Profile, AuthenticationMethod
        $data.Values[2].Used | Should -Be '+1 ***02'
    }

    It 'masks values in every view unless asked' {
        $data = Get-SsprContactData adele@contoso.com
        "$($data | Out-String) $($data | Format-List * | Out-String) $($data.Values | Format-List * | Out-String)" | Should -Not -Match '555010|adele@fabrikam'
        (Get-SsprContactData adele@contoso.com -ShowValues).Mobile | Should -BeExactly '+1 4255550100'
    }

    It 'takes users from the pipeline, in order, and goes on behind one who is not there' {
        $data = 'nora@contoso.com', 'nobody@contoso.com', 'adele@contoso.com' | Get-SsprContactData -ErrorVariable failures -ErrorAction SilentlyContinue
        $data.User | Should -Be nora@contoso.com, adele@contoso.com
        $failures.FullyQualifiedErrorId | Should -Be 'UserNotFound,PasswordOps.GetSsprContactDataCommand'
    }

    It 'reads everybody with -All' {
        (Get-SsprContactData -All).Count | Should -Be $tenant.Users
    }

    It 'gives what Set-SsprContactData takes, and masked values are not taken' {
        (Get-SsprContactData adele@contoso.com -ShowValues | Set-SsprContactData).Status | Should -Be Unchanged
        ErrorIdOf { Get-SsprContactData adele@contoso.com | Set-SsprContactData } | Should -Match '^Phone'
        (Get-SsprContactData adele@contoso.com -ShowValues).Mobile | Should -BeExactly '+1 4255550100'
    }

    It 'refuses what names no user' {
        ErrorIdOf { [pscustomobject]@{ Mobile = '+1 4255550142' } | Get-SsprContactData } | Should -BeExactly 'IdentityInvalid,PasswordOps.GetSsprContactDataCommand'
    }

    It 'is silent about nobody' {
        @() | Get-SsprContactData | Should -BeNullOrEmpty
    }
}
