# Runs the examples of docs/cmdlets, page by page, each page against a practice tenant of its own. A comment above an example
# says otherwise: <!-- not run: reason --> leaves it out, <!-- error: ErrorId --> expects that error. Where the text below an
# example begins with "Prints", that is looked at too.
param([Parameter(Mandatory)] [string] $Module)

BeforeDiscovery {
    $pages = foreach ($file in Get-ChildItem "$PSScriptRoot/../../docs/cmdlets/*.md") {
        $text = (Get-Content -LiteralPath $file -Raw) -replace "`r`n", "`n"
        $form = '(?ms)^### (?<title>[^\n]+)\n\n(?:<!-- (?<how>[^\n]*) -->\n)?```powershell\n(?<code>.*?)\n```\n\n(?<says>[^\n]*)'
        $examples = [regex]::Matches($text, $form) | ForEach-Object {
            @{
                Title   = $_.Groups['title'].Value
                Code    = $_.Groups['code'].Value
                ErrorId = if ($_.Groups['how'].Value -match '^error: (\w+)$') { $Matches[1] }
                Says    = $_.Groups['says'].Value
                Run     = $_.Groups['how'].Value -notmatch '^not run: '
            }
        }
        @{ Cmdlet = $file.BaseName; All = @($examples).Count; Examples = @($examples | Where-Object Run) }
    }
}

BeforeAll {
    $before = Get-Location
    . "$PSScriptRoot/common.ps1" -Module $Module
    $samples = "$PSScriptRoot/../../docs/samples"

    # What an example prints, as a person reads it, notices included, and its errors.
    function Run([string] $Code) {
        $ConfirmPreference = 'None'
        $ErrorActionPreference = 'Continue'
        $found = [System.Collections.Generic.List[object]]::new()
        try {
            & ([scriptblock]::Create($Code)) 2>&1 6>&1 | ForEach-Object { $found.Add($_) }
        } catch {
            $found.Add($_)
        }
        $errors, $output = $found.Where({ $_ -is [Management.Automation.ErrorRecord] }, 'Split')
        @{ Errors = @($errors); Text = ($output | Out-String).Trim() }
    }
}

AfterAll {
    Stop-PracticeTenant
    Set-Location -LiteralPath $before
}

Describe 'Examples of <Cmdlet>' -ForEach $pages {
    BeforeAll {
        $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive $Cmdlet)
        Copy-Item -Path "$samples/*" -Destination $folder
        Set-Location -LiteralPath $folder
        $tenant = Start-PracticeTenant -Users 60 -AutoApprove paul@contoso.com
    }

    AfterAll { Stop-PracticeTenant }

    It 'are read from the page' {
        $All | Should -BeGreaterOrEqual 3
    }

    It '<Title>' -ForEach $Examples {
        if (-not $tenant.IsRunning) { $tenant = Start-PracticeTenant -Users 60 -AutoApprove paul@contoso.com }
        $null = Connect-PasswordOps -PracticeTenant $tenant
        $run = Run $Code
        if ($ErrorId) {
            @($run.Errors).ForEach({ $_.FullyQualifiedErrorId.Split(',')[0] }) | Should -Be $ErrorId
        } else {
            $run.Errors | Should -BeNullOrEmpty
        }
        if ($Says -match '^Prints `([^`]+)`\.') {
            $run.Text | Should -BeExactly $Matches[1]
        } elseif ($Says -match '^Prints nothing') {
            $run.Text | Should -BeExactly ''
        } elseif (-not $ErrorId) {
            $run.Text | Should -Not -BeNullOrEmpty
        }
    }
}
