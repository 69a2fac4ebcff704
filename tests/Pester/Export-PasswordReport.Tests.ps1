param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module -WithTenant -Users 300
    $connection = Connect-PasswordOps -PracticeTenant $tenant
    $file = Export-PasswordReport "$TestDrive/report.html"
    $page = Get-Content -Raw $file
    $data = Get-Content -Raw "$TestDrive/report.json" | ConvertFrom-Json
    $people = @(Import-Csv "$TestDrive/report.csv")
}

AfterAll { Stop-PracticeTenant }

Describe 'Export-PasswordReport' {
    It 'writes a page, a sheet and data, and gives the page' {
        $file | Should -BeOfType System.IO.FileInfo
        $file.Name | Should -BeExactly report.html
        Get-ChildItem -Force $TestDrive -File | ForEach-Object Name | Where-Object { $_ -like '*report*' } | Sort-Object |
            Should -Be 'report.csv', 'report.html', 'report.json'
        if ($IsLinux) { (Get-Item "$TestDrive/report.html").UnixMode | Should -BeExactly '-rw-------' }
    }

    It 'counts what the cmdlets count' {
        $people.Count | Should -Be @(Get-SsprRegistration -All).Count
        $data.funnel.capable | Should -Be @($people | Where-Object IsSsprCapable -EQ true).Count
        $data.verdict | Should -BeExactly "$((Test-SsprReadiness).Verdict)"
        $data.checks.id | Should -Be (Test-SsprReadiness).Checks.Id
        ($data.activity.days | Measure-Object succeeded -Sum).Sum | Should -BeGreaterThan 0
    }

    It 'ranks the problems and names a command that exists for each that has one' {
        $data.problems.Count | Should -BeGreaterThan 0
        foreach ($command in $data.problems.command | Where-Object { $_ }) {
            $errors = $null
            $ast = [Management.Automation.Language.Parser]::ParseInput($command, [ref] $null, [ref] $errors)
            $errors | Should -BeNullOrEmpty
            # Pasted as it stands it asks for nothing: the first command has a parameter set whose mandatory ones are given.
            $first = $ast.Find({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)
            $given = $first.CommandElements.Where({ $_ -is [Management.Automation.Language.CommandParameterAst] }).ParameterName
            $sets = (Get-Command -Module PasswordOps $first.GetCommandName()).ParameterSets
            $sets | Where-Object { -not ($_.Parameters | Where-Object { $_.IsMandatory -and $_.Name -notin $given }) } |
                Should -Not -BeNullOrEmpty -Because "'$command' should run as it stands"
            foreach ($call in $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
                if ($call.GetCommandName() -eq 'Where-Object') { continue }
                $known = Get-Command -Module PasswordOps $call.GetCommandName()
                foreach ($one in $call.CommandElements | Where-Object { $_ -is [Management.Automation.Language.CommandParameterAst] }) {
                    $known.Parameters.Keys | Should -Contain $one.ParameterName
                }
            }
        }
    }

    It 'shows no name with -Mask, in none of the files' {
        Export-PasswordReport "$TestDrive/masked.html" -Mask | Out-Null
        foreach ($kind in 'html', 'csv', 'json') {
            Get-Content -Raw "$TestDrive/masked.$kind" | Should -Not -Match '@contoso\.com'
        }
        $names = @($people.Name | Where-Object { $_.Length -gt 8 } | Select-Object -First 50)
        $masked = Get-Content -Raw "$TestDrive/masked.html"
        $names | Where-Object { $masked.Contains($_) } | Should -BeNullOrEmpty
    }

    It 'holds no phone number and no secret' {
        # The number in examples is one that nobody has.
        $page | Should -Not -Match '\+(?!1 4255550100)\d{1,3} \d{6,}'
        "$($data | ConvertTo-Json -Depth 9)" | Should -Not -Match '\+(?!1 4255550100)\d{1,3} \d{6,}'
    }

    It 'replaces files only with -Force' {
        ErrorIdOf { Export-PasswordReport "$TestDrive/report.html" } | Should -BeLike 'FileExists,*'
        { Export-PasswordReport "$TestDrive/report.html" -Force } | Should -Not -Throw
    }

    It 'writes nothing with -WhatIf' {
        Export-PasswordReport "$TestDrive/none.html" -WhatIf | Should -BeNullOrEmpty
        Test-Path "$TestDrive/none.html" | Should -BeFalse
    }

    It 'refuses <name> with <id>' -ForEach @(
        @{ name = 'a name without .html'; id = 'ReportNameInvalid'; script = { Export-PasswordReport "$TestDrive/report.pdf" } }
        @{ name = 'an unknown time zone'; id = 'TimeZoneUnknown'; script = { Export-PasswordReport "$TestDrive/x.html" -TimeZone Mars/Olympus } }
        @{ name = 'a folder that is not there'; id = 'FileNotWritable'; script = { Export-PasswordReport "$TestDrive/no/such/x.html" } }
    ) {
        ErrorIdOf $script | Should -BeLike "$id,*"
        Test-Path "$TestDrive/x.html" | Should -BeFalse
    }
}
