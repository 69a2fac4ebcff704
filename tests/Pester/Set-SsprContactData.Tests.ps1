param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module -WithTenant -Users 60
    $connection = Connect-PasswordOps -PracticeTenant $tenant

    $connects = "`$null = Connect-PasswordOps -PracticeTenant (Get-Content -Raw -LiteralPath '$(ReadyFile)')"

    function Methods([string] $User) { (Control GET "practice/users/$User/state").methods }

    function Sheet([string[]] $Lines) {
        $file = Join-Path $TestDrive "$(New-Guid).csv"
        Set-Content -LiteralPath $file -Value $Lines
        $file
    }

    # Rows for the first users of the tenant, numbered from 0.
    function Numbered([string[]] $Users, [int] $Area = 425) {
        'UPN,Mobile'
        $i = 0
        foreach ($user in $Users) { "$user,+1 ${Area}55501$('{0:00}' -f $i++)" }
    }

    # Rows of a run, without the summary that ends it.
    function Rows($Output) { @($Output | Where-Object { $_ -is [PasswordOps.SsprContactResult] }) }

    # What another process needs to work in the same tenant.
    function Child([string] $Script) {
        $start = [Diagnostics.ProcessStartInfo]::new((Get-Process -Id $PID).Path)
        $file = Join-Path $TestDrive "$(New-Guid).ps1"
        Set-Content -LiteralPath $file -Value "Import-Module '$Module'", $connects, $Script
        foreach ($argument in '-NoProfile', '-NonInteractive', '-File', $file) { $start.ArgumentList.Add($argument) }
        $start.RedirectStandardOutput = $start.RedirectStandardError = $start.RedirectStandardInput = $true
        $process = [Diagnostics.Process]::Start($start)
        $process.StandardInput.Close()
        $process
    }

    # Users whom the caller may write, and who have none of these numbers.
    function Writable {
        $names = (Get-SsprContactData -All).User -notlike '*#EXT#*'
        $users = (Compare-SsprContactData -Path (Sheet (@('UPN,Mobile') + ($names -replace '$', ',+1 4255550199'))) | Where-Object IsValid).User
        $users.Count | Should -BeGreaterThan 20
        $users
    }

    function JournalCount { @(Get-ChildItem -LiteralPath "$TestDrive/PasswordOps/journals" -Filter *.jsonl -ErrorAction Ignore).Count }
}

AfterAll { Stop-PracticeTenant }

