param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module -WithTenant
    $full = $tenant.Apps | Where-Object DisplayName -EQ 'PasswordOps full'
}

AfterAll { Stop-PracticeTenant }

Describe 'Connect-PasswordOps' {
    AfterEach { Disconnect-PasswordOps }

    Context 'a practice tenant' {
        It 'signs in as the first application and becomes the process''s connection' {
            $connection = Connect-PasswordOps -PracticeTenant $tenant
            $connection | Should -BeOfType PasswordOps.PasswordOpsConnection
            $connection.TenantId | Should -Be $tenant.TenantId
            $connection.IsAppOnly | Should -BeTrue
            Get-PasswordOpsContext | Should -Be $connection
        }

        It 'takes the tenant from the pipeline' {
            ($tenant | Connect-PasswordOps).Account | Should -BeExactly 'PasswordOps full'
        }

        It 'signs in as the application that is named' {
            $connection = Connect-PasswordOps -PracticeTenant $tenant -App 'PasswordOps helpdesk'
            $connection.Roles.Name | Should -Be 'Helpdesk Administrator'
        }

        It 'signs a person in by device code, whatever the preferences' {
            $connection = Connect-PasswordOps -PracticeTenant $tenant -App PasswordOps -InformationVariable shown 6> $null
            $connection.Account | Should -BeExactly 'paul@contoso.com'
            $connection.IsAppOnly | Should -BeFalse
            "$shown" | Should -Match 'code'
        }

        It 'takes the line of a tenant that runs already, and leaves that tenant running' {
            $line = [ordered]@{
                authority = $tenant.Authority; graph = $tenant.Graph; tenantId = $tenant.TenantId; caCertificateFile = $tenant.CaCertificateFile
                processId = $tenant.ProcessId; users = $tenant.Users; people = @()
                apps = @(@{ displayName = 'PasswordOps full'; appId = $tenant.Apps[0].AppId; secret = [Net.NetworkCredential]::new('', $tenant.Apps[0].Secret).Password })
            } | ConvertTo-Json -Compress -Depth 4
            (Connect-PasswordOps -PracticeTenant $line).TenantId | Should -BeExactly $tenant.TenantId
            ($line | Connect-PasswordOps).TenantId | Should -BeExactly $tenant.TenantId
            $tenant.IsRunning | Should -BeTrue
        }

        It 'refuses a line that is none without repeating it' {
            { Connect-PasswordOps -PracticeTenant 'planted-nonsense' } | Should -Throw -ErrorId 'ParameterArgumentTransformationError*'
            try { Connect-PasswordOps -PracticeTenant '{"secret":"planted-nonsense"}' } catch { "$_ $($_.Exception)" | Should -Not -Match 'planted' }
        }

        It 'says which applications there are when the name is wrong' {
            ErrorIdOf { Connect-PasswordOps -PracticeTenant $tenant -App Nobody } | Should -BeExactly 'PracticeAppUnknown,PasswordOps.ConnectPasswordOpsCommand'
        }

        It 'completes the applications' {
            $line = 'Connect-PasswordOps -PracticeTenant $tenant -App PasswordOps'
            (TabExpansion2 $line $line.Length).CompletionMatches.ListItemText | Should -Contain 'PasswordOps helpdesk'
        }
    }

    Context 'what does not work' {
        It 'tells an expired secret' {
            ErrorIdOf { Connect-PasswordOps -PracticeTenant $tenant -App 'PasswordOps expired' } |
                Should -BeExactly 'SignInSecretExpired,PasswordOps.ConnectPasswordOpsCommand'
        }

        It 'tells a cloud that does not exist, with those that do' {
            { Connect-PasswordOps -TenantId contoso.com -Cloud Mars } | Should -Throw -ErrorId 'CloudUnknown,PasswordOps.ConnectPasswordOpsCommand'
            $Error[0].ErrorDetails.RecommendedAction | Should -Match 'USGovDoD'
        }

        It 'tells a certificate file that is not there' {
            ErrorIdOf { Connect-PasswordOps -TenantId a.b -ClientId c -CertificatePath TestDrive:\none.pfx } |
                Should -BeExactly 'CertificateNotFound,PasswordOps.ConnectPasswordOpsCommand'
        }

        It 'tells a certificate file that cannot be opened' {
            ErrorIdOf { Connect-PasswordOps -TenantId a.b -ClientId c -CertificatePath $full.CertificateFile -CertificatePassword (Secure 'wrong') } |
                Should -BeExactly 'CertificateUnreadable,PasswordOps.ConnectPasswordOpsCommand'
        }

        It 'tells a thumbprint that no store has' {
            ErrorIdOf { Connect-PasswordOps -TenantId a.b -ClientId c -CertificateThumbprint ('0' * 40) } |
                Should -BeExactly 'CertificateNotFound,PasswordOps.ConnectPasswordOpsCommand'
        }

        It 'leaves the present connection in place' {
            $connection = Connect-PasswordOps -PracticeTenant $tenant
            $null = ErrorIdOf { Connect-PasswordOps -PracticeTenant $tenant -App 'PasswordOps expired' }
            Get-PasswordOpsContext | Should -Be $connection
        }
    }

    Context 'secrets' {
        It 'repeats none of them in an error' {
            $planted = 'planted-7f3a-secret'
            try { Connect-PasswordOps -TenantId 11111111-1111-1111-1111-111111111111 -ClientId c -CertificatePath $full.CertificateFile -CertificatePassword (Secure $planted) } catch { $failure = $_ }
            "$($failure | Format-List * -Force | Out-String)$($failure.Exception)" | Should -Not -Match $planted
        }
    }

    It 'completes the clouds' {
        $line = 'Connect-PasswordOps -Cloud U'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'USGov', 'USGovDoD'
    }
}
