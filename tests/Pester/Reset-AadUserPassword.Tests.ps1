param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module -WithTenant
    $app = Connect-PasswordOps -PracticeTenant $tenant

    function Verify([string] $User, [pscredential] $Credential, [string] $Where = 'cloud') {
        $body = @{ password = $Credential.GetNetworkCredential().Password; where = $Where } | ConvertTo-Json
        Invoke-RestMethod -Method POST -Uri "$($tenant.Graph)practice/users/$User/verify-password" -Body $body -ContentType application/json -SkipCertificateCheck
    }
}

AfterAll { Stop-PracticeTenant }

Describe 'Reset-AadUserPassword' {
    Context 'a cloud user' {
        It 'sets a password that is in force, and hands it over as a credential only' {
            $row = Reset-AadUserPassword nora@contoso.com -Confirm:$false
            $row | Should -BeOfType PasswordOps.PasswordResetResult
            $row.Status | Should -Be Succeeded
            $row.Route | Should -Be PasswordProfile
            $row.Credential.UserName | Should -BeExactly 'nora@contoso.com'
            $row.Password | Should -BeNullOrEmpty
            (Verify nora@contoso.com $row.Credential).matches | Should -BeTrue
            "$($row | Format-List * -Force | Out-String)$($row | Out-String)" | Should -Not -Match ([regex]::Escape($row.Credential.GetNetworkCredential().Password))
        }

        It 'gives text when asked for' {
            $row = Reset-AadUserPassword nora@contoso.com -AsPlainText -Confirm:$false -WarningVariable warned -WarningAction SilentlyContinue
            $warned | Should -HaveCount 1
            "$warned" | Should -Not -Match ([regex]::Escape($row.Password))
            $row.Password | Should -BeExactly $row.Credential.GetNetworkCredential().Password
        }

        It 'takes the password that is given, and its alias' {
            $row = Reset-EntraUserPassword "o'brien@contoso.com" -NewPassword (Secure 'Rather-Long-77') -ForceChange No -Confirm:$false
            $row.Status | Should -Be Succeeded
            $row.ForceChange | Should -Be No
            $row.Credential.GetNetworkCredential().Password | Should -BeExactly 'Rather-Long-77'
        }

        It 'refuses a weak one before anything is sent, without repeating it' {
            $null = Control DELETE 'practice/requests'
            ErrorIdOf { Reset-AadUserPassword nora@contoso.com -NewPassword (Secure 'short') -Confirm:$false } |
                Should -BeExactly 'PasswordTooWeak,PasswordOps.ResetAadUserPasswordCommand'
            Writes | Should -BeNullOrEmpty
            $Error[0].Exception.Message | Should -Not -Match 'short'
        }
    }

    Context 'a synced user' {
        It 'is refused to an application by itself, before any write' {
            $null = Control DELETE 'practice/requests'
            Reset-AadUserPassword bram@contoso.com -Confirm:$false -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $failure[0].Exception | Should -BeOfType PasswordOps.Core.PasswordOpsException
            $failure[0].TargetObject | Should -BeExactly 'bram@contoso.com'
            Writes | Should -BeNullOrEmpty
        }

        It 'is reset by a person through writeback, followed to its end' {
            $person = Connect-PasswordOps -PracticeTenant $tenant -App PasswordOps 6> $null
            $row = Reset-AadUserPassword bram@contoso.com -Connection $person -Confirm:$false
            $row.Status | Should -Be Succeeded
            $row.Route | Should -Be ResetPasswordAction
            (Verify bram@contoso.com $row.Credential onPremises).matches | Should -BeTrue
            Disconnect-PasswordOps $person
        }
    }

    Context '-WhatIf' {
        It 'plans every user, refusals included, and sends no write' {
            $null = Control DELETE 'practice/requests'
            $plans = 'nora@contoso.com', 'bram@contoso.com' | Reset-AadUserPassword -WhatIf -Connection $app
            $plans | Should -HaveCount 2
            $plans[0].Refusal | Should -BeNullOrEmpty
            $plans[1].Refusal | Should -Not -BeNullOrEmpty
            Writes | Should -BeNullOrEmpty
        }
    }

    Context 'nobody to ask' {
        It 'ends the run before the first write and says what to do' {
            $null = Control DELETE 'practice/requests'
            $failure = { 'nora@contoso.com', 'adele@contoso.com' | Reset-AadUserPassword -Connection $app } | Should -Throw -PassThru
            $failure.FullyQualifiedErrorId | Should -BeExactly 'ConfirmationImpossible,PasswordOps.ResetAadUserPasswordCommand'
            $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-Confirm:$false*'
            Writes | Should -BeNullOrEmpty
        }
    }

    Context 'several users' {
        It 'goes on after one that cannot be' {
            $rows = 'nobody@contoso.com', 'no user', 'nora@contoso.com' |
                Reset-AadUserPassword -Connection $app -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
            $rows.User | Should -Be 'nora@contoso.com'
            $failures.FullyQualifiedErrorId | Should -Be @(
                'UserNotFound,PasswordOps.ResetAadUserPasswordCommand', 'IdentityInvalid,PasswordOps.ResetAadUserPasswordCommand')
        }

        It 'stops at the first under -ErrorAction Stop' {
            $null = Control DELETE 'practice/requests'
            { 'nobody@contoso.com', 'nora@contoso.com' | Reset-AadUserPassword -Connection $app -Confirm:$false -ErrorAction Stop } | Should -Throw
            Writes | Should -BeNullOrEmpty
        }
    }
}
