param([Parameter(Mandatory)] [string] $Module)

# One session in which secrets of every kind are used, well and badly, with every stream open and a transcript running. What a person, a log or a
# support case could get to see must hold none of them.
BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module
    $log = Join-Path $TestDrive 'requests.log'
    $tenant = Start-PracticeTenant -Users 40 -AutoApprove paul@contoso.com -LogFile $log
    $app = $tenant.Apps[0]
    $secrets = [ordered]@{
        'client secret'      = [Net.NetworkCredential]::new('', $app.Secret).Password
        'wrong secret'       = 'planted-wrong-secret-7Q'
        'new password'       = 'Planted-Pass-7Q!'
        'sealed password'    = 'Planted-Seal-7Q!'
        'vault password'     = 'Planted-Safe-7Q!'
        'banned password'    = 'Contoso-Plant-7Q'
        'current password'   = 'Copper-Lantern-3390'
        'own new password'   = 'Planted-Mine-7Q!'
        'weak password'      = 'plantedweak'
        'phone'              = '4255550177'
        'wrong phone'        = '0699887766'
        'email'              = 'planted.person@fabrikam.com'
        'wrong email'        = 'planted.nobody'
        'token'              = 'eyJwbGFudGVkIjoidG9rZW4ifQ.planted.token'
    }
    $path = $env:PSModulePath
    $env:PSModulePath = "$PSScriptRoot/modules$([IO.Path]::PathSeparator)$path"
    Import-Module Microsoft.PowerShell.SecretManagement
    # What a vault itself says aloud PowerShell puts into a transcript, whoever asked it.
    Register-SecretVault -Name Good -VaultParameters @{ Quiet = $true }
    Register-SecretVault -Name Broken -VaultParameters @{ Quiet = $true; Fail = 'Throw' }
    $rsa = [Security.Cryptography.RSA]::Create(2048)
    $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new(
        'CN=Help desk', $rsa, [Security.Cryptography.HashAlgorithmName]::SHA256, [Security.Cryptography.RSASignaturePadding]::Pkcs1)
    $request.CertificateExtensions.Add([Security.Cryptography.X509Certificates.X509KeyUsageExtension]::new('KeyEncipherment', $true))
    $documents = [Security.Cryptography.OidCollection]::new()
    $null = $documents.Add([Security.Cryptography.Oid]::new('1.3.6.1.4.1.311.80.1'))
    $request.CertificateExtensions.Add([Security.Cryptography.X509Certificates.X509EnhancedKeyUsageExtension]::new($documents, $false))
    $certificate = $request.CreateSelfSigned([datetimeoffset]::Now.AddDays(-1), [datetimeoffset]::Now.AddDays(30))
    $sheet = Join-Path $TestDrive 'sheet.csv'
    Set-Content $sheet "UserPrincipalName,Mobile,Email`nnora@contoso.com,+1 $($secrets.phone),$($secrets.email)"
    $badSheet = Join-Path $TestDrive 'bad.csv'
    Set-Content $badSheet "UserPrincipalName,Mobile,Email`nnora@contoso.com,$($secrets['wrong phone']),$($secrets['wrong email'])"
    $wrong = @{
        authority = "$($tenant.Authority)"; graph = "$($tenant.Graph)"; tenantId = $tenant.TenantId; caCertificateFile = $tenant.CaCertificateFile
        processId = $tenant.ProcessId; apps = @(@{ displayName = 'wrong'; appId = $app.AppId; secret = $secrets['wrong secret'] })
    } | ConvertTo-Json -Compress -Depth 4
    $transcript = Join-Path $TestDrive 'transcript.txt'
    $results = [Collections.Generic.List[object]]::new()

    $everything = & {
        $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
        $ErrorActionPreference = 'Continue'
        $null = Start-Transcript $transcript
        $steps = @(
            { Connect-PasswordOps -PracticeTenant $tenant }
            { Set-SsprContactData -Path $sheet -WhatIf }
            { Compare-SsprContactData -Path $sheet }
            { Set-SsprContactData -Path $sheet -Journal "$TestDrive/planted.jsonl" -Resume }
            { Set-SsprContactData -Path $sheet }
            { Set-SsprContactData -Path $badSheet }
            { Set-SsprContactData adele@contoso.com -Mobile "+1 $($secrets.phone)" -Email $secrets.email }
            { Set-SsprContactData adele@contoso.com -Mobile "+1 $($secrets.phone)" -Target Profile }
            { Set-SsprContactData ghost@contoso.com -Mobile "+1 $($secrets.phone)" }
            { Set-SsprContactData bram@contoso.com -Mobile "+1 $($secrets.phone)" -Target Profile }
            { Get-SsprContactData nora@contoso.com, adele@contoso.com }
            { Get-SsprContactData adele@contoso.com | Select-Object -ExpandProperty Values }
            { Export-SsprContactData -All -Path "$TestDrive/export.csv" }
            { Remove-SsprContactData nora@contoso.com, adele@contoso.com -All -Journal "$TestDrive/removed.jsonl" -ProtectTo $certificate -Confirm:$false }
            { Restore-SsprContactData "$TestDrive/removed.jsonl" -Confirm:$false }
            { Restore-SsprContactData "$TestDrive/removed.jsonl" -Certificate $certificate -WhatIf }
            { Restore-SsprContactData "$TestDrive/removed.jsonl" -Certificate $certificate -Confirm:$false }
            { Get-PasswordOpsJournal "$TestDrive/planted.jsonl", "$TestDrive/removed.jsonl" }
            { Get-PasswordOpsJournal "$TestDrive/planted.jsonl", "$TestDrive/removed.jsonl" -Changes }
            { Test-SsprReadiness nora@contoso.com, adele@contoso.com }
            { (Test-SsprReadiness adele@contoso.com).Checks }
            { Reset-AadUserPassword adele@contoso.com -NewPassword (Secure $secrets['new password']) -Confirm:$false }
            { Reset-AadUserPassword adele@contoso.com -NewPassword (Secure $secrets['weak password']) -Confirm:$false }
            { Connect-PasswordOps -TenantId $tenant.TenantId -ClientId $app.AppId -AccessToken (Secure $secrets.token) }
            { Connect-PasswordOps -PracticeTenant $wrong }
            { Connect-PasswordOps -PracticeTenant $tenant -App PasswordOps }
            { Reset-AadUserPassword bram@contoso.com -NewPassword (Secure $secrets['new password']) -Confirm:$false }
            { Reset-AadUserPassword nora@contoso.com -NewPassword (Secure $secrets['sealed password']) -ProtectTo $certificate -Confirm:$false }
            { Reset-AadUserPassword nora@contoso.com -NewPassword (Secure $secrets['vault password']) -SecretVault Good -Confirm:$false }
            { Reset-AadUserPassword nora@contoso.com -NewPassword (Secure $secrets['vault password']) -SecretVault Broken -Confirm:$false }
            { Reset-AadUserPassword nora@contoso.com -NewPassword (Secure $secrets['banned password']) -Confirm:$false }
            { Reset-AadUserPassword nora@contoso.com -NewPassword $secrets['new password'] -Confirm:$false }
            { Reset-AadUserPassword nora@contoso.com -NewPassword (Secure $secrets['new password']) -WhatIf }
            { Test-AadPasswordReset nora@contoso.com, bram@contoso.com | Select-Object -ExpandProperty Checks }
            { Test-AadPasswordReset bram@contoso.com -Symptom SignInFailsAfterReset }
            { Update-AadMyPassword (Secure $secrets['own new password']) (Secure $secrets['new password']) -Confirm:$false }
            { Update-AadMyPassword (Secure $secrets['current password']) $secrets['own new password'] -Confirm:$false }
            { Update-AadMyPassword (Secure $secrets['current password']) (Secure $secrets['own new password']) -Confirm:$false }
            { $tenant }
            { $tenant.Apps }
            { Get-PasswordOpsContext }
        )
        foreach ($step in $steps) {
            try {
                & $step *>&1 | ForEach-Object { $results.Add($_); $_ } | Out-String -Width 200
            } catch {
                $results.Add($_)
                $_ | Out-String
                $_ | Format-List * -Force | Out-String
                $_.Exception | Format-List * -Force | Out-String
            }
        }
        foreach ($failure in $Error) { "$failure $($failure.Exception) $($failure.ErrorDetails) $($failure.Exception.InnerException)" }
        $results | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | ForEach-Object { "$($_.TargetObject) $($_.Exception)" }
        $results | Format-List * | Out-String -Width 200
        $null = Stop-Transcript
    } | Out-String
    Stop-PracticeTenant
}

