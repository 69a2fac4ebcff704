param([Parameter(Mandatory)] [string] $Module)

# Resets in a real domain: Samba as domain controller beside a practice tenant whose synced users are the accounts of that domain.
BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module
    $program = Get-ChildItem "$PSScriptRoot/../SambaDomain/bin/*/*/SambaDomain.dll" | Sort-Object LastWriteTime | Select-Object -Last 1
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet', "`"$program`"")
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $samba = [Diagnostics.Process]::Start($start)
    $line = $samba.StandardOutput.ReadLine()
    if (-not $line) { throw $samba.StandardError.ReadToEnd() }
    $domain = $line | ConvertFrom-Json -AsHashtable

    $people = @(foreach ($account in $domain.accounts.Values | Where-Object name -NotMatch '^(svc-|Administrator)') {
        @{
            userPrincipalName = "$($account.name)@corp.contoso.com"; displayName = "Somebody $($account.name.Length)"; onPremisesSyncEnabled = $true
            onPremisesDomainName = $domain.dnsName; onPremisesSamAccountName = $account.name
            onPremisesDistinguishedName = $account.distinguishedName; onPremisesSecurityIdentifier = $account.securityIdentifier
        }
    })
    $people += @{
        userPrincipalName = 'stranger@corp.contoso.com'; displayName = 'Stranger'; onPremisesSyncEnabled = $true
        onPremisesDomainName = $domain.dnsName; onPremisesSamAccountName = 'ben'; onPremisesSecurityIdentifier = 'S-1-5-21-1-2-3-1104'
    }
    $people += @{
        userPrincipalName = 'homeless@corp.contoso.com'; displayName = 'Homeless'; onPremisesSyncEnabled = $true
        onPremisesSecurityIdentifier = $domain.accounts.fay.securityIdentifier
    }
    $people += @{ userPrincipalName = 'adele@contoso.com'; displayName = 'Adele Vance' }
    $file = Join-Path $TestDrive tenant.json
    @{
        domains = @(@{ id = 'contoso.com'; isDefault = $true }, @{ id = 'corp.contoso.com' }, @{ id = 'contoso.onmicrosoft.com'; isInitial = $true })
        organization = @{ displayName = 'Contoso'; onPremisesSyncEnabled = $true }
        users = $people
    } | ConvertTo-Json -Depth 5 | Set-Content $file
    $tenant = Start-PracticeTenant -Directory $file -AutoApprove anna@corp.contoso.com
    $app = Connect-PasswordOps -PracticeTenant $tenant
    $me = Connect-PasswordOps -PracticeTenant $tenant -App PasswordOps 6> $null

    function Account([string] $Name, [string] $Password = $domain.accounts[$Name].password) {
        [pscredential]::new($domain.accounts[$Name].userPrincipalName, (Secure $Password))
    }

    # What every reset here is called with, but for what a test wants otherwise; $null leaves a parameter out.
    function On([hashtable] $Other = @{}) {
        $all = @{
            Via = 'ActiveDirectory'; DomainController = $domain.server; DomainCertificate = $domain.caFile; DomainCredential = Account svc-reset
            Connection = $app; Confirm = $false
        }
        $Other.Keys | ForEach-Object { if ($null -eq $Other[$_]) { $all.Remove($_) } else { $all[$_] = $Other[$_] } }
        $all
    }

    # Signs in to the domain: works, must change, or why not.
    function SignIn([string] $Name, [object] $Password) {
        if ($Password -is [pscredential]) { $Password = $Password.GetNetworkCredential().Password }
        $env:KRB5_CONFIG = $domain.krbConfig
        $said = "$($Password | kinit -c "FILE:$(Join-Path $TestDrive ([guid]::NewGuid()))" $Name@$($domain.dnsName.ToUpperInvariant()) 2>&1)"
        if ($LASTEXITCODE -eq 0) { 'works' } elseif ($said -match 'Password expired') { 'must change' } else { $said -replace '^.*: ' }
    }

    # Rows, failures and warnings of one call.
    function Outcome([scriptblock] $Script) {
        $ErrorActionPreference = 'Continue'
        $streams = @(& $Script 3>&1 2>&1 6>&1)
        [pscustomobject]@{
            Rows = @($streams | Where-Object { $_ -is [PasswordOps.PasswordResetResult] })
            Failures = @($streams | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
            Warnings = @($streams | Where-Object { $_ -is [Management.Automation.WarningRecord] } | ForEach-Object Message)
            Text = $streams | Out-String -Width 80
        }
    }

    function Child {
        Get-Content "/proc/$($samba.Id)/task/*/children" | ForEach-Object { -split $_ } | Select-Object -First 1
    }

    Add-Type @'
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
public sealed class Relay
{
    private readonly TcpListener listener;
    public Relay(string from, string to, int port)
    {
        listener = new TcpListener(IPAddress.Parse(from), port);
        listener.Start();
        Task.Run(async () =>
        {
            while (true)
            {
                TcpClient near = await listener.AcceptTcpClientAsync();
                TcpClient far = new TcpClient();
                await far.ConnectAsync(to, port);
                foreach ((TcpClient a, TcpClient b) in new[] { (near, far), (far, near) })
                {
                    _ = a.GetStream().CopyToAsync(b.GetStream()).ContinueWith(_ => { a.Dispose(); b.Dispose(); });
                }
            }
        });
    }
    public void Stop() { listener.Stop(); }
}
'@
}

