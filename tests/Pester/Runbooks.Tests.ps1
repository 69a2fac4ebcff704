# The runbooks of docs/runbooks, run as their pages say, but against a practice tenant.
param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module
    $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'run')
    Copy-Item "$PSScriptRoot/../../docs/runbooks/contact-data.ps1" $folder
    $ready = Join-Path $folder 'ready.json'
    $sheet = Join-Path $folder 'hr.csv'

    # A tenant in a process of its own, which the runbooks' processes find by its line.
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet')
    $program = Join-Path (Split-Path $Module) 'practice/PasswordOps.Practice.dll'
    foreach ($argument in $program, 'serve', '--users', '200', '--stop-with-stdin') { $start.ArgumentList.Add($argument) }
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    $serving = [Diagnostics.Process]::Start($start)
    $line = $serving.StandardOutput.ReadLine()
    Set-Content -LiteralPath $ready $line
    $tenant = @{ Graph = ($line | ConvertFrom-Json).graph }

    function Sent {
        (Control GET 'practice/requests').requests | Where-Object { $_.method -ne 'GET' -and $_.path -match '/authentication/' }
    }

    # People without anything special about them.
    $names = (Control GET 'practice/state').users.userPrincipalName | Where-Object { $_ -match '^[a-z]+\.[a-z]+\d*@contoso\.com$' } |
        Select-Object -Last 40

    function Sheet([string] $Area) {
        @('UserPrincipalName,Mobile') + ($names | ForEach-Object { $i = 0 } { '{0},+1 {1}55501{2:00}' -f $_, $Area, $i++ }) | Set-Content $sheet
    }

    # A command line of a page, in a shell of its own: what it printed, its errors, its exit code.
    function Invoke-Shell([string] $Command, [hashtable] $Environment = @{}) {
        $start = [Diagnostics.ProcessStartInfo]::new('/bin/sh')
        $start.ArgumentList.Add('-c')
        $start.ArgumentList.Add($Command)
        $start.WorkingDirectory = $folder
        $start.RedirectStandardOutput = $start.RedirectStandardError = $start.RedirectStandardInput = $true
        $start.Environment['PSModulePath'] = (Split-Path (Split-Path (Split-Path $Module))) + [IO.Path]::PathSeparator + $env:PSModulePath
        $start.Environment['NO_COLOR'] = '1'
        foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
        $process = [Diagnostics.Process]::Start($start)
        $process.StandardInput.Close()
        $errors = $process.StandardError.ReadToEndAsync()
        $text = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        @{ Text = $text.Trim(); Errors = $errors.Result; ExitCode = $process.ExitCode }
    }

    # The code of a page in one language, practising instead of signing in.
    function CodeOf([string] $Page, [string] $Language) {
        $text = (Get-Content -Raw "$PSScriptRoot/../../docs/runbooks/$Page") -replace "`r`n", "`n"
        [regex]::Match($text, "(?ms)^``````$Language\n(.*?)\n``````").Groups[1].Value -replace '-SignIn \$?\w+', "-PracticeTenant $ready" -replace '-ProtectTo \S+ ', ''
    }

    function Numbers {
        ($names | ForEach-Object { (Control GET "practice/users/$_/state").methods.mobile }) -join ' '
    }

    function Expected([string] $Area) {
        (0..39 | ForEach-Object { '+1 {0}55501{1:00}' -f $Area, $_ }) -join ' '
    }

    $run = 'pwsh -NoProfile -NonInteractive -File ./contact-data.ps1 -Sheet hr.csv -PracticeTenant ready.json'
}

AfterAll {
    $serving.StandardInput.Close()
    $null = $serving.WaitForExit(5000)
}

