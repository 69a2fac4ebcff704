param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module -WithTenant -Users 60
    $connection = Connect-PasswordOps -PracticeTenant $tenant

    function Sheet([string[]] $Lines) {
        $file = Join-Path $TestDrive "$(New-Guid).csv"
        Set-Content -LiteralPath $file -Value $Lines
        $file
    }
}

AfterAll { Stop-PracticeTenant }

Describe 'Compare-SsprContactData' {
    Context 'a sheet' {
        It 'gives a row for each user in order, tells each change, and writes nothing' {
            $null = Set-SsprContactData adele@contoso.com -Mobile '+1 4255550100' -Email adele@fabrikam.com
            $null = Control DELETE 'practice/requests'
            $file = Sheet 'UPN,Mobile,Email', 'adele@contoso.com,+1 425-555-0100,(clear)', 'nobody@contoso.com,+1 4255550101,', 'dirk@contoso.com,061234567,'
            $rows = Compare-SsprContactData -Path $file -ErrorVariable failures
            $rows | Should -HaveCount 3
            $rows[0] | Should -BeOfType PasswordOps.SsprContactPlan
            $rows.Row | Should -Be 2, 3, 4
            $rows[0].Changes.Action | Should -Be Same, Clear
            $rows[1].Errors.Id | Should -Be UserNotFound
            $rows[2].Errors.Id | Should -Be PhoneNoCountryCode
            $failures | Should -BeNullOrEmpty
            Writes | Should -BeNullOrEmpty
            Join-Path $TestDrive 'PasswordOps/journals' | Should -Not -Exist
        }

        It 'masks values unless asked' {
            $file = Sheet 'UPN,Mobile', 'adele@contoso.com,+1 4255550102'
            $masked = Compare-SsprContactData -Path $file
            $masked | Format-List * | Out-String | Should -Not -Match '425555010'
            $masked.Changes[0].New | Should -BeExactly '+1 ***02'
            (Compare-SsprContactData -Path $file -ShowValues).Changes[0].New | Should -BeExactly '+1 4255550102'
        }

        It 'is what -WhatIf of Set-SsprContactData says' {
            $file = Sheet 'UPN,Mobile,Office', 'adele@contoso.com,+1 4255550103,', 'nora@contoso.com,,+1 4255550104', 'nobody@contoso.com,+1 4255550105,'
            $compared = Compare-SsprContactData -Path $file | ForEach-Object Summary
            $whatIf = Set-SsprContactData -Path $file -WhatIf | ForEach-Object Summary
            $whatIf | Should -Be $compared
        }

        It 'shows what blocks a row with the next step, what needs nothing, and tells the counts and columns' {
            $file = Sheet 'UPN,Mobile', 'adele@contoso.com,', 'dirk@contoso.com,0612345678'
            $rows = Compare-SsprContactData -Path $file -InformationVariable told
            $rows[0] | Out-String | Should -Match 'nothing given'
            ($rows[1] | Out-String) -replace '\s+', ' ' | Should -Match 'blocked.*-DefaultCountry NL'
            $told.Tags | Should -Be PasswordOps.Summary
            "$told" | Should -Match '2 rows, 1 same, 1 blocked.*Columns: .*Mobile'
        }
    }

    Context 'the pipeline' {
        It 'takes rows with fields by name' {
            $rows = 'UserPrincipalName,Mobile', 'nora@contoso.com,+1 4255550140', 'dirk@contoso.com,+1 4255550141' | ConvertFrom-Csv | Compare-SsprContactData
            $rows.User | Should -Be nora@contoso.com, dirk@contoso.com
            $rows.Row | Should -Be 1, 2
        }

        It 'says once which properties it takes when objects name no user' {
            $rows = 'Name;Mobile', 'nora@contoso.com;+1 4255550140', 'dirk@contoso.com;+1 4255550141' | ConvertFrom-Csv | Compare-SsprContactData -WarningVariable warned -WarningAction SilentlyContinue
            $rows.Errors.Id | Should -Be IdentityInvalid, IdentityInvalid
            $rows[1].Errors[0].Message | Should -Match '^row 2'
            $warned | Should -HaveCount 1
            "$warned" | Should -Match 'UserPrincipalName.*Mobile.*Email.*-Path'
        }

        It 'is silent about nothing' {
            @() | Compare-SsprContactData -Mobile '+1 4255550140' | Should -BeNullOrEmpty
        }
    }

    Context 'a caller who may not write' {
        It 'is warned, and gets the plan' {
            $reader = Connect-PasswordOps -PracticeTenant $tenant -App 'PasswordOps reader'
            try {
                $row = Compare-SsprContactData nora@contoso.com -Mobile '+1 4255550160' -Connection $reader -WarningVariable warned -WarningAction SilentlyContinue
                $row.User | Should -BeExactly nora@contoso.com
                "$warned" | Should -Match 'ReadWrite'
            } finally {
                Disconnect-PasswordOps $reader
                $null = Connect-PasswordOps -PracticeTenant $tenant
            }
        }
    }

    Context 'a hundred thousand rows' {
        BeforeAll {
            $big = Join-Path $TestDrive big.csv
            $lines = [Collections.Generic.List[string]]::new()
            $lines.Add('UPN,Mobile')
            foreach ($i in 1..100000) { $lines.Add("person$i@contoso.com,+1 4255550100") }
            [IO.File]::WriteAllLines($big, $lines)
        }

        It 'end at once when the pipeline has enough' {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $null = Control DELETE 'practice/requests'
            Compare-SsprContactData -Path $big | Select-Object -First 3 | Should -HaveCount 3
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 30
            @((Control GET 'practice/requests').requests).Count | Should -BeLessThan 20000
        }

        It 'end at once when they are stopped, also while nobody takes a row' {
            $runspace = [runspacefactory]::CreateRunspace()
            $runspace.Open()
            $shell = [powershell]::Create($runspace)
            # Whoever is behind in the pipeline takes one row and no more, so that those after it have to wait.
            $null = $shell.AddScript({
                param($Module, $Path, $Connection, $State)
                Import-Module $Module
                Compare-SsprContactData -Path $Path -Connection $Connection | ForEach-Object { $State.Taken++; [Threading.Thread]::Sleep(400) }
            }).AddArgument($Module).AddArgument($big).AddArgument($connection)
            $state = [hashtable]::Synchronized(@{ Taken = 0 })
            $null = $shell.AddArgument($state)
            $running = $shell.BeginInvoke()
            $deadline = [datetime]::Now.AddSeconds(30)
            while ($state.Taken -lt 2 -and [datetime]::Now -lt $deadline) { Start-Sleep -Milliseconds 50 }
            $state.Taken | Should -BeGreaterOrEqual 2
            # Rows that nobody takes pile up to a bound: what is asked of the service stands still.
            $asked = -1
            while ($asked -ne ($now = @((Control GET 'practice/requests').requests).Count) -and [datetime]::Now -lt $deadline) {
                $asked = $now
                Start-Sleep -Milliseconds 700
            }
            $asked | Should -Be $now
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $null = $shell.BeginStop($null, $null)
            while (-not $running.IsCompleted -and $watch.Elapsed.TotalSeconds -lt 30) { Start-Sleep -Milliseconds 50 }
            $running.IsCompleted | Should -BeTrue
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 15
            $shell.Dispose()
            $runspace.Dispose()
        }
    }
}
