param([Parameter(Mandatory)] [string] $Module)

BeforeAll { . "$PSScriptRoot/common.ps1" -Module $Module }

AfterAll { Stop-PracticeTenant }

Describe 'Stop-PracticeTenant' {
    It 'stops the one that is given and no other' {
        $one, $two = 1..2 | ForEach-Object { Start-PracticeTenant -Users 5 }
        Stop-PracticeTenant $one
        $one.IsRunning | Should -BeFalse
        Get-Process -Id $one.ProcessId -ErrorAction Ignore | Should -BeNullOrEmpty
        $two.IsRunning | Should -BeTrue
        $two | Stop-PracticeTenant
        $two.IsRunning | Should -BeFalse
    }

    It 'stops all that this session started when none is given' {
        $both = 1..2 | ForEach-Object { Start-PracticeTenant -Users 5 }
        Stop-PracticeTenant
        $both.IsRunning | Should -Be $false, $false
    }

    It 'stops nothing under -WhatIf' {
        $one = Start-PracticeTenant -Users 5
        Stop-PracticeTenant $one -WhatIf
        $one.IsRunning | Should -BeTrue
        Stop-PracticeTenant $one
    }

    It 'is content with one that was stopped already' {
        $one = Start-PracticeTenant -Users 5
        Stop-PracticeTenant $one
        { Stop-PracticeTenant $one } | Should -Not -Throw
    }

    It 'makes signing in an error that says so' {
        $one = Start-PracticeTenant -Users 5
        Stop-PracticeTenant $one
        ErrorIdOf { Connect-PasswordOps -PracticeTenant $one } | Should -BeExactly 'PracticeTenantStopped,PasswordOps.ConnectPasswordOpsCommand'
    }
}
