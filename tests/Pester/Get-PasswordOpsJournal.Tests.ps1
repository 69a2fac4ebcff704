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
        Set-Content -LiteralPath $sheet 'UPN,Mobile', 'nora@contoso.com,+1 4255550105'
        $run = (Set-SsprContactData -Path $sheet)[-1]
        ($run | Get-PasswordOpsJournal).Written | Should -Be 1
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
            $told.Phase, $told.Open, $told.IsInUse | Should -Be Unfinished, 1, $true
            $told | Out-String | Should -Match 'a process is working at it'
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

    It 'says how to go on with a run that did not come to its end' {
        $early = Join-Path $TestDrive early.jsonl
        $lines = Get-Content -LiteralPath $journal
        $planEnd = [Array]::FindIndex($lines, [Predicate[string]] { $args[0] -match '"k":"planned"' })
        Set-Content -LiteralPath $early -Value $lines[0..$planEnd]
        $told = Get-PasswordOpsJournal $early
        $told.Phase, $told.IsInUse | Should -Be Unplanned, $false
        $told | Out-String | Should -Match 'nothing was sent: run the same command with\s+-Resume'
        $null = Restore-SsprContactData $early -Confirm:$false -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -Match 'nothing was sent'
    }

    It 'opens the values with a PFX file and its password, and tells a PEM file without its key' {
        $rsa = [Security.Cryptography.RSA]::Create(2048)
        $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new(
            'CN=Journals', $rsa, [Security.Cryptography.HashAlgorithmName]::SHA256, [Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $certificate = $request.CreateSelfSigned([DateTimeOffset]::Now.AddDays(-1), [DateTimeOffset]::Now.AddDays(1))
        $pfx = Join-Path $TestDrive key.pfx
        [IO.File]::WriteAllBytes($pfx, $certificate.Export('Pfx', 'Sesame-123'))
        $sealed = Join-Path $TestDrive sealed.jsonl
        $null = Set-SsprContactData nora@contoso.com -Office '+1 4255550106' -Journal $sealed -ProtectTo $certificate
        $given = @{ Changes = $true; ShowValues = $true; Certificate = $pfx }
        (Get-PasswordOpsJournal $sealed @given -CertificatePassword (Secure 'Sesame-123')).After | Should -BeExactly '+1 4255550106'
        ErrorIdOf { Get-PasswordOpsJournal $sealed @given } | Should -BeExactly 'CertificateUnreadable,PasswordOps.GetPasswordOpsJournalCommand'
        $Error[0].ErrorDetails.RecommendedAction | Should -Match '-CertificatePassword'
        $null = Restore-SsprContactData $sealed -Certificate $pfx -CertificatePassword (Secure 'Sesame-123') -Confirm:$false
        (Get-SsprContactData nora@contoso.com -ShowValues).Office | Should -Not -Be '+1 4255550106'
        $pem = Join-Path $TestDrive public.pem
        Set-Content -LiteralPath $pem $certificate.ExportCertificatePem()
        ErrorIdOf { Get-PasswordOpsJournal $sealed -Certificate $pem } | Should -BeExactly 'CertificateKeyMissing,PasswordOps.GetPasswordOpsJournalCommand'
    }
}
