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

    Context 'an administrator, or many' {
        It 'is asked about once more, also under -Confirm:$false' {
            $null = Control DELETE 'practice/requests'
            ErrorIdOf { Reset-AadUserPassword uma@contoso.com -Connection $app -Confirm:$false } | Should -BeLike 'ConfirmationImpossible,*'
            ErrorIdOf { 'nora@contoso.com', 'adele@contoso.com' | Reset-AadUserPassword -Connection $app -Confirm:$false -ConfirmAbove 1 } |
                Should -BeLike 'ConfirmationImpossible,*'
            Writes | Should -BeNullOrEmpty
            (Reset-AadUserPassword uma@contoso.com -Connection $app -Confirm:$false -Force).Status | Should -Be Succeeded
        }

        It 'resets a hundred with a password each, and sums up' {
            # Elsa was synced once, and the directory takes no password for her.
            $names = (Test-AadPasswordReset -All -Connection $app |
                Where-Object { $_.CanReset -and -not $_.TargetIsAdministrator -and $_.User -notlike 'elsa@*' }).User
            $rows = $names | Reset-AadUserPassword -Connection $app -Confirm:$false -Force -InformationVariable said 6> $null
            $rows.Count | Should -Be @($names).Count
            $rows.Status | Select-Object -Unique | Should -Be Succeeded
            @($rows.ForEach({ $_.Credential.GetNetworkCredential().Password }) | Select-Object -Unique).Count | Should -Be $rows.Count
            "$said" | Should -Match "$($rows.Count) Succeeded"
        }

        It 'ends sessions when asked' {
            (Reset-AadUserPassword nora@contoso.com -Connection $app -Confirm:$false -RevokeSessions).SessionsRevoked | Should -BeTrue
            @(Writes | Where-Object path -Like '*revokeSignInSessions').Count | Should -Be 1
        }

        It 'warns when all get the same password, and of a bad one' {
            $null = 'nora@contoso.com', 'adele@contoso.com' | Reset-AadUserPassword -NewPassword (Secure 'Contoso-Nora-2026') -Connection $app `
                -Confirm:$false -WarningVariable warned -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
            "$warned" | Should -Match 'same password'
            "$warned" | Should -Match 'probably refuse'
            "$warned" | Should -Not -Match 'Contoso-Nora'
        }
    }

    Context 'a password as text' {
        It 'is refused, and not repeated' {
            { Reset-AadUserPassword nora@contoso.com -NewPassword 'Planted-Text-77' -Connection $app -Confirm:$false } |
                Should -Throw '*SecureString*'
            "$($Error[0] | Format-List * -Force | Out-String)" | Should -Not -Match 'Planted-Text'
        }
    }

    Context 'wishes that contradict each other' {
        It 'refuses a length or a style for a password that is given, and asks nothing of the service' {
            $null = Control DELETE 'practice/requests'
            ErrorIdOf { Reset-AadUserPassword nora@contoso.com -NewPassword (Secure 'Rather-Long-77') -Length 20 -Connection $app -Confirm:$false } |
                Should -BeLike 'PasswordGiven,*'
            ErrorIdOf { Reset-AadUserPassword nora@contoso.com -NewPassword (Secure 'Rather-Long-77') -Style Random -Connection $app -Confirm:$false } |
                Should -BeLike 'PasswordGiven,*'
            (Control GET 'practice/requests').requests | Should -BeNullOrEmpty
        }

        It 'warns that no lockout in Active Directory is ended without a domain controller' {
            $null = Reset-AadUserPassword nora@contoso.com -Unlock -Connection $app -Confirm:$false -WarningVariable warned -WarningAction SilentlyContinue
            "$warned" | Should -Match '-Via ActiveDirectory'
        }
    }

    Context 'for the telephone' {
        It 'makes invented words' {
            $row = Reset-AadUserPassword nora@contoso.com -Style Pronounceable -Connection $app -Confirm:$false
            $row.Credential.GetNetworkCredential().Password | Should -Match '[a-z]{4,}'
            $row.Credential.GetNetworkCredential().Password.Length | Should -BeGreaterThan 20
        }

        It 'refuses a length that could be guessed' {
            ErrorIdOf { Reset-AadUserPassword nora@contoso.com -Length 9 -Connection $app -Confirm:$false } | Should -BeLike 'PasswordLengthUnfit,*'
        }
    }

    Context 'delivery' {
        BeforeAll {
            $path = $env:PSModulePath
            $env:PSModulePath = "$PSScriptRoot/modules$([IO.Path]::PathSeparator)$path"
            Import-Module Microsoft.PowerShell.SecretManagement
            Register-SecretVault -Name Strict -VaultParameters @{ Names = '^[A-Za-z0-9-]{1,127}$' }
            Register-SecretVault -Name Broken -VaultParameters @{ Fail = 'Set' }
            $rsa = [Security.Cryptography.RSA]::Create(2048)
            function Certificate([string] $Name, [string] $Usage) {
                $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new(
                    "CN=$Name", $rsa, [Security.Cryptography.HashAlgorithmName]::SHA256, [Security.Cryptography.RSASignaturePadding]::Pkcs1)
                $request.CertificateExtensions.Add([Security.Cryptography.X509Certificates.X509KeyUsageExtension]::new($Usage, $true))
                $documents = [Security.Cryptography.OidCollection]::new()
                $null = $documents.Add([Security.Cryptography.Oid]::new('1.3.6.1.4.1.311.80.1'))
                $request.CertificateExtensions.Add([Security.Cryptography.X509Certificates.X509EnhancedKeyUsageExtension]::new($documents, $false))
                $request.CreateSelfSigned([datetimeoffset]::Now.AddDays(-1), [datetimeoffset]::Now.AddDays(30))
            }
            $good = Certificate 'Help desk' 'KeyEncipherment'
            $signing = Certificate 'Signer' 'DigitalSignature'
            [IO.File]::WriteAllBytes("$TestDrive/good.cer", $good.Export('Cert'))
            [IO.File]::WriteAllBytes("$TestDrive/good.pfx", $good.Export('Pfx'))
        }

        AfterAll {
            Remove-Module Microsoft.PowerShell.SecretManagement
            $env:PSModulePath = $path
        }

        It 'seals to a certificate, which opens it' {
            Push-Location $TestDrive
            $row = Reset-AadUserPassword nora@contoso.com -ProtectTo ./good.cer -Connection $app -Confirm:$false
            Pop-Location
            $row.Status | Should -Be Succeeded
            $row.Credential | Should -BeNullOrEmpty
            $row.Delivery | Should -Match '^-----BEGIN CMS-----'
            $text = Unprotect-CmsMessage -Content $row.Delivery -To "$TestDrive/good.pfx"
            $opened = [pscredential]::new('nora@contoso.com', (Secure $text))
            (Verify nora@contoso.com $opened).matches | Should -BeTrue
        }

        It 'takes a certificate object, and refuses one that cannot encrypt before anything is sent' {
            (Reset-AadUserPassword nora@contoso.com -ProtectTo $good -Connection $app -Confirm:$false).Status | Should -Be Succeeded
            $null = Control DELETE 'practice/requests'
            ErrorIdOf { Reset-AadUserPassword nora@contoso.com -ProtectTo $signing -Connection $app -Confirm:$false } |
                Should -BeLike 'CertificateCannotEncrypt,*'
            ErrorIdOf { Reset-AadUserPassword nora@contoso.com -ProtectTo ./nothing.cer -Connection $app -Confirm:$false } |
                Should -BeLike 'CertificateNotFound,*'
            (Control GET 'practice/requests').requests | Should -BeNullOrEmpty
        }

        It 'puts it in a vault' {
            $row = Reset-AadUserPassword nora@contoso.com -SecretVault Strict -Connection $app -Confirm:$false
            $row.Credential | Should -BeNullOrEmpty
            (Verify nora@contoso.com (Get-Secret -Vault Strict -Name $row.Delivery)).matches | Should -BeTrue
        }

        It 'takes it back when the reset was refused' {
            $before = @(Get-SecretInfo -Vault Strict).Count
            $null = Control POST 'practice/users/nora@contoso.com/next-reset?outcome=failed'
            $person = Connect-PasswordOps -PracticeTenant $tenant -App PasswordOps 6> $null
            $null = Control POST 'practice/users/bram@contoso.com/next-reset?outcome=failed&seconds=0'
            $row = Reset-AadUserPassword bram@contoso.com -SecretVault Strict -Connection $person -Confirm:$false -ErrorAction SilentlyContinue
            $row.Status | Should -Be Failed
            @(Get-SecretInfo -Vault Strict).Count | Should -Be $before
            Disconnect-PasswordOps $person
        }

        It 'does no reset when the delivery fails, and the secret is nowhere to be read' {
            $null = Control DELETE 'practice/requests'
            $Error.Clear()
            $all = Reset-AadUserPassword nora@contoso.com -NewPassword (Secure 'Planted-Vault-4417') -SecretVault Broken -Connection $app `
                -Confirm:$false -ErrorAction Continue *>&1
            ($all | Where-Object { $_ -is [PasswordOps.PasswordResetResult] }).ErrorId | Should -BeExactly SecretVaultFailed
            Writes | Should -BeNullOrEmpty
            "$($all | Format-List * -Force | Out-String)$($Error | Format-List * -Force | Out-String)" | Should -Not -Match 'Planted-Vault'
        }

        It 'is one way, to a vault that exists' {
            ErrorIdOf { Reset-AadUserPassword nora@contoso.com -SecretVault Nowhere -Connection $app -Confirm:$false } |
                Should -BeLike 'SecretVaultNotFound,*'
            ErrorIdOf { Reset-AadUserPassword nora@contoso.com -SecretVault Strict -ProtectTo $good -Connection $app -Confirm:$false } |
                Should -BeLike 'DeliveryTwice,*'
        }
    }

    Context 'a service that is slow, fails, or goes half the way' {
        BeforeAll { $person = Connect-PasswordOps -PracticeTenant $tenant -App PasswordOps 6> $null }
        AfterAll { Disconnect-PasswordOps $person }

        It 'tells that only the domain has the new password' {
            $null = Control POST 'practice/users/bram@contoso.com/next-reset?outcome=onPremisesOnly&seconds=0'
            $row = Reset-AadUserPassword bram@contoso.com -Connection $person -Confirm:$false -ErrorAction SilentlyContinue `
                -WarningAction SilentlyContinue
            $row.Changed | Should -Match 'corp\.contoso\.com'
            (Verify bram@contoso.com $row.Credential onPremises).matches | Should -BeTrue
        }

        It 'tells a failure with the words of the service, and hands no password out' {
            $null = Control POST 'practice/users/bram@contoso.com/next-reset?outcome=failed&seconds=0&detail=PasswordDoesnotComplyFuzzyPolicy'
            $row = Reset-AadUserPassword bram@contoso.com -Connection $person -Confirm:$false -ErrorAction SilentlyContinue
            $row.Status | Should -Be Failed
            $row.Credential | Should -BeNullOrEmpty
            $row.Reason | Should -Match 'PasswordDoesnotComplyFuzzyPolicy'
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
