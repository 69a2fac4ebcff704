param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module -WithTenant
    $connection = Connect-PasswordOps -PracticeTenant $tenant

    function Values([string] $User) {
        $data = Get-SsprContactData $User -ShowValues
        $data.Mobile, $data.AlternateMobile, $data.Office, $data.Email -join '|'
    }

    $before = '+1 4255550100||+1 4255550101|adele@fabrikam.com', '+1 4255550102|+1 4255550103||'

    # Two users as they are before, then a run over both with a journal.
    function Run {
        $null = Remove-SsprContactData adele@contoso.com, nora@contoso.com -All -Confirm:$false
        $null = Set-SsprContactData adele@contoso.com -Mobile '+1 4255550100' -Office '+1 4255550101' -Email adele@fabrikam.com
        $null = Set-SsprContactData nora@contoso.com -Mobile '+1 4255550102' -AlternateMobile '+1 4255550103'
        $sheet = Join-Path $TestDrive "$(New-Guid).csv"
        Set-Content -LiteralPath $sheet 'UPN,Mobile,AlternateMobile,Office,Email', 'adele@contoso.com,+1 4255550110,+1 4255550111,(clear),', 'nora@contoso.com,+1 4255550112,(clear),,nora@fabrikam.com'
        $journal = Join-Path $TestDrive "$(New-Guid).jsonl"
        (Set-SsprContactData -Path $sheet -Journal $journal)[-1].Status | Should -Be Complete
        $null = Control DELETE 'practice/requests'
        $journal
    }
}

AfterAll { Stop-PracticeTenant }

