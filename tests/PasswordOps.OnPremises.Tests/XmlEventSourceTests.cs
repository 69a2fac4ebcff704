using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using PasswordOps.Core;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Writeback;

namespace PasswordOps.OnPremises.Tests;

public sealed class XmlEventSourceTests : IDisposable
{
    private const string Namespace = "http://schemas.microsoft.com/win/2004/08/events/event";
    private const string Declaration = "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\r\n";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "events-" + Guid.NewGuid().ToString("N"));
    private readonly EventReadSummary _summary = new();

    public XmlEventSourceTests() => Directory.CreateDirectory(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Reads_every_part_of_a_classic_event()
    {
        WritebackEvent found = Assert.Single(Read(
            $"<Event xmlns='{Namespace}'><System><Provider Name='PasswordResetService'/><EventID Qualifiers='49152'>33004</EventID>"
            + "<Version>0</Version><Level>2</Level><Task>0</Task><Opcode>0</Opcode><Keywords>0x80000000000000</Keywords>"
            + "<TimeCreated SystemTime='2026-03-02T08:15:30.1234567Z'/><EventRecordID>48211</EventRecordID><Correlation/>"
            + "<Execution ProcessID='0' ThreadID='0'/><Channel>Application</Channel>"
            + "<Computer>sync01.contoso.com</Computer><Security/></System>"
            + "<EventData><Data>TrackingId: 1, Reason: &lt;x&gt; &amp; hr=80230626</Data><Binary>00FF</Binary></EventData></Event>"));

        Assert.Equal("PasswordResetService", found.Provider);
        Assert.Equal(33004, found.Id);
        Assert.Equal(2, found.Level);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 8, 15, 30, TimeSpan.Zero).AddTicks(1234567), found.Time);
        Assert.Equal(TimeSpan.Zero, found.Time.Offset);
        Assert.Equal(48211, found.RecordId);
        Assert.Equal("sync01.contoso.com", found.Computer);
        Assert.Equal("TrackingId: 1, Reason: <x> & hr=80230626", found.Data);
        Assert.Equal((1L, 0L, 0L, false), (_summary.Taken, _summary.Other, _summary.Malformed, _summary.Truncated));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("<Root>", "</Root>")]
    [InlineData("<Events>", "</Events>")]
    [InlineData(Declaration + "<Events>", "</Events>\r\n")]
    [InlineData("\r\n " + Declaration + "<!-- exported --><a:b xmlns:a='urn:a'><c>", "</c></a:b>")]
    public void Takes_the_same_events_with_any_root_and_with_none(string before, string after)
    {
        string text = before + Event(31015) + "\r\n" + Event(31019).Replace('\'', '"') + after;
        Assert.Equal(new[] { 31015, 31019 }, Read(text).Select(found => found.Id));
    }

    [Fact]
    public void Takes_exports_that_were_put_one_behind_the_other()
    {
        string text = $"\uFEFF{Declaration}<Events>{Event(1)}</Events>\r\n\uFEFF{Declaration}<Events>{Event(2)}</Events>{Event(3)}";
        Assert.Equal(new[] { 1, 2, 3 }, Read(text).Select(found => found.Id));
    }

    public static TheoryData<string, byte[]> Encodings()
    {
        string text = "<Events>" + Event(31002, "anna \u00e9\u20ac") + "</Events>";
        TheoryData<string, byte[]> data = new();
        void Add(string name, Encoding encoding, string declared, bool mark) => data.Add(
            name,
            (mark ? encoding.GetPreamble() : Array.Empty<byte>())
                .Concat(encoding.GetBytes(declared.Length == 0 ? text : $"<?xml version='1.0' encoding='{declared}'?>{text}")).ToArray());
        foreach (string declared in new[] { "", "utf-8", "utf-16", "windows-1252", "no-such-encoding" })
        {
            Add("UTF-8 declared " + declared, new UTF8Encoding(true), declared, false);
            Add("UTF-8 with mark declared " + declared, new UTF8Encoding(true), declared, true);
            Add("UTF-16 LE declared " + declared, new UnicodeEncoding(false, true), declared, false);
            Add("UTF-16 LE with mark declared " + declared, new UnicodeEncoding(false, true), declared, true);
            Add("UTF-16 BE declared " + declared, new UnicodeEncoding(true, true), declared, false);
            Add("UTF-16 BE with mark declared " + declared, new UnicodeEncoding(true, true), declared, true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Bytes_decide_the_encoding_never_the_declaration(string encoding, byte[] content)
    {
        WritebackEvent found = Assert.Single(ReadBytes(content));
        Assert.True(found.Data == "anna \u00e9\u20ac", encoding);
    }

    [Fact]
    public void An_old_code_page_costs_letters_but_no_ids_codes_or_events()
    {
        byte[] content = Encoding.GetEncoding("iso-8859-1").GetBytes(
            "<Events>" + Event(33004, "\u00e9chec\u00e9 hr=80230626, \u00e0\u00e9") + Event(31002, "\u00ff") + "</Events>");
        List<WritebackEvent> found = ReadBytes(content);
        Assert.Equal(new[] { 33004, 31002 }, found.Select(one => one.Id));
        Assert.Equal("\uFFFDchec\uFFFD hr=80230626, \uFFFD\uFFFD", found[0].Data);
    }

    [Theory]
    [InlineData("a\u0000b", "a\uFFFDb")]
    [InlineData("a\u0001\u0008\u000b\u001fb", "a\uFFFD\uFFFD\uFFFD\uFFFDb")]
    [InlineData("a\uFFFEb", "a\uFFFDb")]
    [InlineData("a&#x0;b&#0;c&#x1F;d&#xFFFF;e&#xD800;f&#1114112;g", "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\uFFFDg")]
    [InlineData("a&#xD;&#xA;b&#13;&#10;c&#x41;&#x1F600;", "a\r\nb\r\ncA\U0001F600")]
    [InlineData("a & b &nbsp; &#xZZ; &#; c", "a \uFFFD b \uFFFDnbsp; \uFFFD \uFFFD c")]
    [InlineData("&lt;!DOCTYPE x&gt;&quot;&apos;&amp;amp;", "<!DOCTYPE x>\"'&amp;")]
    [InlineData("<![CDATA[<Event> & ]] <!DOCTYPE ]]]>!", "<Event> & ]] <!DOCTYPE ]!")]
    [InlineData("a<!-- <Event> -- -> -->b<?pi <Event> ?>c", "abc")]
    [InlineData(" \r\n a \n", " \n a \n")]
    public void Replaces_what_XML_forbids_and_keeps_the_rest(string written, string read) =>
        Assert.Equal(read, Assert.Single(Read(Event(1, written))).Data);

    [Fact]
    public void Attributes_are_cleaned_too()
    {
        string text = Event(31002).Replace("<Security/>", "<Security UserID='a&#x0;>/>' Other=\"'/>&bad;\u0001\"/>");
        Assert.Equal(31002, Assert.Single(Read("<Events>" + text + "</Events>")).Id);
        Assert.False(_summary.Truncated);
    }

    [Theory]
    [InlineData("2021-08-10T19:10:29.0000000Z", 0)]
    [InlineData("2021-08-10T19:10:29.000000000Z", 0)]
    [InlineData("2021-08-10T19:10:29.123456700Z", 1234567)]
    [InlineData("2021-08-10T19:10:29.123Z", 1230000)]
    [InlineData("2021-08-10T19:10:29Z", 0)]
    [InlineData("2021-08-10T21:10:29+02:00", 0)]
    [InlineData("2021-08-10T19:10:29", 0)]
    public void Reads_times_of_all_editions(string written, long ticks)
    {
        DateTimeOffset expected = new DateTimeOffset(2021, 8, 10, 19, 10, 29, TimeSpan.Zero).AddTicks(ticks);
        Assert.Equal(expected, Assert.Single(Read(Event(1).Replace("2026-03-02T08:15:30.0000000Z", written))).Time);
    }

    [Fact]
    public void Joins_several_texts_and_reads_user_data_but_never_the_rendering()
    {
        string rendering = "<RenderingInfo Culture='fr-FR'><Message>33004 hr=80230626</Message><Level>Erreur</Level>"
            + "<Provider>ADSync</Provider><System><EventID>9</EventID></System></RenderingInfo>";
        string system = SystemOf("ADSync", "6329");
        List<WritebackEvent> found = Read(
            $"<Events><Event xmlns='{Namespace}'>{rendering}{system}"
            + $"<EventData Name='x'><Data>one</Data><Data/><Data Name='n'>tw<b>o</b></Data><More>no</More><Binary>00</Binary>"
            + $"</EventData></Event>"
            + $"<Event>{system}<UserData><u:x xmlns:u='urn:u'><a>one</a><Event>two</Event></u:x></UserData>{rendering}</Event>"
            + $"<Event>{system}<EventData></EventData></Event><Event>{system}</Event></Events>");
        Assert.Equal(new[] { "one\n\ntwo", "one\ntwo", "", "" }, found.Select(one => one.Data));
        Assert.All(found, one => Assert.Equal((6329, 0), (one.Id, one.Level)));
    }

    [Fact]
    public void Counts_what_it_passes_over()
    {
        string text = "<Events>" + Event(31019)
            + Event(1).Replace("PasswordResetService", "Directory Synchronization").Replace("2026-03-02", "2026-03-04")
            + Event(1).Replace("PasswordResetService", "MSSQLSERVER").Replace("2026-03-02", "2026-02-27")
            + "<Event/><Event>text</Event>"
            + Event(1).Replace("<EventID Qualifiers='0'>1</EventID>", string.Empty)
            + Event(1).Replace("<EventID Qualifiers='0'>1</EventID>", "<EventID>70000</EventID>")
            + Event(1).Replace("2026-03-02T08:15:30.0000000Z", "yesterday")
            + Event(1).Replace("<Provider Name='PasswordResetService'/>", string.Empty)
            + "</Events>";
        Assert.Equal(31019, Assert.Single(Read(text)).Id);
        Assert.Equal((1L, 2L, 6L, false), (_summary.Taken, _summary.Other, _summary.Malformed, _summary.Truncated));
        Assert.Equal(new DateTimeOffset(2026, 2, 27, 8, 15, 30, TimeSpan.Zero), _summary.Oldest);
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 8, 15, 30, TimeSpan.Zero), _summary.Newest);
    }

    [Fact]
    public void A_source_with_a_manifest_is_known_by_its_old_name()
    {
        string text = Event(6329).Replace("Name='PasswordResetService'", "Name='Some-New-Name' Guid='{0}' EventSourceName='adsync'");
        Assert.Equal("ADSync", Assert.Single(Read(text)).Provider);
    }

    [Fact]
    public void Optional_children_may_be_missing()
    {
        WritebackEvent found = Assert.Single(Read("<Event><System><TimeCreated SystemTime='2026-03-02T08:15:30Z'/><Unknown><x/></Unknown>"
            + "<EventID> 31019 </EventID><Provider Name='PasswordResetService'/></System></Event>"));
        Assert.Equal((31019, 0, null, "", ""), (found.Id, found.Level, found.RecordId, found.Computer, found.Data));
    }

    [Fact]
    public void Wherever_the_file_breaks_off_the_events_before_are_read_and_the_break_is_told()
    {
        string whole = Declaration + "<Events>" + Event(1) + "<!-- c -->" + Event(2, "a&#x41;<![CDATA[b]]>&amp;") + "</Events>";
        int firstEnds = whole.IndexOf("</Event>", StringComparison.Ordinal) + "</Event>".Length;
        int secondEnds = whole.LastIndexOf("</Event>", StringComparison.Ordinal) + "</Event>".Length;
        for (int length = whole.IndexOf("<Events>", StringComparison.Ordinal) + 1; length < whole.Length; length++)
        {
            EventReadSummary summary = new();
            List<WritebackEvent> found = ReadBytes(Encoding.UTF8.GetBytes(whole.Substring(0, length)), summary);
            int expected = length < firstEnds ? 0 : length < secondEnds ? 1 : 2;
            bool right = expected == found.Count && summary.Truncated && summary.Taken == expected;
            Assert.True(right, $"at {length}: ...{whole.Substring(length - 1)}");
        }
    }

    [Fact]
    public void Without_a_root_a_file_that_ends_between_events_is_whole()
    {
        Assert.Single(Read(Event(1) + "\r\n"));
        Assert.False(_summary.Truncated);
        Assert.Single(Read(Event(1) + "\r\n<"));
        Assert.True(_summary.Truncated);
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html></html>")]
    [InlineData("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'y'>]><Events>&x;</Events>")]
    [InlineData("<Events><!ENTITY x SYSTEM 'file:///etc/passwd'></Events>")]
    public void Document_types_are_refused(string text) => Assert.Equal("EventLogForbidden", Failure(text).Id);

    [Theory]
    [InlineData("Event[0]:\r\n  Log Name: Application\r\n")]
    [InlineData("Level,Date and Time,Source,Event ID\r\n")]
    [InlineData("PK\u0003\u0004")]
    [InlineData("{\"Id\":31019}")]
    [InlineData("<html><body><p>no</p></body></html>")]
    [InlineData("<Events><Event></Events>")]
    [InlineData("<Events></Event>")]
    [InlineData("<<Event>")]
    public void What_is_no_export_of_events_is_named_so(string text)
    {
        PasswordOpsException failure = Failure(text);
        Assert.Equal("EventLogNotXml", failure.Id);
        Assert.Contains("wevtutil", failure.Advice);
    }

    [Fact]
    public void A_binary_log_is_named_and_the_way_to_XML_is_shown()
    {
        PasswordOpsException failure = Failure("ElfFile\0\0\0\0\0\0\0\0\0");
        Assert.Equal("EventLogNotXml", failure.Id);
        Assert.Contains(".evtx", failure.Message);
        Assert.Contains("/lf:true", failure.Advice);
    }

    [Fact]
    public void Damage_in_the_middle_ends_reading_after_the_events_before_it()
    {
        string after = string.Concat(Enumerable.Repeat(Event(2), 100));
        string path = Write(Encoding.UTF8.GetBytes("<Events>" + Event(1) + "<Event><System></Event>" + after + "</Events>"));
        List<int> seen = new();
        PasswordOpsException failure = Assert.Throws<PasswordOpsException>(() =>
        {
            foreach (WritebackEvent found in new XmlEventSource().Read(path, _summary, CancellationToken.None))
            {
                seen.Add(found.Id);
            }
        });
        Assert.Equal("EventLogNotXml", failure.Id);
        Assert.Contains("after 1 events", failure.Message);
        Assert.Equal(new[] { 1 }, seen);
        Assert.False(_summary.Truncated);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\r\n")]
    [InlineData("<Events></Events>")]
    [InlineData("<Root/>")]
    public void An_export_without_events_is_none_the_worse(string text)
    {
        Assert.Empty(Read(text));
        Assert.Equal((0L, 0L, 0L, false), (_summary.Taken, _summary.Other, _summary.Malformed, _summary.Truncated));
        Assert.Null(_summary.Newest);
    }

    [Fact]
    public void A_bottomless_nesting_a_boundless_tag_and_a_boundless_text_do_not_eat_memory()
    {
        Assert.Equal("EventLogNotXml", Failure(string.Concat(Enumerable.Repeat("<a>", 100_000))).Id);
        Assert.Equal("EventLogNotXml", Failure("<Events a='" + new string('x', 200_000) + "'></Events>").Id);
        WritebackEvent found = Assert.Single(Read(Event(1, new string('x', 5_000_000))));
        Assert.InRange(found.Data.Length, 32_768, 200_000);
    }

    [Fact]
    public void A_file_that_is_not_there_or_not_a_file_is_named_so()
    {
        Assert.Equal("EventLogNotFound", FailureOf(Path.Combine(_folder, "none.xml")).Id);
        Assert.Equal("EventLogNotFound", FailureOf(string.Empty).Id);
        Assert.Equal("EventLogUnreadable", FailureOf(_folder).Id);
    }

    [Fact]
    public void Stops_when_told()
    {
        string path = Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Event(31019), 1_000))));
        using CancellationTokenSource source = new();
        int seen = 0;
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (WritebackEvent found in new XmlEventSource().Read(path, _summary, source.Token))
            {
                if (++seen == 3)
                {
                    source.Cancel();
                }
            }
        });
        Assert.Equal(3, seen);
    }

    [Fact]
    public void The_sample_of_the_documentation_shows_a_connector_account_without_rights()
    {
        DateTimeOffset then = new(2026, 8, 17, 8, 0, 0, TimeSpan.Zero);
        WritebackHealthReport report = WritebackHealth.Evaluate(
            new XmlEventSource().Read(Sample("writeback-events.xml"), _summary, CancellationToken.None), _summary, then);
        Assert.Equal((0L, 0L, false), (_summary.Other, _summary.Malformed, _summary.Truncated));
        Assert.Equal("writeback.errors", report.WeakestLink!.Id);
        Assert.Contains("80230626", report.Headline);
        Assert.Equal(Verdict.Pass, Assert.Single(report.Checks, check => check.Id == "writeback.heartbeat").Verdict);
    }

    [Fact]
    public void A_large_export_is_read_as_a_stream()
    {
        string path = Path.Combine(_folder, "large.xml");
        string[] kinds = { Event(31019), Event(31002, "x&#xD;&#xA;y"), Event(1).Replace("PasswordResetService", "Other") };
        using (StreamWriter writer = new(path, false, Encoding.Unicode))
        {
            writer.Write("<Events>");
            for (int i = 0; i < 30_000; i++)
            {
                writer.Write(kinds[i % 3]);
            }

            writer.Write("</Events>");
        }

        long before = GC.GetTotalMemory(forceFullCollection: true);
        long highest = before;
        int seen = 0;
        foreach (WritebackEvent found in new XmlEventSource().Read(path, _summary, CancellationToken.None))
        {
            Assert.Equal(seen % 2 == 0 ? 31019 : 31002, found.Id);
            if (++seen % 5_000 == 0)
            {
                highest = Math.Max(highest, GC.GetTotalMemory(forceFullCollection: true));
            }
        }

        Assert.Equal(20_000, seen);
        Assert.Equal((20_000L, 10_000L), (_summary.Taken, _summary.Other));
        Assert.InRange(highest - before, long.MinValue, 12_000_000);
    }

    private static string SystemOf(string provider, string id) =>
        $"<System><Provider Name='{provider}'/><EventID Qualifiers='0'>{id}</EventID>"
        + "<TimeCreated SystemTime='2026-03-02T08:15:30.0000000Z'/><Channel>Application</Channel>"
        + "<Computer>sync01.contoso.com</Computer><Security/></System>";

    private static string Event(int id, string data = "text") =>
        $"<Event xmlns='{Namespace}'>{SystemOf("PasswordResetService", id.ToString())}<EventData><Data>{data}</Data></EventData></Event>";

    private string Write(byte[] content)
    {
        string path = Path.Combine(_folder, "events.xml");
        File.WriteAllBytes(path, content);
        return path;
    }

    private List<WritebackEvent> Read(string text) => ReadBytes(new UTF8Encoding(false).GetBytes(text));

    private List<WritebackEvent> ReadBytes(byte[] content, EventReadSummary? summary = null) =>
        new XmlEventSource().Read(Write(content), summary ?? _summary, CancellationToken.None).ToList();

    private PasswordOpsException Failure(string text) => FailureOf(Write(new UTF8Encoding(false).GetBytes(text)));

    private PasswordOpsException FailureOf(string path) =>
        Assert.Throws<PasswordOpsException>(() => new XmlEventSource().Read(path, _summary, CancellationToken.None).ToList());

    private static string Sample(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PasswordOps.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "docs", "samples", name);
    }
}
