using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Bulk;
using PasswordOps.Files.Journals;

namespace PasswordOps.Files.Tests.Journals;

public sealed class JournalTests : IDisposable
{
    private readonly JournalPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void What_is_written_is_read_back_values_and_all()
    {
        JournalEntry[] entries = JournalPlace.OfEveryKind();
        _place.Write(entries);

        Assert.Equal(entries.Select(JournalPlace.Told), _place.Read());
    }

    [Fact]
    public void Without_values_they_are_null_and_say_that_they_say_nothing()
    {
        _place.Write(JournalPlace.OfEveryKind());
        using IJournal journal = _place.Files.Open(_place.Path, null);

        JournalChange[] changes = journal.Read(withValues: false).OfType<JournalPlanned>().SelectMany(planned => planned.Changes).ToArray();

        Assert.Equal(4, changes.Length);
        Assert.All(changes, change => Assert.True(change is { HasValues: false, Before: null, After: null }));
        Assert.Equal(new[] { "Add Mobile", "Add Email", "Replace Mobile", "Add Email" }, changes.Select(change => change.ToString()));
    }

    [Fact]
    public void Its_head_is_read_back()
    {
        _place.Write();
        using IJournal journal = _place.Files.Open(_place.Path, null);

        JournalHead head = journal.Head;
        Assert.Equal(_place.Path, journal.Path);
        Assert.Equal(JournalPlace.Head.Options.OrderBy(o => o.Key), head.Options.OrderBy(o => o.Key));
        Assert.Equal(JournalPlace.Head, head with { Options = JournalPlace.Head.Options });
        Assert.Empty(journal.Read(withValues: true));
    }

