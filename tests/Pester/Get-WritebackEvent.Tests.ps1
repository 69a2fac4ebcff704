param([Parameter(Mandatory)] [string] $Module)

BeforeAll {
    . "$PSScriptRoot/common.ps1" -Module $Module
    $sample = "$PSScriptRoot/../../docs/samples/writeback-events.xml"

    # One event as Windows writes it, so many minutes before noon.
    function Written([int] $Id, [int] $Minutes, [string] $Text = '', [int] $Record = 0, [string] $Server = 'sync01.contoso.com') {
        $time = [DateTime]::new(2026, 3, 2, 12, 0, 0, [DateTimeKind]::Utc).AddMinutes(-$Minutes).ToString('o')
        $provider = if ($Id -lt 10000) { 'ADSync' } else { 'PasswordResetService' }
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='$provider'/>" +
        "<EventID Qualifiers='0'>$Id</EventID><Level>4</Level><TimeCreated SystemTime='$time'/>" +
        "<EventRecordID>$(if ($Record) { $Record } else { 100000 - $Minutes * 10 })</EventRecordID><Channel>Application</Channel>" +
        "<Computer>$Server</Computer></System><EventData><Data>$Text</Data></EventData></Event>"
    }

    $noon = [DateTime]::new(2026, 3, 2, 12, 0, 0, [DateTimeKind]::Utc)
    $id = 'TrackingId: 11111111-2222-3333-4444-555555555555, '
    $named = 'Reason: Synchronization Engine returned an error hr=80230626, message=x, Context: cloudAnchor: ' +
        'User_6b1cbb4e-6d4e-4f0c-9f0e-3a5cbd1f2c11, SourceAnchorValue: x, UserPrincipalName: anna@contoso.com, Details: x'
    $logs = "$TestDrive/logs"
    $null = New-Item -ItemType Directory $logs
    Set-Content "$logs/one.xml" ((Written 31001 60 $id 1), (Written 6329 60 '0x80230626' 2), (Written 33004 60 ($id + $named) 3),
        (Written 31003 60 $id 4), (Written 31019 50))
    Set-Content "$logs/two.xml" ((Written 31019 50), (Written 31019 40), (Written 31021 30 'something raw'), (Written 31034 20))
}

