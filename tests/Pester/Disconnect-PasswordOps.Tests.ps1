param([Parameter(Mandatory)] [string] $Module)

BeforeAll { . "$PSScriptRoot/common.ps1" -Module $Module -WithTenant }

AfterAll { Stop-PracticeTenant }

Describe 'Disconnect-PasswordOps' {
    It 'closes the latest connection, and no older one takes its place' {
        $first = Connect-PasswordOps -PracticeTenant $tenant
        $second = Connect-PasswordOps -PracticeTenant $tenant -App 'PasswordOps helpdesk'
        Disconnect-PasswordOps
        $second.IsOpen | Should -BeFalse
        $first.IsOpen | Should -BeTrue
        ErrorIdOf { Get-PasswordOpsContext } | Should -BeExactly 'NotConnected,PasswordOps.GetPasswordOpsContextCommand'
        $first | Disconnect-PasswordOps
        $first.IsOpen | Should -BeFalse
    }

    It 'closes the one that is given and leaves the latest' {
        $first = Connect-PasswordOps -PracticeTenant $tenant
        $second = Connect-PasswordOps -PracticeTenant $tenant
        Disconnect-PasswordOps $first
        Get-PasswordOpsContext | Should -Be $second
    }

    It 'is content when there is nothing to close' {
        Disconnect-PasswordOps
        { Disconnect-PasswordOps } | Should -Not -Throw
    }

    It 'does not take an empty variable for the latest connection' {
        $null = Connect-PasswordOps -PracticeTenant $tenant
        $none = $null
        { Disconnect-PasswordOps -Connection $none } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
        (Get-PasswordOpsContext).IsOpen | Should -BeTrue
    }

    It 'makes later use of the connection an error that says so' {
        $connection = Connect-PasswordOps -PracticeTenant $tenant
        Disconnect-PasswordOps
        ErrorIdOf { Test-SsprReadiness -Connection $connection } | Should -BeExactly 'ConnectionClosed,PasswordOps.TestSsprReadinessCommand'
    }
}