Describe 'contact-data.ps1' {
    It 'prints one line of counts, ends with 0, and does nothing more when it is started again' {
        Sheet 425
        $first = Invoke-Shell "$run -Journal first.jsonl"
        $first.ExitCode | Should -Be 0 -Because $first.Errors
        @($first.Text -split "`n").Count | Should -Be 1
        ($first.Text | ConvertFrom-Json).Rows | Should -Be 40
        Numbers | Should -Be (Expected 425)

        $null = Control DELETE 'practice/requests'
        $again = Invoke-Shell "$run -Journal first.jsonl"
        $again.ExitCode | Should -Be 0
        ($again.Text | ConvertFrom-Json).Earlier | Should -Be 40
        Sent | Should -BeNullOrEmpty
    }

    It 'ends with 1 when rows failed, naming them, and writes the others' {
        Sheet 426
        Add-Content $sheet 'nobody@contoso.com,+1 4255550177', "$($names[0].Replace('@', '.x@')),not a number"
        $bad = Invoke-Shell "$run -Journal bad.jsonl"
        $bad.ExitCode | Should -Be 1
        $counts = $bad.Text | ConvertFrom-Json
        $counts.Invalid | Should -Be 2
        $counts.Succeeded | Should -Be 40
        $bad.Errors | Should -Match 'nobody@contoso\.com'
        $bad.Errors | Should -Not -Match '5550177|not a number'
    }

    It 'ends with 2 when the run did not begin' -ForEach @(
        @{ Title = 'no sheet'; With = '-Sheet none.csv'; Says = 'SheetNotFound' }
        @{ Title = 'a part of nothing'; With = '-Shard 3/2'; Says = 'ShardInvalid' }
        @{ Title = 'the journal of another sheet'; With = '-Journal bad.jsonl'; Says = 'JournalOtherSheet' }
    ) {
        Sheet 427
        $command = 'pwsh -NoProfile -NonInteractive -File ./contact-data.ps1 -PracticeTenant ready.json ' + $With
        if ($With -notmatch '-Sheet') { $command += ' -Sheet hr.csv' }
        if ($With -notmatch '-Journal') { $command += ' -Journal other.jsonl' }
        $ended = Invoke-Shell $command
        $ended.ExitCode | Should -Be 2
        $ended.Text | Should -BeNullOrEmpty
        $ended.Errors | Should -Match $Says
    }
}

Describe 'Pages' {
    It 'azure-automation.md: the runbook ends with an error of its own' {
        Sheet 428
        $code = CodeOf azure-automation.md powershell
        Set-Content (Join-Path $folder 'automation.ps1') $code
        (Invoke-Shell 'pwsh -NoProfile -NonInteractive -File ./automation.ps1 -Sheet hr.csv -Journal automation.jsonl').ExitCode | Should -Be 0
        Numbers | Should -Be (Expected 428)
        (Invoke-Shell 'pwsh -NoProfile -NonInteractive -File ./automation.ps1 -Sheet none.csv -Journal automation2.jsonl').ExitCode |
            Should -Be 1
    }

    It 'scheduled-task.md: the action runs' {
        Sheet 429
        $argument = [regex]::Match((CodeOf scheduled-task.md powershell), "(?s)-Argument \(\s*'(.*?)'\)").Groups[1].Value
        (Invoke-Shell "pwsh $argument").ExitCode | Should -Be 0
        Numbers | Should -Be (Expected 429)
    }

    It 'github-actions.md: the step runs' {
        Sheet 430
        Remove-Item (Join-Path $folder 'hr.jsonl')
        $step = [regex]::Match((CodeOf github-actions.md yaml), '(?m)^ *run: (pwsh .*)$').Groups[1].Value
        (Invoke-Shell $step).ExitCode | Should -Be 0
        Numbers | Should -Be (Expected 430)
    }

    It 'kubernetes.md: the pods together write every user once' {
        Sheet 431
        $code = CodeOf kubernetes.md yaml
        $completions = [int][regex]::Match($code, 'completions: (\d+)').Groups[1].Value
        $command = [regex]::Match($code, '(?s)- >-\n(.*?)\n +volumeMounts').Groups[1].Value -replace '\s+', ' ' -replace '/data/', './'
        $null = Control DELETE 'practice/requests'
        foreach ($index in 0..($completions - 1)) {
            (Invoke-Shell $command @{ JOB_COMPLETION_INDEX = "$index" }).ExitCode | Should -Be 0
        }
        Numbers | Should -Be (Expected 431)
        @(Sent).Count | Should -Be 40
        @(Get-ChildItem $folder -Filter 'hr-*.jsonl').Count | Should -Be $completions
    }
}
