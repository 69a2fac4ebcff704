param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module -WithTenant
    $collector = (Get-WritebackHealth -SaveCollector "$([IO.Path]::GetTempPath())/$(New-Guid).ps1").FullName
    $WarningPreference = 'SilentlyContinue'
    $env:COMPUTERNAME = 'SYNC01'

    # A sync server in place of Windows: what the collector asks, answered as a sound one answers.
    $planted = 'Planted-Secret-7!'
    function Get-CimInstance([string] $ClassName, [string] $Filter) {
        switch ($ClassName) {
            Win32_ComputerSystem { [pscustomobject] @{ Domain = 'corp.contoso.com' } }
            Win32_OperatingSystem {
                [pscustomobject] @{ Caption = 'Microsoft Windows Server 2022 Standard'; BuildNumber = '20348'; ProductType = 3 }
            }
            Win32_Service {
                if ($Filter -like '*ADSync*') {
                    [pscustomobject] @{ State = $service; StartMode = 'Auto'; PathName = '"C:\Program Files\Sync\Bin\miiserver.exe"' }
                }
            }
        }
    }
    function Get-Item([string] $LiteralPath) { [pscustomobject] @{ VersionInfo = [pscustomobject] @{ ProductVersion = '9.0.0.0' } } }
    function Get-ItemProperty([string] $LiteralPath) {
        if ($LiteralPath -like '*NDP*') { [pscustomobject] @{ Release = 528049 } }
        elseif ($LiteralPath -like '*NETFramework*') { [pscustomobject] @{ SystemDefaultTlsVersions = 1; SchUseStrongCrypto = 1 } }
        elseif ($LiteralPath -like '*Lsa') { [pscustomobject] @{ Other = 1 } }
    }
    function Get-Process { 1 }
    function w32tm { '12:00:00, +00.0210531s' }
    function secedit { Set-Content -LiteralPath $args[2] -Value 'SeImpersonatePrivilege = *S-1-5-19,*S-1-5-20,*S-1-5-32-544,*S-1-5-6' }
    function Get-ADSyncGlobalSettings { [pscustomobject] @{ Parameters = @() } }
    function Get-ADSyncScheduler {
        [pscustomobject] @{ StagingModeEnabled = $false; SyncCycleEnabled = $true; SchedulerSuspended = $false }
    }
    function Get-ADSyncConnector {
        [pscustomobject] @{ Name = 'contoso.onmicrosoft.com - AAD'; Type = 'Extensible2' }
        [pscustomobject] @{
            Name = 'corp.contoso.com'; Type = 'AD'
            ConnectivityParameters = @(
                [pscustomobject] @{ Name = 'forest-name'; Value = 'corp.contoso.com' }
                [pscustomobject] @{ Name = 'forest-login-user'; Value = 'MSOL_0123456789ab' }
                [pscustomobject] @{ Name = 'forest-login-domain'; Value = 'CORP.CONTOSO.COM' }
                [pscustomobject] @{ Name = 'forest-login-password'; Value = $planted })
        }
    }
    function Get-ADSyncAADPasswordResetConfiguration([string] $Connector) { [pscustomobject] @{ Connector = $Connector; Enabled = $true } }
    function Event([int] $Id, [int] $Minutes, [string] $Text) {
        $time = [DateTime]::UtcNow.AddMinutes(-$Minutes).ToString('o')
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='PasswordResetService'/>" +
        "<EventID Qualifiers='0'>$Id</EventID><TimeCreated SystemTime='$time'/><Channel>Application</Channel>" +
        "<Computer>SYNC01.corp.contoso.com</Computer></System><EventData><Data>$Text</Data></EventData></Event>"
    }
    function wevtutil {
        '<Events>'
        Event 31005 9000
        Event 31015 600
        Event 31010 30 ("TrackingId: 11111111-2222-3333-4444-555555555555, cloudAnchor: User_21111111-2222-3333-4444-555555555555, " +
            "UserPrincipalName: bram.o'neil@contoso.com, CN=Bram,OU=Staff,DC=corp,DC=contoso,DC=com on dc01.corp.contoso.com " +
            '10.1.2.3 CORP\bram')
        Event 31019 2
        '</Events>'
    }
    $service = 'Running'
}

AfterAll {
    Remove-Item -LiteralPath $collector
    Stop-PracticeTenant $tenant
}

