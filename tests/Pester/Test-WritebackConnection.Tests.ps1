param([Parameter(Mandatory)] [string] $Module)

# Against listeners on loopback that behave as endpoints, filters and firewalls do.
BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module
    $program = Get-ChildItem "$PSScriptRoot/../NetworkEndpoints/bin/*/*/NetworkEndpoints.dll" | Sort-Object LastWriteTime | Select-Object -Last 1
    $manners = 'Relay Page Intercepted Expired WrongName Filtered Garbage Endless Proxy ProxySignIn IdleReset:1 IdleDrop:60'
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet', "`"$program`" $manners")
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $listeners = [Diagnostics.Process]::Start($start)
    $line = $listeners.StandardOutput.ReadLine()
    if (-not $line) { throw $listeners.StandardError.ReadToEnd() }
    $ready = $line | ConvertFrom-Json -AsHashtable
    $port = $ready.ports
    $endpoint = '11111111-2222-3333-4444-555555555555_66666666-7777-8888-9999-000000000000'

    function Probe([string[]] $Manner, [hashtable] $Other = @{}) {
        $all = @{ Endpoint = $Manner.ForEach({ "localhost:$($port[$_])/$endpoint" }); TrustedCertificate = $ready.caFile; TimeoutSeconds = 2 }
        if (-not $Other.ContainsKey('Proxy')) { $all.Direct = $true }
        Test-WritebackConnection @all @Other
    }
}

AfterAll {
    $listeners.StandardInput.Close()
    $listeners.WaitForExit(5000)
}

Describe 'Test-WritebackConnection' {
    It 'passes an endpoint that answers as a relay does' {
        $test = Probe Relay
        $test | Should -BeOfType PasswordOps.Core.Writeback.Connection.ConnectionReport
        $test.Verdict | Should -Be Pass
        $test.NextStep | Should -BeNullOrEmpty
        $test.Endpoints[0].Status | Should -Be 401
        $test.Endpoints[0].SignedBy | Should -BeExactly 'Contoso Lab'
        $test.IsSyncServer | Should -BeFalse
        $test.Limits | Should -Not -BeNullOrEmpty
    }

    It 'names the step at which the way to <Manner> ends' -ForEach @(
        @{ Manner = 'Page'; Step = 'answer' }
        @{ Manner = 'Intercepted'; Step = 'certificate' }
        @{ Manner = 'Expired'; Step = 'certificate' }
        @{ Manner = 'WrongName'; Step = 'certificate' }
        @{ Manner = 'Filtered'; Step = 'tls' }
        @{ Manner = 'Garbage'; Step = 'tls' }
        @{ Manner = 'Endless'; Step = 'answer' }
    ) {
        $test = Probe $Manner
        $test.Verdict | Should -Be Fail
        $test.WeakestLink.Id | Should -BeExactly "writeback.network.$Step"
        $test.NextStep | Should -Not -BeNullOrEmpty
    }

    It 'names who opens the traffic' {
        (Probe Intercepted).Headline | Should -Match 'Fabrikam Inspection'
    }

    It 'goes through a proxy, and tells one that wants sign-in' {
        $test = Probe Relay @{ Proxy = "http://127.0.0.1:$($port.Proxy)" }
        $test.Verdict | Should -Be Pass
        $test.Endpoints[0].Proxy | Should -BeExactly "127.0.0.1:$($port.Proxy)"
        $test = Probe Relay @{ Proxy = "127.0.0.1:$($port.ProxySignIn)" }
        $test.WeakestLink.Id | Should -BeExactly 'writeback.network.proxy'
        $test.Headline | Should -Match '407'
    }

    It 'holds silent connections side by side and tells which was cut' {
        $test = Probe Relay, IdleReset @{ IdleSeconds = 2 }
        $test.Endpoints.IdleEnd | Should -Be Held, Reset
        $test.Endpoints[1].IdleAfter.TotalSeconds | Should -BeLessThan 2
        $test.WeakestLink.Id | Should -BeExactly 'writeback.network.idle'
        $test.Elapsed.TotalSeconds | Should -BeLessThan 6
    }

    It 'ends at once when it is stopped' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($module, $where) Import-Module $module; Test-WritebackConnection -Endpoint $where -Direct -IdleSeconds 600')
        $null = $shell.AddParameters(@{ module = $Module; where = "localhost:$($port.IdleDrop)" })
        $running = $shell.BeginInvoke()
        Start-Sleep -Seconds 2
        $running.IsCompleted | Should -BeFalse
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 2
        $shell.Dispose()
    }

    It 'takes the relays out of an export, and says when it names none' {
        $event31019 = "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='PasswordResetService'/>" +
            "<EventID>31019</EventID><TimeCreated SystemTime='2026-03-02T08:15:30.0000000Z'/><Channel>Application</Channel>" +
            '<Computer>sync01.contoso.com</Computer></System><EventData><Data>{0}</Data></EventData></Event>'
        Set-Content TestDrive:/none.xml ("<Events>$event31019</Events>" -f 'nothing')
        ErrorIdOf { Test-WritebackConnection -EventLog TestDrive:/none.xml -Proxy "127.0.0.1:$($port.ProxySignIn)" } |
            Should -BeExactly 'RelayNotInLog,PasswordOps.TestWritebackConnectionCommand'

        # The proxy keeps what is asked for inside.
        Set-Content TestDrive:/two.xml ("<Events>$event31019</Events>" -f "Namespace: contoso-relay, Endpoint: $endpoint")
        $test = Test-WritebackConnection -EventLog TestDrive:/two.xml -Proxy "127.0.0.1:$($port.ProxySignIn)" -TimeoutSeconds 2
        $test.Endpoints.Name | Should -Contain 'contoso-relay.servicebus.windows.net'
        $test.WeakestLink.Id | Should -BeExactly 'writeback.network.proxy'
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'an address without TLS'; Given = @{ Endpoint = 'http://contoso.com' }; Id = 'EndpointInvalid' }
        @{ What = 'an endpoint without its relay'; Given = @{ Endpoint = '11111111-2222-3333-4444-555555555555_66666666-7777-8888-9999-000000000000' }; Id = 'EndpointWithoutRelay' }
        @{ What = 'a proxy with a password'; Given = @{ Endpoint = 'localhost:1'; Proxy = 'http://me:word@proxy:8080' }; Id = 'ProxyInvalid' }
        @{ What = 'a proxy and none'; Given = @{ Endpoint = 'localhost:1'; Proxy = 'http://proxy:8080'; Direct = $true }; Id = 'ProxyInvalid' }
        @{ What = 'a cloud that is none'; Given = @{ Endpoint = 'localhost:1'; Cloud = 'Nowhere' }; Id = 'CloudUnknown' }
        @{ What = 'a certificate that is not there'; Given = @{ Endpoint = 'localhost:1'; TrustedCertificate = 'no-such.pem' }; Id = 'CertificateNotFound' }
    ) {
        ErrorIdOf { Test-WritebackConnection @Given } | Should -BeExactly "$Id,PasswordOps.TestWritebackConnectionCommand"
    }

    It 'completes clouds' {
        (TabExpansion2 'Test-WritebackConnection -Cloud Ch' -cursorColumn 34).CompletionMatches.CompletionText | Should -Contain 'China'
    }

    It 'puts the answer first, within 80 columns' {
        $PSStyle.OutputRendering = 'PlainText'
        $text = Probe Relay, Page | Out-String -Width 80
        $text.Trim() | Should -Match "^$([Environment]::MachineName)  Fail"
        ($text -split "`n" | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 81
    }
}
