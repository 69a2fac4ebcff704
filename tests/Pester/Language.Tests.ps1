param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module -WithTenant
    $null = Connect-PasswordOps -PracticeTenant $tenant
    $export = Join-Path $TestDrive 'events.xml'
    '<Events/>' | Set-Content -LiteralPath $export
}

AfterAll { Stop-PracticeTenant }

Describe 'The language of answers' {
    It 'is English where PowerShell speaks English' {
        $report = Test-SsprReadiness adele@contoso.com
        $report.Headline | Should -Match '^Cannot reset now: '
        $report | Out-String | Should -Match '(?m)^\s+answer\s'
    }

    It 'is the one that -Language names, down to the view' {
        $report = Test-SsprReadiness adele@contoso.com -Language nl
        $report.Headline | Should -Match '^Kan nu niet herstellen: '
        ($report.Checks | Where-Object Id -EQ 'contact.methods').Reason | Should -Match '^Er is geen telefoon'
        $report | Out-String | Should -Match '(?m)^\s+antwoord\s'
        $report | Out-String | Should -Match '(?m)^\s+volgende stap\s'
    }

    It 'is the same on every thread that works for the answer' {
        $reports = Test-SsprReadiness -All -Language nl
        $reports.Count | Should -Be $tenant.Users
        $reports.Headline | Should -Not -Match '^(Cannot|Can|May|Ready)'
    }

    It 'leaves ids, verdicts, evidence and what is missing as they are' {
        $dutch = (Test-AadPasswordReset adele@contoso.com -Language nl-NL).Checks
        $english = (Test-AadPasswordReset adele@contoso.com -Language en).Checks
        $dutch.Id | Should -Be $english.Id
        $dutch.Verdict | Should -Be $english.Verdict
        $dutch.Evidence | Should -Be $english.Evidence
        $dutch.Reason | Should -Not -Be $english.Reason
    }

    It 'holds for errors too' {
        $null = Test-SsprReadiness nobody@contoso.com -Language nl -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].Exception.Message | Should -Match '^Er is geen gebruiker nobody@contoso\.com'
        $failure[0].FullyQualifiedErrorId | Should -BeExactly 'UserNotFound,PasswordOps.TestSsprReadinessCommand'
    }

    It 'is that of $PSUICulture without -Language' {
        $before = [cultureinfo]::CurrentUICulture
        try {
            [cultureinfo]::CurrentUICulture = 'nl-NL'
            (Test-SsprReadiness adele@contoso.com).Headline | Should -Match '^Kan nu niet herstellen: '
            (Test-SsprReadiness adele@contoso.com -Language en).Headline | Should -Match '^Cannot reset now: '
        } finally {
            [cultureinfo]::CurrentUICulture = $before
        }
    }

    It 'does not outlive the command' {
        $null = Test-SsprReadiness adele@contoso.com -Language nl
        (Test-SsprReadiness adele@contoso.com).Headline | Should -Match '^Cannot reset now: '
    }

    It '<_> refuses a language without texts' -ForEach @(
        'Test-SsprReadiness', 'Test-AadPasswordReset adele@contoso.com', 'Get-WritebackHealth -EventLog $export', 'Get-SsprActivity',
        'Get-SsprRegistration -All', 'Get-WritebackEvent $export', 'Test-WritebackConnection', 'Test-WritebackPermission'
    ) {
        ErrorIdOf ([scriptblock]::Create("$_ -Language tlh")) | Should -Match '^LanguageUnknown,'
    }

    It 'completes' {
        $found = [Management.Automation.CommandCompletion]::CompleteInput('Test-SsprReadiness -Language ', 29, $null).CompletionMatches
        $found.CompletionText | Should -Be 'en', 'nl'
    }
}
