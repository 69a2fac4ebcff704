param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module -WithTenant -Users 60
    $connection = Connect-PasswordOps -PracticeTenant $tenant

    function Methods([string] $User) { (Control GET "practice/users/$User/state").methods }

    function Sheet([string[]] $Lines) {
        $file = Join-Path $TestDrive "$(New-Guid).csv"
        Set-Content -LiteralPath $file -Value $Lines
        $file
    }
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
            $rows = Set-SsprContactData -Path $file
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
            $rows = Set-SsprContactData -Path $file -SkipInvalid -ErrorVariable failures -ErrorAction SilentlyContinue
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
            $row = Set-SsprContactData -Path $file -Connection $there -ErrorAction SilentlyContinue -ErrorVariable failures
            $null = $job | Wait-Job | Remove-Job
            $row.Status | Should -Not -Be Succeeded
            $row.Written | Should -Not -Contain AlternateMobile
            $row.ErrorId | Should -Not -BeNullOrEmpty
            $failures[0].FullyQualifiedErrorId | Should -BeExactly "$($row.ErrorId),PasswordOps.SetSsprContactDataCommand"
        }
    }
}
