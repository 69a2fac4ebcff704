param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module -WithTenant
    $connection = Connect-PasswordOps -PracticeTenant $tenant
    $null = Set-SsprContactData adele@contoso.com -Mobile '+1 4255550100'
    $sheet = Join-Path $TestDrive people.csv
    Set-Content -LiteralPath $sheet 'UPN,Mobile,Email', 'adele@contoso.com,+1 4255550101,adele@fabrikam.com', 'nora@contoso.com,+1 4255550102,', 'nobody@contoso.com,+1 4255550103,'
    $journal = Join-Path $TestDrive people.jsonl
    $null = Set-SsprContactData -Path $sheet -Journal $journal -SkipInvalid -ErrorAction SilentlyContinue
}

AfterAll { Stop-PracticeTenant }

Describe 'Get-PasswordOpsJournal' {
    It 'tells whose run it is and how far it came, in counts' {
        $told = Get-PasswordOpsJournal $journal
        $told | Should -BeOfType PasswordOps.PasswordOpsJournal
        $told.Operation, $told.Source, $told.Phase, $told.TenantId | Should -Be Set-SsprContactData, people.csv, Ended, $tenant.TenantId
        $told.Rows, $told.ToWrite, $told.Wrong, $told.Sent, $told.Written, $told.Open, $told.Lives | Should -Be 3, 2, 1, 3, 3, 0, 1
        $told | Out-String | Should -Match 'people.jsonl\s+.*Ended'
    }

    It 'gives every write with -Changes, without values' {
        $changes = Get-PasswordOpsJournal $journal -Changes
        $changes | Should -HaveCount 3
        $changes[0] | Should -BeOfType PasswordOps.PasswordOpsJournalChange
        $changes.Outcome | Select-Object -Unique | Should -Be Written
        $changes | Format-List * | Out-String | Should -Not -Match '42555501|adele@fabrikam'
        $changes.RequestId | Should -Not -Contain $null
    }

    It 'gives the values where they are asked for' {
        $change = Get-PasswordOpsJournal $journal -Changes -ShowValues | Where-Object { $_.User -eq 'adele@contoso.com' -and $_.Field -eq 'Mobile' }
        $change.Before, $change.After, $change.Action | Should -Be '+1 4255550100', '+1 4255550101', Replace
    }

    It 'takes files and summaries from the pipeline, and without a path the account''s own folder' {
        (Get-Item -LiteralPath $journal | Get-PasswordOpsJournal).Path | Should -Be $journal
        $run = (Set-SsprContactData -Path $sheet -SkipInvalid -ErrorAction SilentlyContinue)[-1]
        ($run | Get-PasswordOpsJournal).Written | Should -Be 0
        (Get-PasswordOpsJournal).Path | Should -Be $run.Journal
        @() | Get-PasswordOpsJournal | Should -BeNullOrEmpty
    }

    It 'reads while a run goes on' {
        $open = Join-Path $TestDrive running.jsonl
        $null = Control POST 'practice/latency?ms=1500'
        $job = Start-ThreadJob {
            Import-Module $using:Module
            Set-SsprContactData nora@contoso.com -Office '+1 4255550104' -Journal $using:open -Connection $using:connection
        }
        try {
            $deadline = [datetime]::Now.AddSeconds(20)
            while (-not ((Test-Path $open) -and (Select-String -LiteralPath $open -SimpleMatch '"k":"sending"' -Quiet)) -and [datetime]::Now -lt $deadline) {
                Start-Sleep -Milliseconds 20
            }
            $told = Get-PasswordOpsJournal $open
            $told.Phase, $told.Open | Should -Be Unfinished, 1
            (Get-PasswordOpsJournal $open -Changes).Outcome | Should -BeNullOrEmpty
        } finally {
            $null = Control POST 'practice/latency?ms=0'
            $null = $job | Wait-Job | Receive-Job
            Remove-Job $job
        }
        (Get-PasswordOpsJournal $open).Phase | Should -Be Ended
    }

    It 'goes on behind a file that is no journal: <Id>' -ForEach @(
        @{ Id = 'JournalNotFound'; Lines = $null }
        @{ Id = 'JournalBroken'; Lines = 'UPN,Mobile' }
        @{ Id = 'JournalTooNew'; Lines = '{"journal":99}' }
    ) {
        $file = Join-Path $TestDrive "$Id.jsonl"
        if ($Lines) { Set-Content -LiteralPath $file -Value $Lines }
        $told = Get-PasswordOpsJournal $file, $journal -ErrorVariable failures -ErrorAction SilentlyContinue
        $told.Path | Should -Be $journal
        $failures.FullyQualifiedErrorId | Should -Be "$Id,PasswordOps.GetPasswordOpsJournalCommand"
    }

    It 'reads a journal that was cut in the middle of its last line' {
        $cut = Join-Path $TestDrive cut.jsonl
        $text = Get-Content -Raw -LiteralPath $journal
        [IO.File]::WriteAllText($cut, $text.Substring(0, $text.Length - 30))
        (Get-PasswordOpsJournal $cut).Phase | Should -Be Unfinished
    }
}