    [Fact]
    public void No_value_stands_in_the_file()
    {
        _place.Write(JournalPlace.OfEveryKind());

        string text = File.ReadAllText(_place.Path);
        string digits = new(text.Where(char.IsDigit).ToArray());
        foreach (string planted in new[] { "4255550137", "4255550100", "2079460123" })
        {
            Assert.DoesNotContain(planted, text);
            Assert.DoesNotContain(planted, digits);
        }

        Assert.DoesNotContain("fabrikam", text);
        for (int shift = 0; shift < 3; shift++)
        {
            // In base 64 a text looks in three ways, by where it begins.
            string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string(' ', shift) + JournalPlace.Email));
            Assert.DoesNotContain(encoded.Substring(4, 16), text);
        }
    }

    [Fact]
    public void The_same_value_looks_different_every_time()
    {
        _place.Write(JournalPlace.Sending(1), JournalPlace.Sending(1));

        string[] lines = File.ReadAllLines(_place.Path);
        Assert.NotEqual(Values(lines[2]), Values(lines[3]));
    }

    [Fact]
    public void Every_line_is_a_JSON_object_of_its_own()
    {
        _place.Write(JournalPlace.OfEveryKind());

        string text = File.ReadAllText(_place.Path);
        Assert.EndsWith("\n", text);
        string[] lines = text.TrimEnd('\n').Split('\n');
        Assert.Equal(2 + JournalPlace.OfEveryKind().Length, lines.Length);
        Assert.StartsWith("{\"journal\":1,\"run\":\"", lines[0]);
        Assert.All(lines, line => System.Text.Json.JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public void A_journal_is_never_overwritten()
    {
        File.WriteAllText(_place.Path, "something");

        PasswordOpsException failure =
            Assert.Throws<PasswordOpsException>(() => _place.Files.Create(_place.Path, JournalPlace.Head, null));

        Assert.Equal("JournalExists", failure.Id);
        Assert.Equal("something", File.ReadAllText(_place.Path));
        Assert.Equal("JournalExists", Assert.Throws<PasswordOpsException>(
            () => _place.Files.Create(_place.Folder, JournalPlace.Head, null)).Id);
    }

    [Fact]
    public void Without_its_folder_there_is_no_journal()
    {
        string path = Path.Combine(_place.Folder, "missing", "a.journal");

        PasswordOpsException failure = Assert.Throws<PasswordOpsException>(() => _place.Files.Create(path, JournalPlace.Head, null));

        Assert.Equal("JournalNotWritable", failure.Id);
        Assert.Contains("there is no folder", failure.Message);
        Assert.DoesNotContain(".lock", failure.Message);
        Assert.StartsWith("Make the folder", failure.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_or_a_folder_is_said()
    {
        string missing = Path.Combine(_place.Folder, "no.journal");

        Assert.Equal("JournalNotFound", Assert.Throws<PasswordOpsException>(() => _place.Files.Open(missing, null)).Id);
        Assert.Equal("JournalNotFound", Assert.Throws<PasswordOpsException>(() => _place.Files.Continue(missing, null)).Id);
        Assert.Equal("JournalUnreadable", Assert.Throws<PasswordOpsException>(() => _place.Files.Open(_place.Folder, null)).Id);
        Assert.Equal("JournalNotWritable", Assert.Throws<PasswordOpsException>(() => _place.Files.Continue(_place.Folder, null)).Id);
        Assert.Empty(Directory.GetFiles(_place.Folder));
    }

    [Fact]
    public void One_process_at_a_time_writes_and_others_read_meanwhile()
    {
        using (IJournal first = _place.Files.Create(_place.Path, JournalPlace.Head, null))
        {
            first.Append(new[] { JournalPlace.Sending(1) }, flush: false);

            Assert.Equal("JournalInUse", Assert.Throws<PasswordOpsException>(() => _place.Files.Continue(_place.Path, null)).Id);
            Assert.True(_place.Files.IsInUse(_place.Path));
            Assert.Single(_place.Read());
            first.Append(new[] { JournalPlace.Outcome(1) }, flush: true);
            Assert.Equal(2, _place.Read().Count);
            Assert.Equal(2, first.Read(withValues: true).Count());
        }

        Assert.False(_place.Files.IsInUse(_place.Path));

        _place.Files.Continue(_place.Path, null).Dispose();
        Assert.Equal(new[] { _place.Path }, Directory.GetFiles(_place.Folder));
    }

    [Fact]
    public void A_reading_ends_where_the_journal_ended_when_it_began()
    {
        using IJournal journal = _place.Files.Create(_place.Path, JournalPlace.Head, null);
        journal.Append(new[] { JournalPlace.Sending(1), JournalPlace.Sending(2) }, flush: false);
        int read = 0;
        foreach (JournalEntry entry in journal.Read(withValues: false))
        {
            read++;
            journal.Append(new[] { entry }, flush: false);
        }

        Assert.Equal(2, read);
        Assert.Equal(4, journal.Read(withValues: false).Count());
    }

    [Fact]
    public void What_was_opened_for_reading_cannot_be_written()
    {
        _place.Write();
        using IJournal journal = _place.Files.Open(_place.Path, null);

        Assert.Throws<InvalidOperationException>(() => journal.Append(new[] { JournalPlace.Sending(1) }, flush: false));
        Assert.Throws<InvalidOperationException>(journal.Delete);
    }

    [Fact]
    public void A_journal_can_be_taken_away()
    {
        using (IJournal journal = _place.Files.Create(_place.Path, JournalPlace.Head, null))
        {
            journal.Delete();
            Assert.Throws<ObjectDisposedException>(() => journal.Append(new[] { JournalPlace.Sending(1) }, flush: false));
        }

        Assert.Empty(Directory.GetFiles(_place.Folder));
        _place.Write();
    }

    [Fact]
    public void Going_on_begins_a_segment_with_a_key_of_its_own()
    {
        _place.Write(JournalPlace.Sending(1));
        using (IJournal next = _place.Files.Continue(_place.Path, null))
        {
            next.Append(new JournalEntry[] { JournalPlace.Outcome(1), JournalPlace.Sending(2) }, flush: true);
            Assert.Equal(3, next.Read(withValues: true).Count());
        }

        Assert.Equal(
            new JournalEntry[] { JournalPlace.Sending(1), JournalPlace.Outcome(1), JournalPlace.Sending(2) }.Select(JournalPlace.Told),
            _place.Read());
        string[] keys = File.ReadAllLines(_place.Path).Where(line => line.StartsWith("{\"k\":\"key\"", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, keys.Length);
        Assert.NotEqual(keys[0], keys[1]);
    }

    [Fact]
    public void Changes_whose_values_are_not_known_stay_so()
    {
        _place.Write(JournalPlace.Sending(1));
        using (IJournal next = _place.Files.Continue(_place.Path, null))
        {
            next.Append(next.Read(withValues: false).ToArray(), flush: false);
        }

        using IJournal journal = _place.Files.Open(_place.Path, null);
        JournalSending[] read = journal.Read(withValues: true).Cast<JournalSending>().ToArray();
        Assert.Equal(new[] { true, false }, read.Select(sending => sending.Change.HasValues));
        Assert.Null(read[1].Change.After);
    }

    [Fact]
    public void Another_account_reads_all_but_the_values()
    {
        _place.Write(JournalPlace.Sending(1));
        string otherProfile = Path.Combine(_place.Folder, "other");
        using IJournal journal = JournalPlace.For(otherProfile).Open(_place.Path, null);

        Assert.Single(journal.Read(withValues: false));
        PasswordOpsException failure = Assert.Throws<PasswordOpsException>(() => journal.Read(withValues: true).Count());
        Assert.Equal("JournalKeyMissing", failure.Id);
        if (!OnWindows)
        {
            Assert.Contains(Path.Combine(otherProfile, "journal.key"), failure.Message);
            Assert.Contains(Environment.UserName, failure.Advice);
            JournalPlace.For(otherProfile).Create(_place.Path + "2", JournalPlace.Head, null).Dispose();
            Assert.Contains("holds another", Assert.Throws<PasswordOpsException>(() => journal.Read(withValues: true).Count()).Message);
        }

        using IJournal next = JournalPlace.For(otherProfile).Continue(_place.Path, null);
        next.Append(new[] { JournalPlace.Sending(2) }, flush: true);
    }

    [SkippableFact]
    public void A_damaged_key_file_is_neither_used_nor_replaced()
    {
        Skip.If(OnWindows, "Windows keeps the key itself.");
        _place.Write(JournalPlace.Sending(1));
        string key = Path.Combine(_place.KeyFolder, "journal.key");
        File.WriteAllText(key, "PasswordOps journal key 1\nAAAA\n");

        PasswordOpsException reading = _place.Failure();
        PasswordOpsException beginning =
            Assert.Throws<PasswordOpsException>(() => _place.Files.Create(_place.Path + "2", JournalPlace.Head, null));

        Assert.Equal("JournalKeyMissing", reading.Id);
        Assert.Contains(key, reading.Message);
        Assert.Equal("JournalKeyMissing", beginning.Id);
        Assert.False(File.Exists(_place.Path + "2"));
        Assert.Equal("PasswordOps journal key 1\nAAAA\n", File.ReadAllText(key));
    }

    [SkippableFact]
    public void Where_the_account_can_keep_no_key_nothing_is_begun()
    {
        Skip.If(OnWindows, "Windows keeps the key itself.");
        string occupied = Path.Combine(_place.Folder, "file");
        File.WriteAllText(occupied, string.Empty);

        PasswordOpsException failure = Assert.Throws<PasswordOpsException>(
            () => JournalPlace.For(Path.Combine(occupied, "PasswordOps")).Create(_place.Path, JournalPlace.Head, null));

        Assert.Equal("JournalNotWritable", failure.Id);
        Assert.Contains("certificate", failure.Advice);
        Assert.False(File.Exists(_place.Path));
    }

    [SkippableFact]
    public void Accounts_that_begin_at_the_same_time_have_one_key()
    {
        Skip.If(OnWindows, "Windows keeps the key itself.");
        Parallel.For(0, 16, i =>
        {
            using IJournal journal = JournalPlace.For(_place.KeyFolder).Create(_place.Path + i, JournalPlace.Head, null);
            journal.Append(new[] { JournalPlace.Sending(i) }, flush: false);
        });

        Assert.Equal(new[] { Path.Combine(_place.KeyFolder, "journal.key") }, Directory.GetFiles(_place.KeyFolder));
        for (int i = 0; i < 16; i++)
        {
            using IJournal journal = _place.Files.Open(_place.Path + i, null);
            Assert.Single(journal.Read(withValues: true));
        }
    }

#if NET
    [Fact]
    public void Values_for_a_certificate_open_with_its_private_key_only()
    {
        using TestCertificate anna = TestCertificate.Make();
        using TestCertificate bram = TestCertificate.Make("CN=Bram", otherKey: true);
        using X509Certificate2 annaWithKey = anna.Certificate.CopyWithPrivateKey(anna.Key);
        using X509Certificate2 bramWithKey = bram.Certificate.CopyWithPrivateKey(bram.Key);
        using (IJournal journal = _place.Files.Create(_place.Path, JournalPlace.Head, JournalPlace.Sealing(anna)))
        {
            journal.Append(new[] { JournalPlace.Sending(1) }, flush: true);
            Assert.Equal(JournalPlace.Phone, Sent(journal)[0].Change.After);
        }

        Assert.False(Directory.Exists(_place.KeyFolder));
        using (IJournal journal = _place.Files.Continue(_place.Path, JournalPlace.Sealing(bram)))
        {
            // Going on needs nobody's private key.
            journal.Append(new[] { JournalPlace.Sending(2) }, flush: true);
        }

        PasswordOpsException none = _place.Failure();
        Assert.Equal("JournalKeyMissing", none.Id);
        Assert.Contains(anna.Certificate.Thumbprint, none.Message);
        Assert.Contains("without its private key", Failure(anna.Certificate).Message);
        Assert.Contains(bram.Certificate.Thumbprint, Failure(annaWithKey).Message);
        Assert.Contains(anna.Certificate.Thumbprint, Failure(bramWithKey).Message);

        using IJournal inStore = JournalPlace.For(_place.KeyFolder, bramWithKey).Open(_place.Path, annaWithKey);
        Assert.Equal(new[] { 1, 2 }, Sent(inStore).Select(sending => sending.Row));

        PasswordOpsException Failure(X509Certificate2 given)
        {
            using IJournal journal = _place.Files.Open(_place.Path, given);
            Assert.Equal(2, journal.Read(withValues: false).Count());
            PasswordOpsException failure = Assert.Throws<PasswordOpsException>(() => journal.Read(withValues: true).Count());
            Assert.Equal("JournalKeyMissing", failure.Id);
            return failure;
        }
    }

    [SkippableFact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Files_are_for_their_owner_alone()
    {
        Skip.If(OnWindows, "Windows inherits the folder's rights.");
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using IJournal journal = _place.Files.Create(_place.Path, JournalPlace.Head, null);

        Assert.Equal(own, File.GetUnixFileMode(_place.Path));
        Assert.Equal(own, File.GetUnixFileMode(_place.Path + ".lock"));
        Assert.Equal(own, File.GetUnixFileMode(Path.Combine(_place.KeyFolder, "journal.key")));
        Assert.Equal(own | UnixFileMode.UserExecute, File.GetUnixFileMode(_place.KeyFolder));
    }
#endif

    [Fact]
    public void Half_a_line_at_the_end_is_passed_over_and_cut_off()
    {
        _place.Write(JournalPlace.Sending(1), JournalPlace.Sending(2));
        Cut(20);

        Assert.Equal(new[] { JournalPlace.Told(JournalPlace.Sending(1)) }, _place.Read());
        using (IJournal next = _place.Files.Continue(_place.Path, null))
        {
            next.Append(new[] { JournalPlace.Sending(3) }, flush: true);
        }

        Assert.Equal(new[] { 1, 3 }.Select(row => JournalPlace.Told(JournalPlace.Sending(row))), _place.Read());
    }

    [Fact]
    public void A_last_line_that_lacks_only_its_line_end_counts()
    {
        _place.Write(JournalPlace.Sending(1), JournalPlace.Sending(2));
        Cut(1);

        Assert.Equal(2, _place.Read().Count);
        _place.Files.Continue(_place.Path, null).Dispose();
        Assert.Equal(2, _place.Read().Count);
    }

    [Fact]
    public void Zeros_that_a_power_failure_leaves_are_passed_over()
    {
        _place.Write(JournalPlace.Sending(1), JournalPlace.Sending(2));
        Cut(1);
        File.AppendAllText(_place.Path, new string('\0', 5_000));

        Assert.Equal(2, _place.Read().Count);
        using (IJournal next = _place.Files.Continue(_place.Path, null))
        {
            next.Append(new[] { JournalPlace.Sending(3) }, flush: true);
        }

        Assert.Equal(3, _place.Read().Count);
        Assert.DoesNotContain('\0', File.ReadAllText(_place.Path).ToCharArray());
    }

    [Fact]
    public void A_changed_line_is_named()
    {
        _place.Write(JournalPlace.OfEveryKind());
        Edit(lines => lines[4] = lines[4].Replace("anna3@", "anna4@"));

        AssertBroken(5);
    }

    [Fact]
    public void A_lost_a_doubled_and_a_moved_line_are_named()
    {
        JournalEntry[] entries = Enumerable.Range(1, 6).Select(row => (JournalEntry)JournalPlace.Sending(row)).ToArray();
        _place.Write(entries);
        string[] whole = File.ReadAllLines(_place.Path);

        Edit(lines => lines.RemoveAt(4));
        AssertBroken(5);
        File.WriteAllText(_place.Path, string.Join("\n", whole) + "\n");
        Edit(lines => lines.Insert(4, lines[4]));
        AssertBroken(6);
        File.WriteAllText(_place.Path, string.Join("\n", whole) + "\n");
        Edit(lines => (lines[4], lines[5]) = (lines[5], lines[4]));
        AssertBroken(5);
    }

    [Fact]
    public void Values_do_not_open_on_another_line()
    {
        _place.Write(JournalPlace.Sending(1), JournalPlace.Sending(2));
        string[] lines = File.ReadAllLines(_place.Path);
        string first = Values(lines[2]);
        Edit(all => all[3] = all[3].Replace(Values(all[3]), first), repairChecks: true);

        Assert.Equal(2, _place.Read(withValues: false).Count);
        PasswordOpsException failure = _place.Failure();
        Assert.Equal("JournalBroken", failure.Id);
        Assert.Contains("line 4", failure.Message);
    }

    [Fact]
    public void Nobody_can_turn_a_row_into_another_below_its_values()
    {
        _place.Write(JournalPlace.Sending(1));
        Edit(all => all[2] = all[2].Replace("\"r\":1", "\"r\":7"), repairChecks: true);

        Assert.Equal("JournalBroken", _place.Failure().Id);
    }

    [Theory]
    [InlineData("{\"k\":\"novelty\",\"t\":\"2026-08-20T09:30:00Z\"", "kind")]
    [InlineData("{\"k\":\"end\"", "'t'")]
    [InlineData("{\"k\":\"end\",\"t\":\"yesterday\"", "form")]
    [InlineData("{\"k\":\"outcome\",\"t\":\"2026-08-20T09:30:00Z\",\"r\":1,\"f\":\"Mobile\",\"o\":\"Lost\",\"n\":1", "'o'")]
    [InlineData("{\"k\":\"sending\",\"t\":\"2026-08-20T09:30:00Z\",\"r\":1,\"u\":\"a\",\"i\":\"b\"", "'g'")]
    [InlineData("{\"k\":\"planned\",\"t\":\"2026-08-20T09:30:00Z\",\"r\":\"one\",\"u\":\"a\"", "form")]
    [InlineData("{\"k\":\"key\",\"t\":\"2026-08-20T09:30:00Z\",\"b\":\"magic\",\"d\":\"a\",\"y\":\"AAAA\"", "protection")]
    [InlineData("[1", "'t'")]
    [InlineData("nonsense", "form")]
    public void What_is_no_entry_is_named(string line, string why)
    {
        _place.Write(JournalPlace.Sending(1));
        Edit(lines => lines.Insert(3, line + new string('?', LineReader.CheckLength)), repairChecks: true);

        PasswordOpsException failure = _place.Failure();
        Assert.Equal("JournalBroken", failure.Id);
        Assert.Contains("line 4", failure.Message);
        Assert.Contains(why, failure.Message);
    }

    [Fact]
    public void What_a_later_module_adds_to_a_line_is_passed_over()
    {
        _place.Write(new JournalEnd { At = JournalPlace.Now });
        Edit(lines => lines[2] = lines[2].Replace("\"k\":", "\"z\":{\"x\":[1,2]},\"later\":null,\"k\":"), repairChecks: true);

        Assert.Single(_place.Read());
    }

    [Fact]
    public void A_newer_version_is_not_guessed_at()
    {
        _place.Write(JournalPlace.Sending(1));
        Edit(lines => lines[0] = lines[0].Replace("\"journal\":1", "\"journal\":2"));
        AssertTooNew();
        Edit(lines => lines[0] = "{\"journal\":2,\"in\":\"a form that is yet to be found\"}");
        AssertTooNew();
        File.WriteAllText(_place.Path, "{\"journal\":2}");
        AssertTooNew();

        void AssertTooNew()
        {
            byte[] before = File.ReadAllBytes(_place.Path);
            Assert.Equal("JournalTooNew", _place.Failure().Id);
            Assert.Equal("JournalTooNew", Assert.Throws<PasswordOpsException>(() => _place.Files.Continue(_place.Path, null)).Id);
            Assert.Equal(before, File.ReadAllBytes(_place.Path));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("{")]
    [InlineData("{\"journal\":1,\"run\":")]
    [InlineData("{\"journal\":0}\n")]
    [InlineData("{\"journal\":-1}\n")]
    [InlineData("{\"journal\":\"1\"}\n")]
    [InlineData("{\"journal\":1}\n")]
    [InlineData("UPN,Mobile\nanna@contoso.com,+1 4255550101\n")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    public void What_is_no_journal_is_said_to_be_none(string content)
    {
        File.WriteAllText(_place.Path, content);

        PasswordOpsException failure = _place.Failure();
        Assert.Equal("JournalBroken", failure.Id);
        Assert.DoesNotContain("4255550101", failure.Message);
        Assert.Equal("JournalBroken", Assert.Throws<PasswordOpsException>(() => _place.Files.Continue(_place.Path, null)).Id);
        Assert.Equal(content, File.ReadAllText(_place.Path));
    }

    [Fact]
    public void A_line_that_never_ends_does_not_fill_the_memory()
    {
        using (FileStream file = File.Create(_place.Path))
        {
            file.SetLength(3L << 30);
        }

        Assert.Equal("JournalBroken", _place.Failure().Id);
    }

    [Fact]
    public void Many_threads_append_at_once_and_each_keeps_its_order()
    {
        const int threads = 12;
        const int each = 60;
        using (IJournal journal = _place.Files.Create(_place.Path, JournalPlace.Head, null))
        {
            Thread[] writers = Enumerable.Range(0, threads).Select(writer => new Thread(() =>
            {
                for (int i = 0; i < each; i++)
                {
                    int row = (writer * 1_000) + i;
                    journal.Append(new JournalEntry[] { JournalPlace.Sending(row), JournalPlace.Outcome(row) }, flush: i % 3 == 0);
                }
            })).ToArray();
            Array.ForEach(writers, writer => writer.Start());
            Array.ForEach(writers, writer => writer.Join());
        }

        using IJournal read = _place.Files.Open(_place.Path, null);
        JournalEntry[] entries = read.Read(withValues: true).ToArray();
        Assert.Equal(2 * threads * each, entries.Length);
        for (int i = 0; i < entries.Length; i += 2)
        {
            Assert.Equal(((JournalSending)entries[i]).Row, ((JournalOutcome)entries[i + 1]).Row);
        }

        foreach (IGrouping<int, int> writer in entries.OfType<JournalSending>().GroupBy(one => one.Row / 1_000, one => one.Row))
        {
            Assert.Equal(writer.OrderBy(row => row), writer);
        }
    }

    [Fact]
    public void A_journal_that_cannot_be_put_right_takes_nothing_more()
    {
        _place.Write(JournalPlace.Sending(1));
        byte[] before = File.ReadAllBytes(_place.Path);

        // A file opened for reading: neither writing nor cutting off succeeds.
        FileStream broken = Journal.OpenFile(_place.Path);
        FileStream flusher = OwnFile.Open(_place.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        using JournalAppender appender =
            new(_place.Path, WriterLock.TryTake(_place.Path + ".lock")!, broken, flusher, before.Length, 0);
        byte[][] line = { Encoding.ASCII.GetBytes("{\"k\":\"end\"") };

        PasswordOpsException first = Assert.Throws<PasswordOpsException>(() => appender.Append(line, flush: false));
        PasswordOpsException second = Assert.Throws<PasswordOpsException>(() => appender.Append(line, flush: true));

        Assert.Equal("JournalNotWritable", first.Id);
        Assert.Equal("JournalNotWritable", second.Id);
        Assert.Contains("before", second.Message);
        Assert.Equal(before, File.ReadAllBytes(_place.Path));
    }

    private static bool OnWindows => Path.DirectorySeparatorChar == '\\';

    private static JournalSending[] Sent(IJournal journal) => journal.Read(withValues: true).OfType<JournalSending>().ToArray();

    private static string Values(string line) => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("v").GetString()!;

    private void Cut(int bytes)
    {
        using FileStream file = File.OpenWrite(_place.Path);
        file.SetLength(file.Length - bytes);
    }

    private void Edit(Action<List<string>> edit, bool repairChecks = false)
    {
        List<string> lines = File.ReadAllLines(_place.Path).ToList();
        edit(lines);
        File.WriteAllText(_place.Path, string.Concat(repairChecks ? lines.Select(Repair()) : lines.Select(line => line + "\n")));
    }

    private static Func<string, string> Repair()
    {
        uint check = 0;
        return line =>
        {
            byte[] body = Encoding.UTF8.GetBytes(line);
            Array.Resize(ref body, body.Length - LineReader.CheckLength);
            check = LineCheck.Over(check, body);
            byte[] end = new byte[LineReader.CheckLength + 1];
            LineReader.WriteCheck(end, check);
            return Encoding.UTF8.GetString(body) + Encoding.ASCII.GetString(end);
        };
    }

    private void AssertBroken(int line)
    {
        PasswordOpsException failure = _place.Failure(withValues: false);
        Assert.Equal("JournalBroken", failure.Id);
        Assert.Contains($"line {line}:", failure.Message);
        byte[] before = File.ReadAllBytes(_place.Path);
        Assert.Equal("JournalBroken", Assert.Throws<PasswordOpsException>(() => _place.Files.Continue(_place.Path, null)).Id);
        Assert.Equal(before, File.ReadAllBytes(_place.Path));
    }
}