Describe 'Get-WritebackEvent' {
    Context 'events' {
        It 'explains each: name, meaning, cause, code, user, times' {
            $event = Get-WritebackEvent "$logs/one.xml" -Id 33004
            $event | Should -BeOfType PasswordOps.Core.Writeback.WritebackEventRecord
            $event.Name | Should -BeExactly 'ADPermissionsError'
            $event.Codes.Code | Should -Be '80230626'
            $event.Certainty | Should -Be Likely
            $event.Cause, $event.Fix, $event.Meaning | Should -Not -BeNullOrEmpty
            $event.User | Should -Be 'anna@contoso.com'
            $event.Time.UtcDateTime | Should -Be $noon.AddHours(-1)
            $event.LocalTime | Should -Be $noon.AddHours(-1).ToLocalTime()
            $event.Message | Should -BeLike 'TrackingId: *anna@contoso.com*'
        }

        It 'shows a line also for an event that has no cause' {
            $PSStyle.OutputRendering = 'PlainText'
            $text = Get-WritebackEvent "$logs/one.xml" -Id 31019 | Out-String -Width 80
            $text | Should -Match '31019 ServiceBusHeartBeat'
        }

        It 'gives no summary of files of which none could be read' {
            Set-Content "$TestDrive/bad.xml" 'just some text'
            Get-WritebackEvent "$TestDrive/bad.xml" -Summary -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            Set-Content "$TestDrive/none.xml" '<Events></Events>'
            (Get-WritebackEvent "$TestDrive/none.xml" -Summary).EventCount | Should -Be 0
        }

        It 'shows an id that nobody publishes as it is' {
            $event = Get-WritebackEvent "$logs/two.xml" -Id 31021
            $event.Name, $event.Cause, $event.Fix | Should -Be $null, $null, $null
            $event.Message | Should -Be 'something raw'
        }

        It 'reads a folder, a wildcard and the pipeline, and counts what stands in two files once' {
            (Get-WritebackEvent $logs).Count | Should -Be 8
            (Get-WritebackEvent "$logs/*.xml").Count | Should -Be 8
            (Get-ChildItem $logs | Get-WritebackEvent).Count | Should -Be 8
            (Get-WritebackEvent "$logs/one.xml", "$logs/two.xml").Count | Should -Be 8
        }

        It 'takes a file whose name looks like a wildcard' {
            Copy-Item "$logs/one.xml" "$TestDrive/a[1].xml"
            (Get-WritebackEvent -Path "$TestDrive/a[1].xml").Count | Should -Be 5
            (Get-Item -LiteralPath "$TestDrive/a[1].xml" | Get-WritebackEvent).Count | Should -Be 5
        }

        It 'filters by <Name>' -ForEach @(
            @{ Name = 'time'; Given = @{ Since = '2026-03-02T11:10:00Z'; Until = '2026-03-02T11:20:00Z' }; Ids = 31019, 31019 }
            @{ Name = 'id'; Given = @{ Id = 31001, 6329 }; Ids = 31001, 6329 }
            @{ Name = 'user'; Given = @{ User = 'ANNA@*' }; Ids = 33004 }
            @{ Name = 'object id'; Given = @{ User = '6b1cbb4e-6d4e-4f0c-9f0e-3a5cbd1f2c11' }; Ids = 33004 }
            @{ Name = 'operation'; Given = @{ TrackingId = '11111111-2222-3333-4444-555555555555' }; Ids = 31001, 33004, 31003 }
            @{ Name = 'server'; Given = @{ Server = 'sync02*' }; Ids = @() }
            @{ Name = 'failure'; Given = @{ FailedOnly = $true }; Ids = 6329, 33004, 31003, 31034 }
        ) {
            @(Get-WritebackEvent $logs @Given | ForEach-Object Id) | Should -Be $Ids
        }

        It 'stops where the pipeline has enough' {
            (Get-WritebackEvent $logs | Select-Object -First 1).Id | Should -Be 31001
        }
    }

    Context 'stories' {
        It 'joins start, error and result to one, with what stands beside it by time' {
            $story = Get-WritebackEvent $logs -Story -User anna@contoso.com
            $story | Should -BeOfType PasswordOps.Core.Writeback.WritebackStory
            $story.Operation, $story.Outcome, $story.IsPartial | Should -Be 'Reset', 'Failed', $false
            $story.Events.Id | Should -Be 31001, 33004, 31003
            $story.Beside.Id | Should -Be 6329
            $story.Cause | Should -Not -BeNullOrEmpty
        }

        It 'tells trouble of the service by itself and leaves its good news out' {
            (Get-WritebackEvent $logs -Story | Sort-Object Started).Events.Id | Should -Be 31001, 33004, 31003, 31021, 31034
        }

        It 'reads a story whole that reaches into the wanted time' {
            (Get-WritebackEvent $sample -Story -Since '2026-08-17T07:03:13Z' -Until '2026-08-17T07:10:00Z').EventCount | Should -Be 3
        }
    }

    Context 'counts' {
        It 'counts by user, day, event and cause' {
            $counts = Get-WritebackEvent $logs -Summary
            $counts.Failed, $counts.Succeeded, $counts.ServiceFailures, $counts.EventCount | Should -Be 1, 0, 1, 8
            $counts.Users[0].User | Should -Be 'anna@contoso.com'
            $counts.Days.Failed | Should -Be 1
            ($counts.Events | Where-Object Id -EQ 31019).Count | Should -Be 2
            $counts.Causes.Count | Should -Be 2
        }
    }

    Context 'names redacted' {
        It 'hides users, servers and texts in <Kind>' -ForEach @(
            @{ Kind = 'events'; Given = @{} }
            @{ Kind = 'stories'; Given = @{ Story = $true } }
            @{ Kind = 'counts'; Given = @{ Summary = $true } }
        ) {
            $found = Get-WritebackEvent $logs @Given -Redact
            $all = ($found | Out-String) + ($found | Format-List -Property * | Out-String) + ($found | ConvertTo-Json -Depth 6)
            $all | Should -Not -Match 'anna|sync01|6b1cbb4e|logs.one'
            $all | Should -Match 'user-[0-9a-f]{12}'
            $all | Should -Match 'server-[0-9a-f]{12}'
        }
    }

    Context 'what cannot be read' {
        It 'says what is wrong with <What>' -ForEach @(
            @{ What = 'a file that does not exist'; Path = 'none.xml'; Id = 'EventLogNotFound' }
            @{ What = 'a wildcard that fits nothing'; Path = 'none*.xml'; Id = 'EventLogNotFound' }
            @{ What = 'a folder without logs'; Path = 'empty'; Id = 'EventLogNotFound' }
            @{ What = 'a document type'; Path = 'type.xml'; Id = 'EventLogForbidden' }
            @{ What = 'garbage'; Path = 'garbage.xml'; Id = 'EventLogNotXml' }
        ) {
            $null = New-Item -ItemType Directory "$TestDrive/empty" -Force
            Set-Content "$TestDrive/type.xml" '<!DOCTYPE x [<!ENTITY a "b">]><Events></Events>'
            Set-Content "$TestDrive/garbage.xml" 'no XML'
            ErrorIdOf { Get-WritebackEvent "$TestDrive/$Path" } | Should -BeExactly "$Id,PasswordOps.GetWritebackEventCommand"
        }

        It 'names the file and answers for the others' {
            $mixed = New-Item -ItemType Directory "$TestDrive/mixed"
            Copy-Item "$logs/one.xml" "$mixed/a.xml"
            Set-Content "$mixed/b.xml" ((Written 31019 10) + '<Event><System></Event>')
            Set-Content "$mixed/c.evtx" "ElfFile`0aaaaaaaaaaaaaaaa"
            Copy-Item "$logs/two.xml" "$mixed/d.xml"
            $found = Get-WritebackEvent $mixed -ErrorVariable failed -ErrorAction SilentlyContinue
            $found.Count | Should -Be 9
            $failed.TargetObject | Should -Contain "$mixed$([IO.Path]::DirectorySeparatorChar)b.xml"
            "$failed" | Should -Match 'b\.xml'
        }

        It 'warns of a file that breaks off and gives what stands before' {
            $text = Get-Content -Raw "$logs/one.xml"
            Set-Content "$TestDrive/cut.xml" $text.Substring(0, $text.Length - 60)
            (Get-WritebackEvent "$TestDrive/cut.xml" -WarningVariable warned -WarningAction SilentlyContinue).Count | Should -Be 4
            "$warned" | Should -Match 'cut\.xml'
        }

        It 'names the way to the live log where there is no Windows' -Skip:($IsWindows -ne $false) {
            ErrorIdOf { Get-WritebackEvent } | Should -BeExactly 'EventLogNeedsWindows,PasswordOps.GetWritebackEventCommand'
        }
    }

    It 'puts the answer first, within 80 columns' {
        foreach ($text in @(
            Get-WritebackEvent $logs | Out-String -Width 80
            Get-WritebackEvent $logs -Story | Out-String -Width 80
            Get-WritebackEvent $logs -Summary | Out-String -Width 80
        )) {
            ($text -split "`n" | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 81
        }
        (Get-WritebackEvent $logs -Summary | Out-String).Trim() | Should -Match '^Password writeback  0 succeeded  1 failed'
    }
}
