#if NET
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Writeback;

namespace PasswordOps.OnPremises.Tests;

/// <summary>The live log and saved ones, with a script in the place of wevtutil.</summary>
public sealed class WevtutilRunTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "wevtutil " + Guid.NewGuid().ToString("N"));
    private readonly EventReadSummary _summary = new();

    public WevtutilRunTests()
    {
        Directory.CreateDirectory(_folder);
        string[] events = Enumerable.Range(0, 3)
            .Select(i => EventWriter.Event("classic", i == 1 ? "ADSync" : "PasswordResetService", i == 1 ? 6329 : 31019, "x", i)).ToArray();
        File.WriteAllBytes(In("out.xml"), EventWriter.File("utf-16", events));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void The_live_log_is_asked_for_the_two_sources_from_a_moment_on()
    {
        DateTimeOffset since = new(2026, 3, 2, 10, 15, 30, 123, TimeSpan.FromHours(2));
        List<WritebackEvent> found = Read("cat out.xml", new EventQuery { Since = since });
        Assert.Equal(new[] { 31019, 6329, 31019 }, found.Select(one => one.Id));
        Assert.Equal(
            new[]
            {
                "qe", "Application", "/lf:false",
                "/q:*[System[Provider[@Name='PasswordResetService' or @Name='ADSync']"
                + " and TimeCreated[@SystemTime>='2026-03-02T08:15:30.123Z']]]",
                "/f:xml", "/uni:true",
            },
            File.ReadAllLines(In("args")));
    }

    [SkippableFact]
    public void A_saved_log_is_told_by_its_content_and_asked_for_by_its_path()
    {
        string saved = In("saved log.dat");
        File.WriteAllText(saved, "ElfFile\0aaaaaaaaaaaaaaaa");
        Assert.Equal(3, Read("cat out.xml", new EventQuery { Path = saved }).Count);
        string[] arguments = File.ReadAllLines(In("args"));
        Assert.Equal(new[] { saved, "/lf:true" }, arguments.Skip(1).Take(2));
        Assert.DoesNotContain("TimeCreated", arguments[3]);
    }

    [Fact]
    public void Elsewhere_than_on_Windows_the_way_is_named()
    {
        XmlEventSource source = new((string?)null);
        PasswordOpsException live = Assert.Throws<PasswordOpsException>(() => source.Read(new EventQuery(), _summary, default).ToList());
        Assert.Equal("EventLogNeedsWindows", live.Id);
        Assert.Contains("wevtutil qe Application", live.Advice);
        string saved = In("saved.evtx");
        File.WriteAllText(saved, "ElfFile\0aaaaaaaaaaaaaaaa");
        PasswordOpsException file = Assert.Throws<PasswordOpsException>(() => source.Read(saved, _summary, default).ToList());
        Assert.Equal("EventLogNotXml", file.Id);
        Assert.Contains("/lf:true", file.Advice);
    }

    [SkippableFact]
    public void Denied_access_says_what_is_missing()
    {
        PasswordOpsException failure = Failure("echo 'Zugriff verweigert.' >&2; exit 5");
        Assert.Equal(("EventLogUnreadable", ErrorKind.PermissionDenied), (failure.Id, failure.Kind));
        Assert.Contains("Event Log Readers", failure.Advice);
    }

    [SkippableFact]
    public void Another_end_is_told_with_code_and_words_after_the_events_before_it()
    {
        // The third event is cut.
        List<int> seen = new();
        PasswordOpsException failure = Assert.Throws<PasswordOpsException>(() =>
        {
            foreach (WritebackEvent found in Source("head -c 2800 out.xml; echo 'The event log file is corrupted.' >&2; exit 220")
                .Read(new EventQuery(), _summary, default))
            {
                seen.Add(found.Id);
            }
        });
        Assert.Contains("220", failure.Message);
        Assert.Contains("The event log file is corrupted.", failure.Message);
        Assert.True(seen.SequenceEqual(new[] { 31019, 6329 }), string.Join(",", seen));
        Assert.True(_summary.Truncated);
    }

    [SkippableFact]
    public void Words_without_end_fill_no_memory()
    {
        PasswordOpsException failure = Failure("head -c 20000000 /dev/zero | tr '\\0' 'x' | fold -w 100 >&2; exit 1");
        Assert.InRange(failure.Message.Length, 50, 600);
    }

    [SkippableFact]
    public void A_program_that_is_not_there_is_named()
    {
        Skip.If(RuntimeInformation.IsOSPlatform(OSPlatform.Windows), "needs a shell script in the place of wevtutil");
        PasswordOpsException failure = Assert.Throws<PasswordOpsException>(
            () => new XmlEventSource(In("none")).Read(new EventQuery(), _summary, default).ToList());
        Assert.Equal(("EventLogUnreadable", ErrorKind.NotInstalled), (failure.Id, failure.Kind));
    }

    [SkippableFact]
    public async Task A_stop_ends_the_program_at_once()
    {
        using CancellationTokenSource stop = new();
        XmlEventSource source = Source("cat out.xml; echo $$ > pid; exec sleep 300");
        Task<int> reading = Task.Run(() => source.Read(new EventQuery(), _summary, stop.Token).Count());
        string pid = await PidAsync();
        Stopwatch clock = Stopwatch.StartNew();
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        await AssertEndedAsync(pid);
    }

    [SkippableFact]
    public async Task Who_has_enough_ends_the_program_too()
    {
        byte[] many = EventWriter.File(
            "utf-16", Enumerable.Range(0, 2_000).Select(i => EventWriter.Event("classic", "ADSync", 6329, "x", i)).ToArray());
        File.WriteAllBytes(In("out.xml"), many);
        XmlEventSource source = Source("echo $$ > pid; exec cat out.xml /dev/zero");
        Assert.Equal(6329, source.Read(new EventQuery(), _summary, default).First().Id);
        await AssertEndedAsync(await PidAsync());
    }

    private static async Task AssertEndedAsync(string pid)
    {
        for (int i = 0; i < 100 && IsAlive(pid); i++)
        {
            await Task.Delay(50);
        }

        Assert.False(IsAlive(pid), "process " + pid);
    }

    private static bool IsAlive(string pid)
    {
        string status = $"/proc/{pid}/stat";
        try
        {
            return File.Exists(status) && File.ReadAllText(status).Split(' ')[2] != "Z";
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<string> PidAsync()
    {
        for (int i = 0; i < 600; i++)
        {
            if (File.Exists(In("pid")) && File.ReadAllText(In("pid")).Trim() is { Length: > 0 } pid)
            {
                return pid;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("The script did not start.");
    }

    private List<WritebackEvent> Read(string script, EventQuery query) => Source(script).Read(query, _summary, default).ToList();

    private PasswordOpsException Failure(string script) =>
        Assert.Throws<PasswordOpsException>(() => Source(script).Read(new EventQuery(), _summary, default).ToList());

    private XmlEventSource Source(string script)
    {
        Skip.IfNot(RuntimeInformation.IsOSPlatform(OSPlatform.Linux), "needs a shell script in the place of wevtutil");
        string program = In("wevtutil.sh");
        File.WriteAllText(program, "#!/bin/sh\ncd \"$(dirname \"$0\")\"\nprintf '%s\\n' \"$@\" > args\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new XmlEventSource(program);
    }

    private string In(string name) => Path.Combine(_folder, name);
}
#endif
