param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module
    . "$PSScriptRoot/rights.ps1"
}

AfterAll {
    if ($samba) { $samba.StandardInput.Close(); $samba.WaitForExit() }
}

Describe 'Grant-WritebackPermission' {
    BeforeAll {
        $people = "OU=People,$writeback"
        $admin = As Administrator
    }

    It 'shows what is missing with -WhatIf and writes nothing' {
        $plan = Grant-WritebackPermission svc-none -SearchBase $people -WhatIf @admin 6> $null
        $plan.Status | Should -Be Planned
        $plan.Entries | Should -HaveCount 3
        $plan.Before | Should -Not -Match $domain.accounts['svc-none'].securityIdentifier
        $plan.After | Should -Match $domain.accounts['svc-none'].securityIdentifier
        (Test-WritebackPermission -User wb-anna -Account svc-none @admin).CanBeServed | Should -BeFalse
    }

    It 'grants, says so, and takes back by its file' {
        $undo = Join-Path $TestDrive undo.json
        $row = Grant-WritebackPermission svc-none -SearchBase $people -UndoFile $undo -Confirm:$false @admin
        $row.Status | Should -Be Granted
        $row.UndoFile | Should -Be $undo
        [int][IO.File]::GetUnixFileMode($undo) | Should -Be 0x180
        ($row | Out-String -Width 80) | Should -Match 'Granted'
        (Test-WritebackPermission -User wb-anna -Account svc-none @admin).CanBeServed | Should -BeTrue
        (Grant-WritebackPermission svc-none -SearchBase $people -Confirm:$false @admin).Status | Should -Be AlreadyThere

        ErrorIdOf { Grant-WritebackPermission svc-nested -SearchBase $people -UndoFile $undo -Confirm:$false @admin } | Should -Match '^FileExists,'
        (Grant-WritebackPermission -Undo $undo -Confirm:$false @admin).Status | Should -Be TakenBack
        (Test-WritebackPermission -User wb-anna -Account svc-none @admin).CanBeServed | Should -BeFalse
        (Grant-WritebackPermission -Undo $undo -Confirm:$false @admin).Status | Should -Be AlreadyThere
    }

    It 'ends with <Id> for <What>' -ForEach @(
        @{ What = 'AdminSDHolder'; Id = 'GrantTargetRefused'; With = { @{ Account = 'svc-none'; SearchBase = "CN=AdminSDHolder,CN=System,$($domain.baseDn)" } } }
        @{ What = 'an account that nobody has'; Id = 'ConnectorNotFound'; With = { @{ Account = 'svc-nobody' } } }
        @{ What = 'a file that is not there'; Id = 'GrantUndoNotFound'; With = { @{ Undo = "$TestDrive/none.json" } } }
        @{ What = 'a file of something else'; Id = 'GrantUndoInvalid'; With = { Set-Content "$TestDrive/other.json" '{}'; @{ Undo = "$TestDrive/other.json" } } }
    ) {
        $with = & $With
        ErrorIdOf { Grant-WritebackPermission @with -Confirm:$false @admin } | Should -BeExactly "$Id,PasswordOps.GrantWritebackPermissionCommand"
    }

    It 'is refused by the domain controller without the right to write permissions' {
        $on = As svc-none
        $undo = Join-Path $TestDrive refused.json
        $row = Grant-WritebackPermission svc-none -SearchBase $people -UndoFile $undo -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue @on
        $row.Status | Should -Be Refused
        $row.UndoFile | Should -BeNullOrEmpty
        $undo | Should -Not -Exist
        $failures[0].FullyQualifiedErrorId | Should -Match '^AdRightsMissing,'
    }
}
