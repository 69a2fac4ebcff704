param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module -WithTenant
    $app = Connect-PasswordOps -PracticeTenant $tenant
    $was = (Reset-AadUserPassword paul@contoso.com -ForceChange No -Confirm:$false -Force).Credential.Password
    $paul = Connect-PasswordOps -PracticeTenant $tenant -App PasswordOps 6> $null

    # The directory tells times in whole seconds: two changes within one look like the same.
    Start-Sleep -Milliseconds 1100

    function Verify([string] $Password) {
        $body = @{ password = $Password; where = 'cloud' } | ConvertTo-Json
        (Invoke-RestMethod -Method POST -Uri "$($tenant.Graph)practice/users/paul@contoso.com/verify-password" -Body $body `
            -ContentType application/json -SkipCertificateCheck).matches
    }
}

AfterAll { Stop-PracticeTenant }

Describe 'Update-AadMyPassword' {
    It 'does nothing under -WhatIf' {
        Update-AadMyPassword $was (Secure 'Canal-Blue-5521') -Connection $paul -WhatIf | Should -BeNullOrEmpty
        Verify 'Canal-Blue-5521' | Should -BeFalse
    }

    It 'refuses the wrong present password, and the new one stays out of the error' {
        $id = ErrorIdOf { Update-AadMyPassword (Secure 'Not-The-One-99') (Secure 'Canal-Blue-5521') -Connection $paul -Confirm:$false }
        $id | Should -BeLike 'PasswordRejected,*'
        "$($Error[0] | Format-List * -Force | Out-String)" | Should -Not -Match 'Canal-Blue|Not-The-One'
    }

    It 'refuses a weak one and the present one before anything is sent' {
        $null = Control DELETE 'practice/requests'
        ErrorIdOf { Update-AadMyPassword $was (Secure 'short') -Connection $paul -Confirm:$false } | Should -BeLike 'PasswordTooWeak,*'
        ErrorIdOf { Update-AadMyPassword $was $was -Connection $paul -Confirm:$false } | Should -BeLike 'PasswordUnchanged,*'
        Writes | Should -BeNullOrEmpty
    }

    It 'changes it, and says where' {
        $row = Update-AadMyPassword $was (Secure 'Canal-Blue-5521') -Connection $paul -Confirm:$false
        $row.Status | Should -Be Succeeded
        $row.Route | Should -Be OwnChange
        $row.SeenChangedAt | Should -Not -BeNullOrEmpty
        $row.Credential | Should -BeNullOrEmpty
        Verify 'Canal-Blue-5521' | Should -BeTrue
        ($row | Out-String) | Should -Not -Match 'Canal-Blue'
    }

    It 'is nothing for an application' {
        ErrorIdOf { Update-AadMyPassword $was (Secure 'Canal-Blue-5522') -Connection $app -Confirm:$false } | Should -BeLike 'AppOnlyHasNoPassword,*'
    }

    It 'takes no password as text, and does not repeat it' {
        { Update-AadMyPassword 'Planted-Text-77' (Secure 'Canal-Blue-5522') -Connection $paul -Confirm:$false } | Should -Throw '*SecureString*'
        "$($Error[0] | Format-List * -Force | Out-String)" | Should -Not -Match 'Planted-Text'
    }

    It 'leaves a domain controller alone unless asked' {
        ErrorIdOf { Update-AadMyPassword $was (Secure 'Canal-Blue-5522') -Connection $paul -DomainController dc1.corp.contoso.com -Confirm:$false } |
            Should -BeLike 'DomainNotUsed,*'
        ErrorIdOf { Update-AadMyPassword $was (Secure 'Canal-Blue-5522') -Connection $paul -Via ActiveDirectory -Confirm:$false } |
            Should -BeLike 'NotInActiveDirectory,*'
    }
}