Describe 'Set-SsprContactData' {
    Context 'one user' {
        It 'sets what is given, in the service''s form, and leaves the rest' {
            $row = Set-SsprContactData adele@contoso.com -Mobile '+1 (425) 555-0100'
            $row | Should -BeOfType PasswordOps.Core.Contacts.ContactResult
            $row.Status | Should -Be Succeeded
            (Methods adele@contoso.com).mobile | Should -BeExactly '+1 4255550100'
            $null = Set-SsprContactData adele@contoso.com -Email adele@fabrikam.com
            (Methods adele@contoso.com).mobile | Should -BeExactly '+1 4255550100'
        }

        It 'sends nothing when the values are there already' {
            $null = Set-SsprContactData adele@contoso.com -Mobile '+1 4255550100'
            $null = Control DELETE 'practice/requests'
            (Set-SsprContactData adele@contoso.com -Mobile '+1 4255550100').Status | Should -Be Unchanged
            Writes | Should -BeNullOrEmpty
        }

        It 'clears by -Clear and by the word' {
            $null = Set-SsprContactData adele@contoso.com -Mobile '+1 4255550100' -Office '+1 4255550101'
            (Set-SsprContactData adele@contoso.com -Clear Office -Mobile '(clear)').Status | Should -Be Succeeded
            (Methods adele@contoso.com).mobile | Should -BeNullOrEmpty
            (Methods adele@contoso.com).office | Should -BeNullOrEmpty
        }

        It 'refuses <Value> as <Id> and repeats no value' -ForEach @(
            @{ Value = '0612345678'; Id = 'PhoneNoCountryCode' }
            @{ Value = '+1 425-CALL'; Id = 'PhoneCharacter' }
            @{ Value = '+1 4255550101x123'; Id = 'PhoneExtension' }
        ) {
            $null = Control DELETE 'practice/requests'
            ErrorIdOf { Set-SsprContactData adele@contoso.com -Mobile $Value } | Should -BeExactly "$Id,PasswordOps.SetSsprContactDataCommand"
            $Error[0].Exception.Message | Should -Not -Match ([regex]::Escape($Value))
            Writes | Should -BeNullOrEmpty
        }
    }

    Context 'a sheet' {
        It 'writes every row and reports every row' {
            $file = Sheet 'UserPrincipalName;Mobiel;E-mailadres', 'nora@contoso.com;+1 4255550110;nora@fabrikam.com', "o'brien@contoso.com;+1 4255550111;"
            $rows = Rows (Set-SsprContactData -Path $file)
            $rows.Status | Should -Be Succeeded, Succeeded
            $rows.Row | Sort-Object | Should -Be 2, 3
            (Methods "o'brien@contoso.com").mobile | Should -BeExactly '+1 4255550111'
        }

        It 'writes nothing while a row is wrong, and names row, user, field and rule' {
            $file = Sheet 'UPN,Mobile', 'nora@contoso.com,+1 4255550120', 'adele@contoso.com,0612345678', 'nobody@contoso.com,+1 4255550121', 'nora@contoso.com,+1 4255550122'
            $null = Control DELETE 'practice/requests'
            $failures = $null
            { Set-SsprContactData -Path $file -ErrorVariable +failures -ErrorAction SilentlyContinue } |
                Should -Throw -ErrorId 'RowsInvalid,PasswordOps.SetSsprContactDataCommand'
            Writes | Should -BeNullOrEmpty
        }

        It 'names every wrong row' {
            $file = Sheet 'UPN,Mobile', 'adele@contoso.com,0612345678', 'nobody@contoso.com,+1 4255550121', 'nora@contoso.com,+1 4255550122', 'nora@contoso.com,+1 4255550123'
            $ids = try { Set-SsprContactData -Path $file -ErrorAction Continue 2>&1 | ForEach-Object FullyQualifiedErrorId } catch { $_.FullyQualifiedErrorId }
            $all = $Error[0..3].FullyQualifiedErrorId -replace ',.*'
            $all | Sort-Object | Should -Be 'PhoneNoCountryCode', 'RowsInvalid', 'UserDoubled', 'UserNotFound'
            ($Error[0..3].Exception.Message -join ' ') | Should -Match 'row 2.*mobile|mobile.*row 2'
        }

        It 'writes the others with -SkipInvalid' {
            $file = Sheet 'UPN,Mobile', 'adele@contoso.com,0612345678', 'nora@contoso.com,+1 4255550130'
            $rows = Rows (Set-SsprContactData -Path $file -SkipInvalid -ErrorVariable failures -ErrorAction SilentlyContinue)
            ($rows | Where-Object User -EQ 'nora@contoso.com').Status | Should -Be Succeeded
            ($rows | Where-Object User -EQ 'adele@contoso.com').Status | Should -Be NotSent
            $failures | Should -HaveCount 1
        }

        It 'tells <Id>' -ForEach @(
            @{ Id = 'SheetHeaderMissing'; Lines = 'Mobile', '+1 4255550100' }
            @{ Id = 'SheetColumnUnknown'; Lines = 'UPN,Moblie', 'nora@contoso.com,+1 4255550100' }
            @{ Id = 'SheetEmpty'; Lines = @() }
        ) {
            $file = Sheet $Lines
            ErrorIdOf { Set-SsprContactData -Path $file } | Should -BeExactly "$Id,PasswordOps.SetSsprContactDataCommand"
        }

        It 'tells a file that is not there or not text' {
            ErrorIdOf { Set-SsprContactData -Path TestDrive:\none.csv } | Should -BeExactly 'SheetNotFound,PasswordOps.SetSsprContactDataCommand'
            $file = Join-Path $TestDrive binary.csv
            [IO.File]::WriteAllBytes($file, [byte[]](0x50, 0x4b, 3, 4) + [byte[]]::new(200))
            ErrorIdOf { Set-SsprContactData -Path $file } | Should -BeExactly 'SheetBinary,PasswordOps.SetSsprContactDataCommand'
        }
    }

    Context 'a sheet without rows' {
        It 'is an error, not a run that went well' {
            ErrorIdOf { Set-SsprContactData -Path (Sheet 'UPN,Mobile') } | Should -BeExactly 'SheetEmpty,PasswordOps.SetSsprContactDataCommand'
        }
    }

    Context 'the pipeline' {
        It 'never repeats the values of an object that names no user' -ForEach @(
            @{ What = [pscustomobject]@{ Mobile = '+1 4255550142' } }
            @{ What = @{ Mobile = '+1 4255550142' } }
        ) {
            $What | Set-SsprContactData -Office '+1 4255550142' -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $failures[0].FullyQualifiedErrorId | Should -BeExactly 'IdentityInvalid,PasswordOps.SetSsprContactDataCommand'
            $failures | Format-List * -Force | Out-String -Width 500 | Should -Not -Match '4255550142'
        }

        It 'asks nobody where nobody can answer, and says so' {
            $null = Control DELETE 'practice/requests'
            ErrorIdOf { Set-SsprContactData nora@contoso.com -Mobile '+1 4255550143' -Confirm } |
                Should -BeExactly 'ConfirmationImpossible,PasswordOps.SetSsprContactDataCommand'
            Writes | Should -BeNullOrEmpty
        }

        It 'leaves a question that PowerShell itself cannot ask to its own words' {
            { Set-SsprContactData nora@contoso.com -Mobile '+1 4255550144' -Debug 4> $null 5> $null } | Should -Throw '*NonInteractive*'
        }

        It 'takes rows with fields by name' {
            $rows = 'UserPrincipalName,Mobile', 'nora@contoso.com,+1 4255550140', 'dirk@contoso.com,+1 4255550141' | ConvertFrom-Csv | Set-SsprContactData
            $rows.Status | Should -Be Succeeded, Succeeded
            (Methods dirk@contoso.com).mobile | Should -BeExactly '+1 4255550141'
        }
    }

    Context '-WhatIf' {
        It 'returns the plan with masked values and sends no write' {
            $null = Control DELETE 'practice/requests'
            $file = Sheet 'UPN,Mobile', 'nora@contoso.com,+1 4255550150', 'nobody@contoso.com,+1 4255550151'
            $plan = Set-SsprContactData -Path $file -WhatIf
            $plan | Should -HaveCount 2
            $plan[0] | Should -BeOfType PasswordOps.Core.Contacts.ContactPlanRow
            $plan[1].Errors.Id | Should -Be UserNotFound
            Writes | Should -BeNullOrEmpty
            $plan | Out-String | Should -Not -Match '4255550150'
        }
    }

    Context 'columns, countries and parts' {
        It 'takes columns as the caller says, and tells how' {
            $file = Sheet 'Gebruiker;GSM prive;Afdeling', 'nora@contoso.com;+1 4255550131;Sales'
            ErrorIdOf { Set-SsprContactData -Path $file } | Should -BeExactly 'SheetColumnUnknown,PasswordOps.SetSsprContactDataCommand'
            $told = Set-SsprContactData -Path $file -ColumnMap @{ 'GSM prive' = 'Mobile'; Afdeling = $null } -Verbose 4>&1
            $told | Where-Object { $_ -is [Management.Automation.VerboseRecord] } | Out-String -Width 300 |
                Should -Match 'Gebruiker -> Identity, GSM prive -> Mobile, Afdeling -> left out'
            (Methods nora@contoso.com).mobile | Should -BeExactly '+1 4255550131'
            $some = Sheet 'UPN;Mobiel;Afdeling', 'nora@contoso.com;+1 4255550132;Sales'
            (Rows (Set-SsprContactData -Path $some -IgnoreOtherColumns)).Status | Should -Be Succeeded
        }

        It 'refuses <Id> before anything is read' -ForEach @(
            @{ Id = 'ColumnMapInvalid'; Given = @{ ColumnMap = @{ A = 'Fax' } } }
            @{ Id = 'ShardInvalid'; Given = @{ Shard = '9/8' } }
            @{ Id = 'CountryUnknown'; Given = @{ DefaultCountry = 'ZZ' } }
            @{ Id = 'JournalNotGiven'; Given = @{ Resume = $true } }
        ) {
            $file = Sheet 'UPN,Mobile', 'nora@contoso.com,+1 4255550133'
            $null = Control DELETE 'practice/requests'
            ErrorIdOf { Set-SsprContactData -Path $file @Given } | Should -BeExactly "$Id,PasswordOps.SetSsprContactDataCommand"
            (Control GET 'practice/requests').requests | Should -BeNullOrEmpty
        }

        It 'reads national numbers as those of the country that is given' {
            $file = Sheet 'UPN,Mobile', 'nora@contoso.com,020 7946 0123'
            ErrorIdOf { Set-SsprContactData -Path $file } | Should -BeExactly 'PhoneNoCountryCode,PasswordOps.SetSsprContactDataCommand'
            (Rows (Set-SsprContactData -Path $file -DefaultCountry GB)).Status | Should -Be Succeeded
            (Methods nora@contoso.com).mobile | Should -BeExactly '+44 2079460123'
        }

        It 'shares a sheet between processes without writing a row twice' {
            $users = 'nora@contoso.com', 'adele@contoso.com', 'dirk@contoso.com', 'bram@contoso.com', "o'brien@contoso.com"
            $file = Sheet (Numbered $users)
            $null = Control DELETE 'practice/requests'
            $rows = foreach ($part in 1..3) { Rows (Set-SsprContactData -Path $file -Shard "$part/3") }
            $rows.User | Sort-Object | Should -Be ($users | Sort-Object)
            $rows | Where-Object Status -NotIn Succeeded, Unchanged | Should -BeNullOrEmpty
            (Rows (Set-SsprContactData -Path $file)).Status | Select-Object -Unique | Should -Be Unchanged
        }
    }

    Context 'the journal' {
        It 'goes to the account''s own folder, for its owner alone, and the summary names it' {
            $before = JournalCount
            $run = (Set-SsprContactData -Path (Sheet 'UPN,Mobile', 'nora@contoso.com,+1 4255550134'))[-1]
            $run | Should -BeOfType PasswordOps.SsprContactRun
            $run.Status | Should -Be Complete
            $run.Rows, $run.Succeeded, $run.Writes | Should -Be 1, 1, 1
            $run.Journal | Should -Exist
            JournalCount | Should -Be ($before + 1)
            if (-not $IsWindows) {
                (Get-Item -LiteralPath $run.Journal).UnixMode | Should -Be '-rw-------'
                (Get-Item -LiteralPath (Split-Path $run.Journal)).UnixMode | Should -Be 'drwx------'
            }
            Get-Content -Raw -LiteralPath $run.Journal | Should -Not -Match '4255550134'
        }

        It 'is not kept where nothing was sent: <_>' -ForEach 'refused', 'declined', 'looked at' {
            $before = JournalCount
            $file = Sheet 'UPN,Mobile', 'nora@contoso.com,+1 4255550135', 'nobody@contoso.com,+1 4255550136'
            $null = Control DELETE 'practice/requests'
            switch ($_) {
                refused { ErrorIdOf { Set-SsprContactData -Path $file } | Should -Not -BeNullOrEmpty }
                declined { ErrorIdOf { Set-SsprContactData -Path $file -SkipInvalid -Confirm } | Should -Not -BeNullOrEmpty }
                'looked at' { Set-SsprContactData -Path $file -WhatIf | Should -HaveCount 2 }
            }
            JournalCount | Should -Be $before
            Writes | Should -BeNullOrEmpty
        }

        It 'of the account''s own folder is not kept where nothing differs' {
            $file = Sheet 'UPN,Mobile', 'nora@contoso.com,+1 4255550147'
            $null = Set-SsprContactData -Path $file
            $before = JournalCount
            $run = (Set-SsprContactData -Path $file)[-1]
            $run.Status, $run.Unchanged, $run.Journal | Should -Be Complete, 1, $null
            JournalCount | Should -Be $before
        }

        It 'that cannot be says why: <Why>' -ForEach @(
            @{ Why = 'no folder'; Given = @{ Journal = 'TestDrive:/none/here.jsonl' }; Id = 'JournalNotWritable'; Says = 'there is no folder'; Advises = 'Make the folder first' }
            @{ Why = 'none named'; Given = @{ Resume = $true }; Id = 'JournalNotGiven'; Says = '-Resume'; Advises = 'journals.*the latest of .*\.jsonl' }
            @{ Why = 'no column'; Given = @{ ColumnMap = @{ Tel = 'Telephone' } }; Id = 'ColumnMapInvalid'; Says = "'Telephone'"; Advises = 'Identity, Mobile' }
        ) {
            $file = Sheet 'UPN,Mobile', 'nora@contoso.com,+1 4255550148'
            if ($Why -eq 'none named') { $null = Set-SsprContactData -Path $file }
            ErrorIdOf { Set-SsprContactData -Path $file @Given } | Should -BeExactly "$Id,PasswordOps.SetSsprContactDataCommand"
            $Error[0].Exception.Message | Should -Match $Says
            $Error[0].Exception.Message | Should -Not -Match '\.lock|\.tmp'
            $Error[0].ErrorDetails.RecommendedAction | Should -Match $Advises
        }

        It 'is kept for pipeline input where it is named, and never overwritten' {
            $journal = Join-Path $TestDrive one.jsonl
            $out = Set-SsprContactData nora@contoso.com -Mobile '+1 4255550137' -Journal $journal
            $out[-1].Source, $out[-1].Status | Should -Be input, Complete
            ErrorIdOf { Set-SsprContactData nora@contoso.com -Mobile '+1 4255550138' -Journal $journal } |
                Should -BeExactly 'JournalExists,PasswordOps.SetSsprContactDataCommand'
            (Methods nora@contoso.com).mobile | Should -BeExactly '+1 4255550137'
        }

        It 'of a run that ended sends nothing again' {
            $journal = Join-Path $TestDrive ended.jsonl
            $file = Sheet 'UPN,Mobile', 'nora@contoso.com,+1 4255550139'
            $null = Set-SsprContactData -Path $file -Journal $journal -Resume
            $null = Control DELETE 'practice/requests'
            $again = Set-SsprContactData -Path $file -Journal $journal -Resume
            $again.Earlier, $again.Status, $again.Writes | Should -Be 1, Complete, 0
            Writes | Should -BeNullOrEmpty
        }

        It 'of another <What> is refused as <Id> and left as it is' -ForEach @(
            @{ What = 'sheet'; Id = 'JournalOtherSheet'; Given = @{ } }
            @{ What = 'target'; Id = 'JournalOtherOptions'; Given = @{ Target = 'Profile' } }
            @{ What = 'file'; Id = 'JournalBroken'; Given = @{ } }
        ) {
            $journal = Join-Path $TestDrive "other-$What.jsonl"
            $file = Sheet 'UPN,Mobile', 'nora@contoso.com,+1 4255550141'
            $null = Set-SsprContactData -Path $file -Journal $journal
            if ($What -eq 'sheet') { Add-Content -LiteralPath $file 'adele@contoso.com,+1 4255550142' }
            if ($What -eq 'file') { Set-Content -LiteralPath $journal 'no journal' }
            $before = Get-FileHash -LiteralPath $journal
            ErrorIdOf { Set-SsprContactData -Path $file -Journal $journal -Resume @Given } |
                Should -BeExactly "$Id,PasswordOps.SetSsprContactDataCommand"
            (Get-FileHash -LiteralPath $journal).Hash | Should -Be $before.Hash
        }

        It 'can be protected with a certificate' {
            $rsa = [Security.Cryptography.RSA]::Create(2048)
            $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new(
                'CN=Journals', $rsa, [Security.Cryptography.HashAlgorithmName]::SHA256, [Security.Cryptography.RSASignaturePadding]::Pkcs1)
            $certificate = $request.CreateSelfSigned([DateTimeOffset]::Now.AddDays(-1), [DateTimeOffset]::Now.AddDays(1))
            $journal = Join-Path $TestDrive sealed.jsonl
            $null = Set-SsprContactData nora@contoso.com -Mobile '+1 4255550143' -Journal $journal -ProtectTo $certificate
            Get-Content -Raw -LiteralPath $journal | Should -Match $certificate.Thumbprint
        }
    }

    Context 'a process that is killed' {
        It 'is gone on with: every row is written, none is lost, none is doubled' {
            $users = Writable | Select-Object -First 30
            $file = Sheet (Numbered $users)
            $journal = Join-Path $TestDrive killed.jsonl
            $null = Control POST 'practice/latency?ms=700'
            try {
                $child = Child "Set-SsprContactData -Path '$file' -Journal '$journal' -Resume -Confirm:`$false"
                $deadline = [datetime]::Now.AddSeconds(30)
                while (-not ((Test-Path $journal) -and (Select-String -LiteralPath $journal -SimpleMatch '"k":"sending"' -Quiet))) {
                    if ([datetime]::Now -gt $deadline -or $child.HasExited) { throw "The child wrote nothing. $($child.StandardError.ReadToEnd())" }
                    Start-Sleep -Milliseconds 20
                }
                $child.Kill()
                $child.WaitForExit()
            } finally {
                $null = Control POST 'practice/latency?ms=0'
            }
            $sent = (Select-String -LiteralPath $journal -SimpleMatch '"k":"sending"').Count
            $sent | Should -BeGreaterThan 0
            $out = Set-SsprContactData -Path $file -Journal $journal -Resume
            $out[-1].IsComplete | Should -BeTrue
            $out[-1].Rows | Should -Be $users.Count
            $i = 0
            foreach ($user in $users) { (Methods $user).mobile | Should -BeExactly "+1 42555501$('{0:00}' -f $i++)" }
        }
    }

    Context 'a pipeline that ends early' {
        It 'tells which journal goes on, when it has enough or is stopped' {
            $file = Sheet (Numbered 'nora@contoso.com', 'adele@contoso.com', 'dirk@contoso.com', 'bram@contoso.com')
            $journal = Join-Path $TestDrive enough.jsonl
            Set-SsprContactData -Path $file -Journal $journal | Select-Object -First 1 | Should -HaveCount 1
            $out = Set-SsprContactData -Path $file -Journal $journal -Resume
            $out[-1].IsComplete | Should -BeTrue
        }
    }

    Context 'a run that the service holds back' {
        BeforeAll {
            # Runs in a runspace of its own until the first write is confirmed.
            function Begin([PasswordOps.PasswordOpsConnection] $Connection, [string] $File, [string] $Journal) {
                $shell = [powershell]::Create()
                $null = $shell.AddScript({
                    param($Module, $Connection, $File, $Journal)
                    Import-Module $Module
                    Set-SsprContactData -Path $File -Journal $Journal -Connection $Connection
                }).AddArgument($Module).AddArgument($Connection).AddArgument($File).AddArgument($Journal)
                $running = $shell.BeginInvoke()
                $deadline = [datetime]::Now.AddSeconds(30)
                while (-not ((Test-Path $Journal) -and (Select-String -LiteralPath $Journal -SimpleMatch '"k":"outcome"' -Quiet))) {
                    if ([datetime]::Now -gt $deadline -or $running.IsCompleted) { throw "Nothing was written. $($shell.Streams.Error)" }
                    Start-Sleep -Milliseconds 20
                }
                $shell, $running
            }

            $users = Writable | Select-Object -First 24
        }

        It 'shows that it is held back, ends in order when it is stopped, and is gone on with' {
            $file = Sheet (Numbered $users 206)
            $journal = Join-Path $TestDrive stopped.jsonl
            $null = Control POST 'practice/throttle?regime=strict&scale=20'
            try {
                $shell, $running = Begin $connection $file $journal
                $watch = [Diagnostics.Stopwatch]::StartNew()
                $shell.Stop()
                $watch.Elapsed.TotalSeconds | Should -BeLessThan 15
                "$($shell.Streams.Progress.StatusDescription)" | Should -Match 'the service (admits|holds)'
            } finally {
                $null = Control POST 'practice/throttle?regime=none'
            }
            $told = Get-PasswordOpsJournal $journal
            $told.Phase, $told.Open | Should -Be Unfinished, 0
            (Set-SsprContactData -Path $file -Journal $journal -Resume)[-1].IsComplete | Should -BeTrue
            $i = 0
            foreach ($user in $users) { (Methods $user).mobile | Should -BeExactly "+1 20655501$('{0:00}' -f $i++)" }
        }

        It 'says how to go on when the service is gone in the middle' {
            $going = Start-PracticeTenant -Users 60
            $there = Connect-PasswordOps -PracticeTenant $going
            $file = Sheet (Numbered $users 206)
            $journal = Join-Path $TestDrive gone.jsonl
            $null = Invoke-RestMethod -Method POST -Uri "$($going.Graph)practice/throttle?regime=strict&scale=20" -SkipCertificateCheck
            $shell, $running = Begin $there $file $journal
            Stop-Process -Id $going.ProcessId -Force
            $out = $shell.EndInvoke($running)
            $out[-1].Status | Should -Be Incomplete
            $failure = $shell.Streams.Error[-1]
            $failure.FullyQualifiedErrorId | Should -BeExactly 'RunIncomplete,PasswordOps.SetSsprContactDataCommand'
            $failure.Exception.Message | Should -Match ([regex]::Escape($journal))
            $failure.ErrorDetails.RecommendedAction | Should -Match '-Resume$'
            $null = Connect-PasswordOps -PracticeTenant $tenant
        }
    }

    Context 'a process' {
        It 'returns <Code> by <By> when <When>' -ForEach @(
            @{ By = '-Command'; When = 'all is well'; Skip = $true; Bad = $false; Stop = $false; Code = 0 }
            @{ By = '-Command'; When = 'a row is left out'; Skip = $true; Bad = $true; Stop = $false; Code = 1 }
            @{ By = '-Command'; When = 'a row keeps all back'; Skip = $false; Bad = $true; Stop = $false; Code = 1 }
            @{ By = '-File'; When = 'a row is left out'; Skip = $true; Bad = $true; Stop = $false; Code = 0 }
            @{ By = '-File'; When = 'a row keeps all back'; Skip = $false; Bad = $true; Stop = $false; Code = 0 }
            @{ By = '-File'; When = 'a row keeps all back, and errors stop'; Skip = $false; Bad = $true; Stop = $true; Code = 1 }
        ) {
            $file = Sheet (@('UPN,Mobile', 'nora@contoso.com,+1 4255550145') + @(if ($Bad) { 'nobody@contoso.com,+1 4255550146' }))
            $script = Join-Path $TestDrive exit.ps1
            Set-Content -LiteralPath $script -Value @(
                if ($Stop) { "`$ErrorActionPreference = 'Stop'" }
                "Import-Module '$Module'"
                $connects
                "Set-SsprContactData -Path '$file' $(if ($Skip) { '-SkipInvalid' })")
            $pwsh = (Get-Process -Id $PID).Path
            $null = if ($By -eq '-File') { & $pwsh -NoProfile -NonInteractive -File $script 2>&1 }
            else { & $pwsh -NoProfile -NonInteractive -Command (Get-Content -Raw -LiteralPath $script) 2>&1 }
            $LASTEXITCODE | Should -Be $Code
        }
    }

    Context 'rights' {
        It 'says before anything is read which role or permission is missing' {
            $reader = Connect-PasswordOps -PracticeTenant $tenant -App 'PasswordOps reader'
            $null = Control DELETE 'practice/requests'
            ErrorIdOf { Set-SsprContactData nora@contoso.com -Mobile '+1 4255550160' -Connection $reader } |
                Should -BeExactly 'PermissionMissing,PasswordOps.SetSsprContactDataCommand'
            (Control GET 'practice/requests').requests | Where-Object path -Match 'users' | Should -BeNullOrEmpty
            Disconnect-PasswordOps $reader
        }
    }

    Context 'the tenant dies between two writes' {
        It 'reports the first as written and never calls the second written' {
            $log = Join-Path $TestDrive dying.log
            $dying = Start-PracticeTenant -Users 20 -Latency 500 -LogFile $log
            $there = Connect-PasswordOps -PracticeTenant $dying
            $file = Sheet 'UPN,Mobile,AlternateMobile', 'adele@contoso.com,+1 4255550170,+1 4255550171'
            $id = $dying.ProcessId
            $job = Start-ThreadJob {
                while (-not (Select-String -LiteralPath $using:log -Pattern '"method":"(POST|PUT|PATCH)".*phoneMethods' -Quiet)) { Start-Sleep -Milliseconds 20 }
                Stop-Process -Id $using:id -Force
            }
            $row = (Rows (Set-SsprContactData -Path $file -Connection $there -ErrorAction SilentlyContinue -ErrorVariable failures))[0]
            $null = $job | Wait-Job | Remove-Job
            $row.Status | Should -Not -Be Succeeded
            $row.Written | Should -Not -Contain AlternateMobile
            $row.ErrorId | Should -Not -BeNullOrEmpty
            $failures[0].FullyQualifiedErrorId | Should -BeExactly "$($row.ErrorId),PasswordOps.SetSsprContactDataCommand"
        }
    }
}
