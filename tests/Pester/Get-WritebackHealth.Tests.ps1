param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module

    # An export as Event Viewer writes it, of events that happened so many minutes ago.
    function Export([string] $Path, [object[]] $Events) {
        $lines = foreach ($entry in $Events) {
            $time = [DateTime]::UtcNow.AddMinutes(-$entry['Minutes']).ToString('o')
            "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='PasswordResetService'/>" +
            "<EventID Qualifiers='0'>$($entry['Id'])</EventID><Level>4</Level><TimeCreated SystemTime='$time'/><Channel>Application</Channel>" +
            "<Computer>sync01.contoso.com</Computer></System><EventData><Data>$($entry['Text'])</Data></EventData></Event>"
        }
        Set-Content $Path "<Events>`n$($lines -join "`n")`n</Events>"
    }

    $sound = @(
        @{ Id = 31005; Minutes = 9000 }, @{ Id = 31015; Minutes = 300 }, @{ Id = 31009; Minutes = 61 }, @{ Id = 31010; Minutes = 60 }
        @{ Id = 31019; Minutes = 7 }, @{ Id = 31019; Minutes = 2 }
    )
}

Describe 'Get-WritebackHealth' {
    It 'passes a sound log and shows last start, heartbeat and success' {
        Export TestDrive:/sound.xml $sound
        $health = Get-WritebackHealth -EventLog TestDrive:/sound.xml
        $health | Should -BeOfType PasswordOps.Core.Writeback.WritebackHealthReport
        $health.Verdict | Should -Be Pass
        $health.LastStart | Should -Not -BeNullOrEmpty
        $health.LastHeartbeat | Should -BeGreaterThan $health.LastStart
        $health.LastSuccess | Should -Not -BeNullOrEmpty
        $health.NextStep | Should -BeNullOrEmpty
    }

    It 'fails a listener that stopped and names it as the weakest link' {
        Export TestDrive:/stopped.xml ($sound + @{ Id = 31016; Minutes = 1 })
        $health = Get-WritebackHealth TestDrive:/stopped.xml
        $health.Verdict | Should -Be Fail
        $health.WeakestLink.Id | Should -BeExactly 'writeback.listener'
        $health.NextStep | Should -Not -BeNullOrEmpty
    }

    It 'explains an event and the code in its text' {
        Export TestDrive:/refused.xml ($sound + @{ Id = 33004; Minutes = 1; Text = 'Reason: returned an error hr=80230626, message=x' })
        $count = (Get-WritebackHealth TestDrive:/refused.xml).Events | Where-Object Id -EQ 33004
        $count.Name | Should -BeExactly 'ADPermissionsError'
        $count.Meaning.Meaning | Should -Not -BeNullOrEmpty
        $count.Codes[0].Code | Should -Be '80230626'
    }

    It 'calls an old export unknown, not broken' {
        Export TestDrive:/old.xml ($sound | ForEach-Object { @{ Id = $_.Id; Minutes = $_.Minutes + 1000 } })
        (Get-WritebackHealth TestDrive:/old.xml).Verdict | Should -Be Unknown
    }

    It 'judges each of several files, also by wildcard and pipeline' {
        Export TestDrive:/many1.xml $sound
        Export TestDrive:/many2.xml $sound
        (Get-WritebackHealth TestDrive:/many*.xml).Count | Should -Be 2
        (Get-ChildItem TestDrive:/many*.xml | Get-WritebackHealth).Path | Should -HaveCount 2
    }

    It 'needs no connection' {
        Disconnect-PasswordOps
        Export TestDrive:/alone.xml $sound
        (Get-WritebackHealth TestDrive:/alone.xml).Verdict | Should -Be Pass
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'a file that does not exist'; Content = $null; Id = 'EventLogNotFound' }
        @{ What = 'a binary log'; Content = "ElfFile`0aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"; Id = 'EventLogNotXml' }
        @{ What = 'a document type'; Content = '<!DOCTYPE x [<!ENTITY a "b">]><Events></Events>'; Id = 'EventLogForbidden' }
        @{ What = 'what is no XML'; Content = 'just some text'; Id = 'EventLogNotXml' }
    ) {
        if ($Content) { Set-Content TestDrive:/bad.xml $Content } else { Remove-Item TestDrive:/bad.xml -ErrorAction Ignore }
        ErrorIdOf { Get-WritebackHealth TestDrive:/bad.xml } | Should -BeExactly "$Id,PasswordOps.GetWritebackHealthCommand"
    }

    It 'reports the events before the place where a file breaks off' {
        Export TestDrive:/cut.xml $sound
        $text = Get-Content -Raw TestDrive:/cut.xml
        Set-Content TestDrive:/cut.xml $text.Substring(0, $text.Length - 100)
        $health = Get-WritebackHealth TestDrive:/cut.xml
        $health.Read.Truncated | Should -BeTrue
        $health.LastSuccess | Should -Not -BeNullOrEmpty
        ($health.Checks | Where-Object Id -EQ 'writeback.log').Verdict | Should -Be Warn
    }

    It 'puts the answer first, within 80 columns' {
        Export TestDrive:/view.xml $sound
        $text = Get-WritebackHealth TestDrive:/view.xml | Out-String -Width 80
        $text.Trim() | Should -Match '^view.xml  Pass'
        ($text -split "`n" | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 81
    }
}
