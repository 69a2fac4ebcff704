param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module -WithTenant -Users 60
    $connection = Connect-PasswordOps -PracticeTenant $tenant
    $null = Set-SsprContactData adele@contoso.com -Mobile '+1 4255550100' -AlternateMobile '+1 4255550101' -Office '+1 4255550102x12' -Email adele@fabrikam.com
}

AfterAll { Stop-PracticeTenant }

Describe 'Export-SsprContactData' {
    It 'writes what Set-SsprContactData finds unchanged: zero writes, <Target>' -ForEach @{ Target = 'AuthenticationMethods' }, @{ Target = 'Profile' } {
        $file = Join-Path $TestDrive "$Target.csv"
        $made = Export-SsprContactData -All -Path $file -Target $Target
        $made.FullName | Should -Be $file
        $null = Control DELETE 'practice/requests'
        $run = (Set-SsprContactData -Path $file -Target $Target)[-1]
        $run.Rows, $run.Unchanged, $run.Writes | Should -Be $tenant.Users, $tenant.Users, 0
        Writes | Should -BeNullOrEmpty
    }

    It 'is edited and set: only the cell that changed is written' {
        $file = Join-Path $TestDrive edited.csv
        $null = 'adele@contoso.com', 'nora@contoso.com' | Export-SsprContactData -Path $file -Delimiter ';'
        (Get-Content -LiteralPath $file) -replace 'adele@fabrikam.com', 'adele.new@fabrikam.com' | Set-Content -LiteralPath $file
        $out = Set-SsprContactData -Path $file
        $out[-1].Writes, $out[-1].Succeeded, $out[-1].Unchanged | Should -Be 1, 1, 1
        (Get-SsprContactData adele@contoso.com -ShowValues).Email | Should -BeExactly adele.new@fabrikam.com
    }

    It 'parts columns by <Name>' -ForEach @{ Name = 'semicolon'; Sign = ';' }, @{ Name = 'tab'; Sign = "`t" }, @{ Name = 'comma'; Sign = ',' } {
        $file = Join-Path $TestDrive "$Name.csv"
        $null = Export-SsprContactData nora@contoso.com -Path $file -Delimiter $Sign
        (Get-Content -LiteralPath $file)[0].Split($Sign) | Should -HaveCount 5
    }

    It 'takes the sign that the culture parts lists by' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'nl-NL'
            $file = Join-Path $TestDrive dutch.csv
            $null = Export-SsprContactData nora@contoso.com -Path $file
            (Get-Content -LiteralPath $file)[0] | Should -Match 'UserPrincipalName;Mobile'
        } finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }

    It 'writes a template: names only, or users with empty cells' {
        $empty = Join-Path $TestDrive empty.csv
        $null = Export-SsprContactData -Template -Path $empty
        @(Get-Content -LiteralPath $empty) | Should -Be 'UserPrincipalName,Mobile,AlternateMobile,Office,Email'
        $users = Join-Path $TestDrive users.csv
        $null = Export-SsprContactData adele@contoso.com -Template -Path $users
        @(Get-Content -LiteralPath $users)[1] | Should -Be 'adele@contoso.com,,,,'
    }

    It 'leaves masked numbers empty, with one warning' {
        $masked = Join-Path $TestDrive masked.csv
        # Nobody but this caller: an Authentication Administrator, who sees numbers masked.
        $null = Control POST 'practice/roles/assign?principal=paul%40contoso.com&role=Authentication%20Administrator'
        $null = Control POST 'practice/roles/remove?principal=paul%40contoso.com&role=Privileged%20Authentication%20Administrator'
        $paul = Connect-PasswordOps -PracticeTenant $tenant -App PasswordOps 6> $null
        try {
            $null = Export-SsprContactData adele@contoso.com, nora@contoso.com -Path $masked -Connection $paul -WarningVariable warned -WarningAction SilentlyContinue
            $warned | Should -HaveCount 1
            (Import-Csv -LiteralPath $masked).Mobile | Should -Be '', ''
            (Import-Csv -LiteralPath $masked)[0].Email | Should -Match fabrikam
        } finally {
            Disconnect-PasswordOps $paul
            $null = Connect-PasswordOps -PracticeTenant $tenant
        }
    }

    It 'replaces a file with -Force only, and leaves it as it is when something goes wrong' {
        $file = Join-Path $TestDrive kept.csv
        Set-Content -LiteralPath $file -Value 'mine'
        ErrorIdOf { Export-SsprContactData nora@contoso.com -Path $file } | Should -BeExactly 'FileExists,PasswordOps.ExportSsprContactDataCommand'
        { Export-SsprContactData nobody@contoso.com -Path $file -Force -ErrorAction Stop } | Should -Throw -ErrorId 'UserNotFound,*'
        Get-Content -LiteralPath $file | Should -BeExactly mine
        $null = Export-SsprContactData nora@contoso.com -Path $file -Force
        Get-Content -LiteralPath $file | Should -HaveCount 2
    }

    It 'refuses <Id>' -ForEach @(
        @{ Id = 'DelimiterInvalid'; Given = @{ Identity = 'nora@contoso.com'; Delimiter = '|' } }
        @{ Id = 'UsersMissing'; Given = @{ } }
    ) {
        ErrorIdOf { Export-SsprContactData -Path (Join-Path $TestDrive none.csv) @Given } | Should -BeExactly "$Id,PasswordOps.ExportSsprContactDataCommand"
        Join-Path $TestDrive none.csv | Should -Not -Exist
    }

    It 'goes on behind a user who is not there, and writes nothing with -WhatIf' {
        $file = Join-Path $TestDrive some.csv
        $null = Export-SsprContactData nobody@contoso.com, nora@contoso.com -Path $file -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -Be 'UserNotFound,PasswordOps.ExportSsprContactDataCommand'
        (Import-Csv -LiteralPath $file).UserPrincipalName | Should -Be nora@contoso.com
        Export-SsprContactData nora@contoso.com -Path "$file.not" -WhatIf | Should -BeNullOrEmpty
        "$file.not" | Should -Not -Exist
    }
}