Describe 'Restore-SsprContactData' {
    It 'takes a run back whole, and again nothing' {
        $journal = Run
        $out = Restore-SsprContactData $journal -Confirm:$false
        $out[-1] | Should -BeOfType PasswordOps.SsprContactRun
        $out[-1].Succeeded | Should -Be 2
        Values adele@contoso.com | Should -BeExactly $before[0]
        Values nora@contoso.com | Should -BeExactly $before[1]
        $null = Control DELETE 'practice/requests'
        (Restore-SsprContactData $journal -Confirm:$false)[-1].Unchanged | Should -Be 2
        Writes | Should -BeNullOrEmpty
    }

    It 'takes one user back, or one field' {
        $journal = Run
        $nora = Values nora@contoso.com
        $null = Restore-SsprContactData $journal -Identity adele@contoso.com -Field Office -Confirm:$false
        Values adele@contoso.com | Should -BeExactly '+1 4255550110|+1 4255550111|+1 4255550101|adele@fabrikam.com'
        $null = 'adele@contoso.com' | Restore-SsprContactData $journal -Confirm:$false
        Values adele@contoso.com | Should -BeExactly $before[0]
        Values nora@contoso.com | Should -BeExactly $nora
    }

    It 'leaves no journal behind where there is nobody to restore' {
        $journal = Run
        $own = Join-Path $TestDrive "$(New-Guid).jsonl"
        $nobody = Restore-SsprContactData $journal -Identity nobody@contoso.com -NewJournal $own -Confirm:$false -WarningVariable warned -WarningAction SilentlyContinue
        $nobody | Should -BeNullOrEmpty
        "$warned" | Should -Match 'no write to these users'
        $own | Should -Not -Exist
    }

    It 'restores nobody when the pipeline is empty' {
        $journal = Run
        @() | Restore-SsprContactData $journal -Confirm:$false | Should -BeNullOrEmpty
        Writes | Should -BeNullOrEmpty
    }

    It 'refuses what somebody changed since, and takes the others back with -SkipInvalid' {
        $journal = Run
        $null = Set-SsprContactData adele@contoso.com -Mobile '+1 4255550120'
        $null = Control DELETE 'practice/requests'
        $adele = Values adele@contoso.com
        { Restore-SsprContactData $journal -Confirm:$false -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'RowsInvalid,*'
        $Error[0].ErrorDetails.RecommendedAction | Should -Match 'to restore the others'
        Writes | Should -BeNullOrEmpty
        $out = Restore-SsprContactData $journal -SkipInvalid -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failures
        $failures.FullyQualifiedErrorId | Should -Be 'ChangedSince,PasswordOps.RestoreSsprContactDataCommand'
        $out[-1].Succeeded, $out[-1].Invalid, $out[-1].Status | Should -Be 1, 1, Incomplete
        Values adele@contoso.com | Should -BeExactly $adele
        Values nora@contoso.com | Should -BeExactly $before[1]
    }

    It 'keeps a journal of its own, by which it is taken back in its turn' {
        $journal = Run
        $after = Values adele@contoso.com
        $own = Join-Path $TestDrive "$(New-Guid).jsonl"
        (Restore-SsprContactData $journal -NewJournal $own -Confirm:$false)[-1].Journal | Should -Be $own
        $null = Restore-SsprContactData $own -Confirm:$false
        Values adele@contoso.com | Should -BeExactly $after
    }

    It 'writes nothing with -WhatIf, and nothing where nobody answers' {
        $journal = Run
        $plan = Restore-SsprContactData $journal -WhatIf
        $plan | Should -HaveCount 2
        $plan | Format-List * | Out-String | Should -Not -Match '42555501'
        ErrorIdOf { Restore-SsprContactData $journal } | Should -BeExactly 'ConfirmationImpossible,PasswordOps.RestoreSsprContactDataCommand'
        Writes | Should -BeNullOrEmpty
    }

    It 'needs the certificate that the journal is protected for' {
        $rsa = [Security.Cryptography.RSA]::Create(2048)
        $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new(
            'CN=Journals', $rsa, [Security.Cryptography.HashAlgorithmName]::SHA256, [Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $certificate = $request.CreateSelfSigned([DateTimeOffset]::Now.AddDays(-1), [DateTimeOffset]::Now.AddDays(1))
        $null = Set-SsprContactData nora@contoso.com -Office '+1 4255550130'
        $journal = Join-Path $TestDrive sealed.jsonl
        $null = Set-SsprContactData nora@contoso.com -Office '+1 4255550131' -Journal $journal -ProtectTo $certificate
        ErrorIdOf { Restore-SsprContactData $journal -Confirm:$false } | Should -BeExactly 'JournalKeyMissing,PasswordOps.RestoreSsprContactDataCommand'
        (Restore-SsprContactData $journal -Certificate $certificate -Confirm:$false)[-1].Status | Should -Be Complete
        (Get-SsprContactData nora@contoso.com -ShowValues).Office | Should -BeExactly '+1 4255550130'
    }

    It 'refuses a journal of another tenant, one that is broken, and one that is not there' {
        $journal = Run
        ErrorIdOf { Restore-SsprContactData "$journal.none" -Confirm:$false } | Should -BeExactly 'JournalNotFound,PasswordOps.RestoreSsprContactDataCommand'
        $lines = Get-Content -LiteralPath $journal
        $lines[3] = $lines[3] -replace 'contoso', 'fabrikam'
        Set-Content -LiteralPath "$journal.broken" -Value $lines
        ErrorIdOf { Restore-SsprContactData "$journal.broken" -Confirm:$false } | Should -BeExactly 'JournalBroken,PasswordOps.RestoreSsprContactDataCommand'
        $other = Start-PracticeTenant -Users 20 -Seed 7
        $there = Connect-PasswordOps -PracticeTenant $other
        try {
            ErrorIdOf { Restore-SsprContactData $journal -Connection $there -Confirm:$false } |
                Should -BeExactly 'JournalOtherTenant,PasswordOps.RestoreSsprContactDataCommand'
        } finally {
            Disconnect-PasswordOps $there
            Stop-PracticeTenant $other
            $null = Connect-PasswordOps -PracticeTenant $tenant
        }
        Writes | Should -BeNullOrEmpty
    }
}