AfterAll {
    Stop-PracticeTenant
    Remove-Module Microsoft.PowerShell.SecretManagement
    $env:PSModulePath = $path
}

Describe 'Secrets' {
    It 'were used: the session did what it was to do' {
        ($results | Where-Object { $_ -is [PasswordOps.PasswordResetResult] -and $_.Status -eq 'Succeeded' }).Count | Should -Be 5
        ($results | Where-Object { $_ -is [PasswordOps.SsprContactResult] -and $_.Status -eq 'Succeeded' }).Count | Should -BeGreaterOrEqual 3
        ($results | Where-Object { $_ -is [Management.Automation.ErrorRecord] }).Count | Should -BeGreaterOrEqual 6
        ($results | Where-Object { $_ -is [Management.Automation.ErrorRecord] }).FullyQualifiedErrorId | Should -Contain 'SignInSecretWrong,PasswordOps.ConnectPasswordOpsCommand'
        ($results | Where-Object { $_ -is [Management.Automation.DebugRecord] }).Count | Should -BeGreaterThan 10
        ($results | Where-Object { $_ -is [Management.Automation.VerboseRecord] }).Count | Should -BeGreaterThan 0
    }

    It 'shows no <_>' -ForEach 'client secret', 'wrong secret', 'new password', 'weak password', 'sealed password', 'vault password',
    'banned password', 'current password', 'own new password', 'phone', 'wrong phone', 'email', 'wrong email', 'token' {
        $everything | Should -Not -Match ([regex]::Escape($secrets[$_]))
        Get-Content -Raw $transcript | Should -Not -Match ([regex]::Escape($secrets[$_]))
        Get-Content -Raw $log | Should -Not -Match ([regex]::Escape($secrets[$_]))
    }

    It 'shows no token' {
        $everything + (Get-Content -Raw $transcript) + (Get-Content -Raw $log) | Should -Not -Match 'eyJ[A-Za-z0-9_-]{10,}\.'
    }

    It 'are in no journal and no name of a file' {
        $journals = Get-ChildItem -LiteralPath $TestDrive -Recurse -Filter *.jsonl
        $journals.Count | Should -BeGreaterOrEqual 3
        $text = ($journals | Get-Content -Raw) -join "`n"
        $text | Should -Match '"v":'
        $names = (Get-ChildItem -LiteralPath $TestDrive -Recurse).FullName -join "`n"
        foreach ($secret in $secrets.Values) {
            $text | Should -Not -Match ([regex]::Escape($secret))
            $names | Should -Not -Match ([regex]::Escape($secret))
        }
        # The one file that is to hold them in clear, for its owner alone.
        Get-Content -Raw -LiteralPath "$TestDrive/export.csv" | Should -Match $secrets.phone
        if (-not $IsWindows) { (Get-Item -LiteralPath "$TestDrive/export.csv").UnixMode | Should -Be '-rw-------' }
    }
}
