#if NET
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using PasswordOps.Core;
using PasswordOps.Core.Bulk;

namespace PasswordOps.Files.Tests.Journals;

/// <summary>What only another process, or a disk, can do to a journal.</summary>
public sealed class JournalProcessTests : IDisposable
{
    private readonly JournalPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void A_killed_process_leaves_a_journal_with_all_that_it_was_told_is_on_the_disk()
    {
        for (int life = 0; life < 5; life++)
        {
            int promised = 0;
            using (Process writer = StartWriter())
            {
                for (int i = 0; i < 20 + (life * 7); i++)
                {
                    promised = int.Parse(writer.StandardOutput.ReadLine()!, System.Globalization.CultureInfo.InvariantCulture);
                }

                Assert.Equal("JournalInUse", Assert.Throws<PasswordOpsException>(() => _place.Files.Continue(_place.Path, null)).Id);
                Assert.NotEmpty(_place.Read());
                writer.Kill();
                writer.WaitForExit();
            }

            using IJournal journal = _place.Files.Continue(_place.Path, null);
            JournalEntry[] entries = journal.Read(withValues: true).ToArray();
            JournalEntry[] ofThisLife = entries.Skip(Array.FindLastIndex(entries, entry => entry is JournalBegun) + 1).ToArray();
            Assert.Equal(life + 1, entries.Count(entry => entry is JournalBegun));
            Assert.Equal(
                Enumerable.Range(0, promised + 1).Select(row => JournalPlace.Told(JournalPlace.Sending(row))),
                ofThisLife.Take(promised + 1).Select(JournalPlace.Told));
        }
    }

    [SkippableFact]
    public void A_full_disk_is_said_and_leaves_whole_lines()
    {
        using SmallDisk disk = SmallDisk.Mount(_place.Folder);
        string path = Path.Combine(disk.Folder, "hr.csv.journal");
        int whole = 0;
        using (IJournal journal = _place.Files.Create(path, JournalPlace.Head, null))
        {
            PasswordOpsException failure = Assert.Throws<PasswordOpsException>(() =>
            {
                for (; whole < 100_000; whole++)
                {
                    journal.Append(new[] { JournalPlace.Sending(whole) }, flush: whole % 100 == 0);
                }
            });
            Assert.Equal("JournalNotWritable", failure.Id);
            Assert.Contains("space", failure.Message);
            Assert.True(whole > 10);

            // Still full: still said, and nothing is half written.
            Assert.Equal("JournalNotWritable", Assert.Throws<PasswordOpsException>(
                () => journal.Append(Enumerable.Range(0, 500).Select(JournalPlace.Sending).ToArray(), flush: true)).Id);
            Assert.Equal(whole, journal.Read(withValues: true).Count());

            // Room again: it goes on.
            disk.Grow();
            journal.Append(new[] { JournalPlace.Outcome(1) }, flush: true);
        }

        using IJournal read = _place.Files.Open(path, null);
        Assert.Equal(
            Enumerable.Range(0, whole).Select(row => JournalPlace.Told(JournalPlace.Sending(row)))
                .Append(JournalPlace.Told(JournalPlace.Outcome(1))),
            read.Read(withValues: true).Select(JournalPlace.Told));
    }

    [SkippableFact]
    public void On_a_full_disk_no_journal_begins()
    {
        using SmallDisk disk = SmallDisk.Mount(_place.Folder);
        using (FileStream file = File.Create(Path.Combine(disk.Folder, "other")))
        {
            Assert.Throws<IOException>(() => file.Write(new byte[1_000_000]));
        }

        string path = Path.Combine(disk.Folder, "hr.csv.journal");
        Assert.Equal("JournalNotWritable", Assert.Throws<PasswordOpsException>(
            () => _place.Files.Create(path, JournalPlace.Head, null)).Id);
        Assert.Equal(new[] { "other" }, Directory.GetFiles(disk.Folder).Select(Path.GetFileName));
    }

    [SkippableFact]
    public void A_disk_that_may_only_be_read_is_said()
    {
        using SmallDisk disk = SmallDisk.Mount(_place.Folder);
        string path = Path.Combine(disk.Folder, "hr.csv.journal");
        using (IJournal journal = _place.Files.Create(path, JournalPlace.Head, null))
        {
            journal.Append(new[] { JournalPlace.Sending(1) }, flush: true);
        }

        disk.MakeReadOnly();
        Assert.Equal("JournalNotWritable", Assert.Throws<PasswordOpsException>(() => _place.Files.Continue(path, null)).Id);
        Assert.Equal("JournalNotWritable", Assert.Throws<PasswordOpsException>(
            () => _place.Files.Create(path + "2", JournalPlace.Head, null)).Id);
        using IJournal read = _place.Files.Open(path, null);
        Assert.Single(read.Read(withValues: true));
    }

    private Process StartWriter()
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true, UseShellExecute = false,
        };
        foreach (string argument in new[] { typeof(JournalWriterProcess).Assembly.Location, _place.Path, _place.KeyFolder })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
#endif
