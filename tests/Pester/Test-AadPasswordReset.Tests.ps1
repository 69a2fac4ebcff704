param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module -WithTenant
    $app = Connect-PasswordOps -PracticeTenant $tenant
    $guest = (Test-AadPasswordReset -All | Where-Object User -Like 'gita_*').User
}

AfterAll { Stop-PracticeTenant }

Describe 'Test-AadPasswordReset' {
    Context 'one user' {
        It 'says yes, with the route and every check' {
            $answer = Test-AadPasswordReset nora@contoso.com
            $answer | Should -BeOfType PasswordOps.PasswordResetAnswer
            $answer.CanReset | Should -BeTrue
            $answer.Route | Should -Be PasswordProfile
            $answer.Checks.Id | Should -Contain role.canReset
            $answer.Missing | Should -BeNullOrEmpty
        }

        It 'refuses an application a synced user, and names the way that is left' {
            $answer = Test-AadPasswordReset bram@contoso.com
            $answer.CanReset | Should -BeFalse
            $answer.Refusal.Id | Should -BeExactly AppOnlyCannotWriteBack
            $answer.NextStep | Should -Match '-Via ActiveDirectory'
            (Test-AadPasswordReset bram@contoso.com -Via ActiveDirectory).Route | Should -Be ActiveDirectory
        }

        It 'sends a guest home' {
            $answer = Test-AadPasswordReset $guest
            $answer.Verdict | Should -Be Fail
            $answer.Refusal.Id | Should -BeExactly PasswordMasteredElsewhere
        }

        It 'answers No for one who does not exist' {
            $answer = Test-AadPasswordReset ghost@contoso.com
            $answer.CanReset | Should -BeFalse
            $answer.Refusal.Id | Should -BeExactly UserNotFound
        }

        It 'fits a screen, the answer first' {
            $card = Test-AadPasswordReset bram@contoso.com | Out-String
            ($card -split "`n" | Where-Object { $_.Trim() })[0] | Should -Match '^bram@contoso\.com\s+No'
            $card | Should -Match 'next'
            @($card -split "`n").Where({ ($_ -replace "`e\[[0-9;]*m").Length -gt 80 }) | Should -BeNullOrEmpty
        }

        It 'writes nothing' {
            $null = Control DELETE 'practice/requests'
            $null = Test-AadPasswordReset nora@contoso.com, bram@contoso.com
            Writes | Should -BeNullOrEmpty
        }

        It 'goes by its other name' {
            (Test-EntraPasswordReset nora@contoso.com).CanReset | Should -BeTrue
        }
    }

    Context 'another administrator' {
        It 'is judged by roles, and told what to activate' {
            $answer = Test-AadPasswordReset uma@contoso.com -AsUser helena@contoso.com
            $answer.Caller | Should -BeExactly helena@contoso.com
            $answer.Verdict | Should -Be Fail
            $answer.CallerRoles | Should -Contain 'Privileged Authentication Administrator (eligible, not activated)'
            $answer.NextStep | Should -Match 'Privileged Authentication Administrator'
            (Test-AadPasswordReset nora@contoso.com -AsUser helena@contoso.com).CanReset | Should -BeTrue
        }

        It 'reaches members of its unit only' {
            (Test-AadPasswordReset tariq@contoso.com -AsUser bea@contoso.com).CanReset | Should -BeTrue
            (Test-AadPasswordReset nora@contoso.com -AsUser bea@contoso.com).CanReset | Should -BeFalse
        }

        It 'is protected, or reached, as restricted units say' {
            (Test-AadPasswordReset rhea@contoso.com -AsUser greta@contoso.com).CanReset | Should -BeFalse
            (Test-AadPasswordReset rhea@contoso.com -AsUser silke@contoso.com).CanReset | Should -BeTrue
        }

        It 'cannot be somebody who does not exist' {
            ErrorIdOf { Test-AadPasswordReset nora@contoso.com -AsUser ghost@contoso.com } | Should -BeLike 'UserNotFound,*'
        }
    }

    Context 'many users' {
        It 'answers each, from the pipeline, and names the bad ones' {
            $rows = 'nora@contoso.com', 'no user', 'bram@contoso.com' |
                Test-AadPasswordReset -ErrorVariable failures -ErrorAction SilentlyContinue
            $rows.User | Should -Be 'nora@contoso.com', 'bram@contoso.com'
            $failures.FullyQualifiedErrorId | Should -BeLike 'IdentityInvalid,*'
            @(($rows | Out-String).Trim() -split "`n").Count | Should -BeLessThan 12
        }

        It 'answers the whole tenant, and only what is no plain yes when asked so' {
            $all = Test-AadPasswordReset -All
            $all.Count | Should -Be $tenant.Users
            $open = Test-AadPasswordReset -All -FailedOnly
            $open.Count | Should -Be @($all | Where-Object Verdict -NE Pass).Count
            $open.Verdict | Should -Not -Contain Pass
        }
    }

    Context 'a symptom' {
        It 'explains the greyed-out button' {
            $found = Test-AadPasswordReset uma@contoso.com -AsUser helena@contoso.com -Symptom ButtonGreyedOut
            $found | Should -BeOfType PasswordOps.PasswordResetDiagnosis
            $found.Verdict | Should -Be Fail
            $found.NextStep | Should -Match Activate
            ($found | Out-String) | Should -Match 'greyed out'
        }

        It 'explains a sign-in that fails after a reset elsewhere' {
            (Test-AadPasswordReset bram@contoso.com -Symptom SignInFailsAfterReset).Cause | Should -Match '365 admin center'
        }

        It 'explains what an administrator sees of the policy' {
            (Test-AadPasswordReset helena@contoso.com -Symptom PolicyNotApplied).Cause | Should -Match administrator
        }

        It 'needs no user where it is about the portal' {
            (Test-AadPasswordReset -Symptom BladeMissing -AsUser nora@contoso.com).Verdict | Should -Be Warn
        }

        It 'asks for the user where it is about one' {
            ErrorIdOf { Test-AadPasswordReset -Symptom ButtonGreyedOut } | Should -BeLike 'SymptomNeedsUser,*'
        }

        It 'fits into 80 columns and breaks no word' {
            $guest = 'gita_fabrikam.com#EXT#@contoso.onmicrosoft.com'
            $lines = (Test-AadPasswordReset $guest -Symptom ButtonGreyedOut | Out-String -Width 80) -split '\r?\n' -replace '\e\[[0-9;]*m'
            $lines | Where-Object Length -GT 79 | Should -BeNullOrEmpty
            $lines | Should -Contain 'Explained'
        }

        It 'names a role over the restricted unit as missing' {
            (Test-AadPasswordReset rhea@contoso.com).Missing | Should -BeLike 'directory role * over the restricted administrative unit'
        }

        It 'knows <_>' -ForEach 'ButtonGreyedOut', 'SignInFailsAfterReset', 'PolicyNotApplied', 'NotEnabled', 'InformationMissing', 'NoSmsOrCall' {
            $found = Test-AadPasswordReset adele@contoso.com -Symptom $_
            $found.Cause | Should -Not -BeNullOrEmpty
            $found.NextStep | Should -Not -BeNullOrEmpty
        }
    }

    # The last, since a second tenant takes the place of the first.
    Context 'thousands of users' {
        It 'takes the whole directory in pages, not user by user' {
            $big = Start-PracticeTenant -Users 3000
            $connection = Connect-PasswordOps -PracticeTenant $big
            $names = (Test-AadPasswordReset -All -Connection $connection).User
            $null = Invoke-RestMethod -Method DELETE -Uri "$($big.Graph)practice/requests" -SkipCertificateCheck
            $rows = $names | Test-AadPasswordReset -Connection $connection
            $rows.Count | Should -Be $names.Count
            $asked = (Invoke-RestMethod -Uri "$($big.Graph)practice/requests" -SkipCertificateCheck).requests
            $asked.Count | Should -BeLessThan 60
        }
    }
}