Describe 'The collector' {
    It 'is a script of Windows PowerShell 5.1' {
        $errors = $null
        $tree = [Management.Automation.Language.Parser]::ParseFile($collector, [ref] $null, [ref] $errors)
        $errors | Should -BeNullOrEmpty
        $seven = $tree.FindAll({
                param($node)
                $node.GetType().Name -in 'TernaryExpressionAst', 'PipelineChainAst' -or
                ($node -is [Management.Automation.Language.BinaryExpressionAst] -and "$($node.Operator)" -like 'QuestionQuestion*') -or
                ($node -is [Management.Automation.Language.AssignmentStatementAst] -and "$($node.Operator)" -like 'QuestionQuestion*') -or
                ($node -is [Management.Automation.Language.MemberExpressionAst] -and $node.NullConditional)
            }, $true)
        $seven | Should -BeNullOrEmpty
        Get-Content $collector -Raw | Should -Not -Match '[^\x00-\x7f]'
    }

    It 'leaves evidence by which the server passes, and nothing of the password' {
        & $collector -Path "$TestDrive/sound" | Should -BeExactly "$TestDrive/sound"
        $health = Get-WritebackHealth -Evidence "$TestDrive/sound"
        $health.Links | Where-Object Link -In Server, Events, Network | ForEach-Object { "$($_.Link) $($_.Verdict)" } |
            Should -Be 'Network Pass', 'Server Pass', 'Events Pass'
        Get-Content "$TestDrive/sound/*" -Raw | Should -Not -Match ([regex]::Escape($planted))
    }

    It 'goes on where a part fails, and tells why' {
        function Get-ADSyncScheduler { throw 'Access is denied.' }
        $null = & $collector -Path "$TestDrive/partly" -WarningVariable told -WarningAction SilentlyContinue
        "$told" | Should -Match 'scheduler'
        $checks = (Get-WritebackHealth -Evidence "$TestDrive/partly").Checks
        ($checks | Where-Object Id -EQ writeback.server.staging).Verdict | Should -Be Unknown
        ($checks | Where-Object Id -EQ writeback.server.staging).Reason | Should -Match 'Access is denied'
        ($checks | Where-Object Id -EQ writeback.server.service).Verdict | Should -Be Pass
    }

    It 'leaves no name of the house when asked to redact, and the answer stays the same' {
        $null = & $collector -Path "$TestDrive/redacted" -Redact
        $text = Get-Content "$TestDrive/redacted/*" -Raw
        foreach ($name in 'sync01', 'contoso', 'MSOL_', 'bram', 'neil', 'dc01', '10\.1\.2\.3', '1111-2222', 'Staff') {
            $text | Should -Not -Match $name
        }
        $health = Get-WritebackHealth -Evidence "$TestDrive/redacted"
        ($health.Links | Where-Object Link -EQ Events).Verdict | Should -Be Pass
        ($health.Links | Where-Object Link -EQ Server).Verdict | Should -Be Pass
    }
}

Describe 'Get-WritebackHealth over the chain' {
    BeforeAll {
        $null = & $collector -Path "$TestDrive/sound"
    }

    It 'names a stopped service as the weakest link, and what to do first' {
        $service = 'Stopped'
        $null = & $collector -Path "$TestDrive/stopped"
        $health = Get-WritebackHealth -Evidence "$TestDrive/stopped"
        $health | Should -BeOfType PasswordOps.WritebackChainSummary
        $health.Verdict | Should -Be Fail
        $health.WeakestLink.Id | Should -BeExactly 'writeback.server.service'
        $health.NextStep | Should -Match ADSync
        $card = ($health | Out-String) -replace "`e\[\d+m"
        ($card.Trim() -split "`n")[1] | Should -Match 'answer\s+Password writeback is broken'
        $card | Should -Match 'server\s+broken'
    }

    It 'takes the cloud from the connection' {
        $null = Connect-PasswordOps -PracticeTenant $tenant
        $health = Get-WritebackHealth -Evidence "$TestDrive/sound"
        ($health.Checks | Where-Object Id -EQ license.writeback).Verdict | Should -Be Pass
        ($health.Checks | Where-Object Id -EQ writeback.cloud.proof).Verdict | Should -BeIn Pass, Unknown
        $health.Elapsed.TotalSeconds | Should -BeLessThan 10
        Disconnect-PasswordOps
    }

    It 'calls a link without evidence unknown' {
        $health = Get-WritebackHealth
        $health.Verdict | Should -Be Unknown
        $health.Checks.Verdict | Should -Not -Contain 'Pass'
    }

    It 'says what is wrong with evidence that is none' {
        ErrorIdOf { Get-WritebackHealth -Evidence "$TestDrive/nothing" } | Should -Match '^EvidenceNotFound,'
        Set-Content "$TestDrive/writeback-evidence.json" '{ "schema": 1'
        ErrorIdOf { Get-WritebackHealth -Evidence "$TestDrive" } | Should -Match '^EvidenceInvalid,'
    }

    It 'leaves a domain controller that cannot be reached unknown' {
        $health = Get-WritebackHealth -DomainController localhost -TimeLimit 5
        ($health.Links | Where-Object Link -In Rights, Domain).Verdict | Should -Be Unknown, Unknown
    }
}
