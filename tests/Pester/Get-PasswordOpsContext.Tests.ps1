param([Parameter(Mandatory)] [string] $Module)

BeforeAll { . "$PSScriptRoot/common.ps1" -Module $Module -WithTenant }

AfterAll { Stop-PracticeTenant }

Describe 'Get-PasswordOpsContext' {
    Context 'no connection' {
        It 'says so, with the next step' {
            { Get-PasswordOpsContext } | Should -Throw -ErrorId 'NotConnected,PasswordOps.GetPasswordOpsContextCommand'
            $Error[0].CategoryInfo.Category | Should -Be AuthenticationError
            $Error[0].ErrorDetails.RecommendedAction | Should -Match 'Connect-PasswordOps'
        }
    }

    Context 'connected' {
        BeforeAll { $connection = Connect-PasswordOps -PracticeTenant $tenant }

        It 'shows who, how and with what rights' {
            $context = Get-PasswordOpsContext
            $context.Account | Should -BeExactly 'PasswordOps full'
            $context.Permissions | Should -Contain 'User.Read.All'
            $context.Roles.Name | Should -Contain 'Privileged Authentication Administrator'
            $context.Cloud | Should -BeExactly 'Practice'
            $context.Context.SignInKind | Should -Be ClientSecret
        }

        It 'shows the connection that is given' {
            $other = Connect-PasswordOps -PracticeTenant $tenant -App 'PasswordOps reader'
            (Get-PasswordOpsContext -Connection $connection).Account | Should -BeExactly 'PasswordOps full'
            Disconnect-PasswordOps $other
        }

        It 'is there in parallel runspaces' {
            $null = Connect-PasswordOps -PracticeTenant $tenant
            $accounts = 1..3 | ForEach-Object -Parallel {
                Import-Module $using:Module
                (Get-PasswordOpsContext).Account
            }
            $accounts | Should -Be @('PasswordOps full', 'PasswordOps full', 'PasswordOps full')
        }

        It 'holds no token in sight' {
            Get-PasswordOpsContext | Format-List * -Force | Out-String | Should -Not -Match 'eyJ'
            Get-PasswordOpsContext | ConvertTo-Json -Depth 5 | Should -Not -Match 'eyJ'
        }

        It 'reads well at 80 columns, without colours that nobody asked for' {
            $text = Get-PasswordOpsContext | Out-String -Width 80
            $text | Should -Match 'roles +Privileged Authentication Administrator'
            $text | Should -Not -Match "`e"
            ($text -split "`n" | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 81
        }
    }
}