AfterAll {
    Stop-PracticeTenant
    if ($samba) { $samba.StandardInput.Close(); $samba.WaitForExit() }
}

Describe 'Reset-AadUserPassword -Via ActiveDirectory, by an application' {
    Context 'a user of the domain' {
        It 'sets a password that must be changed at the next sign-in, over <_>' -ForEach Ldaps, StartTls {
            $on = On @{ DomainTransport = $_ }
            $row = Reset-AadUserPassword ben@corp.contoso.com @on
            $row.Status | Should -Be Succeeded
            $row.Route | Should -Be ActiveDirectory
            $row.ForceChange | Should -Be Yes
            $row.Credential.UserName | Should -BeExactly ben@corp.contoso.com
            $row.Changed | Should -Match corp.contoso.com
            SignIn ben $row.Credential | Should -Be 'must change'
            SignIn ben $domain.accounts.ben.password | Should -Match incorrect
        }

        It 'sets one that is in force as it is with -ForceChange No, and reads the time back' {
            $on = On
            $row = Reset-AadUserPassword carla@corp.contoso.com -ForceChange No -RevokeSessions @on
            $row.ForceChange | Should -Be No
            $row.SessionsRevoked | Should -BeTrue
            $row.SeenChangedAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow.AddMinutes(-2))
            SignIn carla $row.Credential | Should -Be works
        }

        It 'says what Active Directory makes of a password that never expires' {
            $on = On
            $outcome = Outcome { Reset-AadUserPassword erik@corp.contoso.com @on }
            $outcome.Warnings | Should -HaveCount 1
            $outcome.Warnings[0] | Should -Match 'never expires'
            $outcome.Rows.ForceChange | Should -Be No
            SignIn erik $outcome.Rows.Credential | Should -Be works
        }

        It 'names an account that stays locked out, and ends the lockout with -Unlock' {
            1..4 | ForEach-Object { $null = SignIn dora Wrong-Password-1 }
            $on = On @{ ForceChange = 'No' }
            $outcome = Outcome { Reset-AadUserPassword dora@corp.contoso.com @on }
            $outcome.Rows.Unlocked | Should -BeFalse
            $outcome.Warnings | Should -Match '-Unlock'
            SignIn dora $outcome.Rows.Credential | Should -Not -Be works
            $row = Reset-AadUserPassword dora@corp.contoso.com -Unlock @on
            $row.Unlocked | Should -BeTrue
            SignIn dora $row.Credential | Should -Be works
        }

        It 'warns of a disabled account' {
            $on = On
            (Outcome { Reset-AadUserPassword iris@corp.contoso.com @on }).Warnings | Should -Match disabled
        }

        It 'finds accounts of awkward names' {
            $on = On @{ ForceChange = 'No' }
            foreach ($name in "o'brien", 'strange') {
                $row = Reset-AadUserPassword "$name@corp.contoso.com" @on
                SignIn $name $row.Credential | Should -Be works
            }
        }

        It 'writes nothing with -WhatIf' {
            $on = On
            $before = Reset-AadUserPassword gus@corp.contoso.com -ForceChange No @on
            $plan = Reset-AadUserPassword gus@corp.contoso.com -WhatIf -Unlock @on 6> $null
            $plan.Refusal | Should -BeNullOrEmpty
            $plan.Effect | Should -Match 'corp.contoso.com, on a domain controller, unlock'
            SignIn gus $before.Credential | Should -Be works
        }

        It 'hands over, sealed, before it sets' {
            $key = [Security.Cryptography.RSA]::Create(2048)
            $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=Desk', $key, 'SHA256', [Security.Cryptography.RSASignaturePadding]::Pkcs1)
            $request.CertificateExtensions.Add([Security.Cryptography.X509Certificates.X509KeyUsageExtension]::new('KeyEncipherment, DataEncipherment', $true))
            $uses = [Security.Cryptography.OidCollection]::new()
            $null = $uses.Add('1.3.6.1.4.1.311.80.1')
            $request.CertificateExtensions.Add([Security.Cryptography.X509Certificates.X509EnhancedKeyUsageExtension]::new($uses, $false))
            $certificate = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(1))
            $on = On @{ ForceChange = 'No' }
            $row = Reset-AadUserPassword hugo@corp.contoso.com -ProtectTo $certificate @on
            $row.Credential | Should -BeNullOrEmpty
            $row.Delivered | Should -Not -BeNullOrEmpty
            $cms = [Security.Cryptography.Pkcs.EnvelopedCms]::new()
            $cms.Decode([Convert]::FromBase64String(($row.Delivery -split "`n" -notmatch '^-----' -join '')))
            $cms.Decrypt([Security.Cryptography.X509Certificates.X509Certificate2Collection]::new($certificate))
            SignIn hugo ([Text.Encoding]::UTF8.GetString($cms.ContentInfo.Content)) | Should -Be works
        }
    }

    Context 'many users' {
        It 'resets 50, each with a password of its own, and goes on past one who is not there' {
            $on = On @{ ForceChange = 'No'; Force = $true }
            $names = @(0..49 | ForEach-Object { 'user{0:00}@corp.contoso.com' -f $_ })
            $outcome = Outcome { $names[0..24] + 'stranger@corp.contoso.com', 'adele@contoso.com' + $names[25..49] | Reset-AadUserPassword @on }
            @($outcome.Rows | Where-Object Status -EQ Succeeded) | Should -HaveCount 50
            @($outcome.Failures.FullyQualifiedErrorId -replace ',.*' | Sort-Object) | Should -Be 'AdUserNotFound', 'NotInActiveDirectory'
            $outcome.Failures | ForEach-Object { "$_" | Should -Match "^$([regex]::Escape($_.TargetObject))" }
            @($outcome.Rows.Credential | Where-Object { $_ } | ForEach-Object { $_.GetNetworkCredential().Password } | Sort-Object -Unique) |
                Should -HaveCount 50
            foreach ($row in $outcome.Rows | Where-Object Credential) {
                $outcome.Text.Contains($row.Credential.GetNetworkCredential().Password) | Should -BeFalse
            }
            foreach ($row in $outcome.Rows | Where-Object User -Match 'user[024]7') {
                SignIn ($row.User -replace '@.*') $row.Credential | Should -Be works
            }
        }

        It 'tells apart who has no known domain, before anything is written' {
            $on = On @{ DomainController = $null; DomainTransport = 'Ldaps' }
            $plan = Reset-AadUserPassword homeless@corp.contoso.com -WhatIf @on
            $plan.Refusal.Id | Should -Be DomainUnknown
            $outcome = Outcome { Reset-AadUserPassword homeless@corp.contoso.com, ben@corp.contoso.com @on }
            $outcome.Failures[0].FullyQualifiedErrorId | Should -Match '^DomainUnknown,'
            "$($outcome.Failures[0])" | Should -Match '^homeless@corp.contoso.com'
            $outcome.Rows.User | Should -Be ben@corp.contoso.com
            # corp.contoso.com is no name on this machine's network.
            $outcome.Rows.ErrorId | Should -Be AdServerUnknown
        }

        It 'signs in once with a wrong password, however many users there are' {
            $on = On @{ DomainCredential = Account svc-plain Wrong-Password-1 }
            $outcome = Outcome { 0..9 | ForEach-Object { "user0$_@corp.contoso.com" } | Reset-AadUserPassword @on }
            @($outcome.Rows | Where-Object ErrorId -EQ AdSignInFailed) | Should -HaveCount 10
            SignIn svc-plain $domain.accounts['svc-plain'].password | Should -Be works
        }
    }

    Context 'what is refused' {
        It 'gives <id>, the next step, and no password' -ForEach @(
            @{ Id = 'AdRightsMissing'; With = { @{ DomainCredential = Account svc-plain; ForceChange = 'No' } }; Says = 'Reset Password is missing' }
            @{ Id = 'AdRightsMissing'; With = { @{ DomainCredential = Account svc-resetonly; Unlock = $true } }; Says = 'Write lockoutTime and Write pwdLastSet are missing' }
            @{ Id = 'AdRightsMissing'; User = 'protected'; With = { @{} }; Says = 'AdminSDHolder' }
            @{ Id = 'AdPasswordRefused'; User = 'strict'; With = { @{ NewPassword = Secure 'Teal-Otter-4417' } }; Says = '-Length' }
            @{ Id = 'AdCertificateUntrusted'; With = { @{ DomainCertificate = $null } }; Says = '-DomainCertificate' }
            @{ Id = 'AdCertificateFileInvalid'; With = { @{ DomainCertificate = 'TestDrive:/no.pem' } }; Says = 'does not exist' }
            @{ Id = 'AdSignInFailed'; With = { @{ DomainCredential = Account svc-reset Wrong-Password-1 } }; Says = 'lockout' }
            @{ Id = 'AdSignInDisabled'; With = { @{ DomainCredential = Account svc-disabled } }; Says = 'svc-disabled' }
            @{ Id = 'AdUnreachable'; With = { @{ DomainController = '127.0.0.251' } }; Says = 'port 636' }
            @{ Id = 'AdServerUnknown'; With = { @{ DomainController = 'dc9.invalid' } }; Says = '-DomainController' }
            @{ Id = 'AdServerInvalid'; With = { @{ DomainController = "ldap://$($domain.server)" } }; Says = 'ldap://' }
            @{ Id = 'AdUserNotFound'; User = 'stranger'; With = { @{} }; Says = 'S-1-5-21-1-2-3-1104' }
        ) {
            $on = On (& $With)
            $name = "$($_['User'] ?? 'ben')@corp.contoso.com"
            $outcome = Outcome { Reset-AadUserPassword $name @on }
            $outcome.Failures.FullyQualifiedErrorId | Should -BeExactly "$Id,PasswordOps.ResetAadUserPasswordCommand"
            "$($outcome.Failures[0])$($outcome.Failures[0].ErrorDetails.RecommendedAction)" | Should -Match ([regex]::Escape($Says))
            $outcome.Failures[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
            $outcome.Rows.Status | Should -Be Failed
            $outcome.Rows.Credential | Should -BeNullOrEmpty
            $outcome.Text | Should -Not -Match 'Wrong-Password-1|Teal-Otter-4417'
        }

        It 'gives <id> before anything is asked' -ForEach @(
            @{ Id = 'AdCredentialMissing'; With = { @{ DomainCredential = $null } } }
            @{ Id = 'DomainNotUsed'; With = { @{ Via = 'Entra' } } }
        ) {
            $null = Control DELETE 'practice/requests'
            $on = On (& $With)
            ErrorIdOf { Reset-AadUserPassword ben@corp.contoso.com @on } | Should -BeExactly "$Id,PasswordOps.ResetAadUserPasswordCommand"
            (Control GET 'practice/requests').requests | Where-Object path -NotMatch practice | Should -BeNullOrEmpty
        }

        It 'takes no ticket for a password where Kerberos has its own' {
            $on = On @{ DomainTransport = 'Negotiate' }
            ErrorIdOf { Reset-AadUserPassword ben@corp.contoso.com @on } | Should -Match '^AdCredentialNotUsable,'
        }

        It 'does not take a certificate for another name, over <_>' -ForEach Ldaps, StartTls {
            $relay = [Relay]::new('127.0.0.251', $domain.server, ($_ -eq 'Ldaps' ? $domain.port : $domain.plainPort))
            try {
                $on = On @{ DomainController = '127.0.0.251'; DomainTransport = $_ }
                ErrorIdOf { Reset-AadUserPassword ben@corp.contoso.com @on } | Should -Match '^AdCertificateWrongName,'
            } finally { $relay.Stop() }
        }
    }

    Context 'without an answer' {
        It 'is unknown, says how to find out, and keeps the password that was handed over' {
            # The vault is the last that is asked before the password is sent: there the domain controller falls silent.
            $modulePath = $env:PSModulePath
            $env:PSModulePath = "$PSScriptRoot/modules$([IO.Path]::PathSeparator)$modulePath"
            Import-Module Microsoft.PowerShell.SecretManagement -Force
            Register-SecretVault Team
            $child = Child
            $breakpoint = Set-PSBreakpoint -Command Set-Secret -Action { & kill -STOP $child }.GetNewClosure()
            try {
                $on = On
                $watch = [Diagnostics.Stopwatch]::StartNew()
                $outcome = Outcome { Reset-AadUserPassword jan@corp.contoso.com -SecretVault Team @on }
                $watch.Elapsed.TotalSeconds | Should -BeLessThan 60
                $outcome.Rows.Status | Should -Be Unknown
                $outcome.Failures.FullyQualifiedErrorId | Should -Match '^OutcomeUnknown,'
                $outcome.Failures.ErrorDetails.RecommendedAction | Should -Match pwdLastSet
                Get-Secret $outcome.Rows.Delivery Team | Should -BeOfType pscredential
            } finally {
                & kill -CONT $child
                $breakpoint | Remove-PSBreakpoint
                $env:PSModulePath = $modulePath
            }
        }

        It 'stops at once while it waits for a domain controller that is silent' {
            $child = Child
            & kill -STOP $child
            try {
                $other = [PowerShell]::Create([Management.Automation.RunspaceMode]::NewRunspace)
                $null = $other.AddScript('param($m, $on) Import-Module $m; Reset-AadUserPassword jan@corp.contoso.com @on').AddArgument($Module).AddArgument((On))
                $null = $other.BeginInvoke()
                Start-Sleep 2
                $watch = [Diagnostics.Stopwatch]::StartNew()
                $other.Stop()
                $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
                $other.Dispose()
            } finally { & kill -CONT $child }
        }
    }

    It 'works with a ticket of Kerberos and no password' {
        $cache = "FILE:$(Join-Path $TestDrive ticket)"
        $env:KRB5_CONFIG = $domain.krbConfig
        $null = $domain.accounts['svc-reset'].password | kinit -c $cache "svc-reset@$($domain.dnsName.ToUpperInvariant())"
        $script = Join-Path $TestDrive ticket.ps1
        Set-Content $script @"
Import-Module '$Module'
`$null = Connect-PasswordOps -PracticeTenant (Start-PracticeTenant -Directory '$file')
`$row = Reset-AadUserPassword fay@corp.contoso.com -Via ActiveDirectory -DomainController $($domain.server) -DomainTransport Negotiate -Confirm:`$false
"`$(`$row.Status) `$(`$row.Reason)"
"@
        $env:KRB5CCNAME = $cache
        $env:LDAPSASL_NOCANON = 'on'
        try { pwsh -NoProfile -File $script | Should -Match '^Succeeded' }
        finally { $env:KRB5CCNAME = $env:LDAPSASL_NOCANON = $null }
    }
}

Describe 'Update-AadMyPassword -Via ActiveDirectory' {
    BeforeAll {
        $reset = On @{ ForceChange = 'No' }
        $script:present = (Reset-AadUserPassword anna@corp.contoso.com @reset).Credential.Password
        $mine = On @{ Connection = $me; DomainCredential = $null }
    }

    It 'changes the own password, which history then keeps from coming back' {
        $row = Update-AadMyPassword $present (Secure 'Teal-Otter-4417') @mine
        $row.Status | Should -Be Succeeded
        $row.SeenChangedAt | Should -Not -BeNullOrEmpty
        SignIn anna 'Teal-Otter-4417' | Should -Be works
        $failure = { Update-AadMyPassword (Secure 'Teal-Otter-4417') $present @mine } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Match '^AdPasswordRefused,'
        "$failure" | Should -Match 'one of the last 5'
        $script:present = Secure 'Teal-Otter-4417'
    }

    It 'refuses a wrong present password, and says what else it may be' {
        $failure = { Update-AadMyPassword (Secure 'Wrong-Password-1') (Secure 'Teal-Otter-4418') @mine } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Match '^AdSignInFailed,'
        $failure.ErrorDetails.RecommendedAction | Should -Match 'present password.*-DomainCredential'
        "$failure" | Should -Not -Match 'Wrong-Password-1'
    }

    It 'lets another account sign in for a person who must change it first' {
        $reset = On
        $given = (Reset-AadUserPassword anna@corp.contoso.com @reset).Credential.Password
        $failure = { Update-AadMyPassword $given (Secure 'Teal-Otter-4419') @mine } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Match '^AdSignInMustChange,'
        $failure.ErrorDetails.RecommendedAction | Should -Match '-DomainCredential'
        { Update-AadMyPassword (Secure 'Wrong-Password-1') (Secure 'Teal-Otter-4419') @mine -DomainCredential (Account svc-plain) } |
            Should -Throw -ErrorId 'AdCurrentPasswordWrong,*'
        (Update-AadMyPassword $given (Secure 'Teal-Otter-4419') @mine -DomainCredential (Account svc-plain)).Status | Should -Be Succeeded
        SignIn anna 'Teal-Otter-4419' | Should -Be works
    }

    It 'changes nothing with -WhatIf' {
        Update-AadMyPassword (Secure 'Teal-Otter-4419') (Secure 'Teal-Otter-4420') @mine -WhatIf 6> $null | Should -BeNullOrEmpty
        SignIn anna 'Teal-Otter-4419' | Should -Be works
    }
}
