using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using PasswordOps.Core;
using PasswordOps.Core.Writeback;
#if NET
using FsCheck;
using FsCheck.Fluent;
#endif

namespace PasswordOps.OnPremises.Tests;

public sealed class EventShapeTests : IDisposable
{
    /// <summary>Ids that the documents of the product name, written down apart from the data file.</summary>
    private static readonly int[] Ids = Enumerable.Range(31001, 19).Concat(new[] { 31034, 31044 })
        .Concat(new[] { 32000, 32001, 32002, 32003, 32004, 32005, 32007, 32008, 32009, 32010, 32011, 32013, 32014, 32015 })
        .Concat(Enumerable.Range(33001, 9)).Concat(new[] { 6306, 6329, 6800 }).ToArray();

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "shapes-" + Guid.NewGuid().ToString("N"));

    public EventShapeTests() => Directory.CreateDirectory(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Containers()
    {
        TheoryData<string> data = new();
        foreach (string container in EventWriter.Containers)
        {
            data.Add(container);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public void Every_id_in_every_shape_is_read_and_explained(string container)
    {
        List<string> written = new();
        List<(int Id, string Shape)> expected = new();
        foreach (string shape in EventWriter.Shapes)
        {
            foreach (int id in Ids)
            {
                expected.Add((id, shape));
                written.Add(EventWriter.Event(shape, id < 10_000 ? "ADSync" : "PasswordResetService", id, Text(id), expected.Count));
                written.Add(EventWriter.Event(shape, "ESENT", id, Text(id), expected.Count));
            }
        }

        EventReadSummary summary = new();
        List<WritebackEvent> found = Read(EventWriter.File(container, written.ToArray()), summary);
        Assert.Equal(expected.Select(one => one.Id), found.Select(one => one.Id));
        Assert.Equal((expected.Count, expected.Count, 0L, false), (summary.Taken, summary.Other, summary.Malformed, summary.Truncated));
        for (int i = 0; i < found.Count; i++)
        {
            WritebackEventRecord record = WritebackEventRecord.Of(found[i], null);
            string what = $"{expected[i]} {container}: {record.Message}";
            Assert.True(record.Time == new DateTimeOffset(2026, 3, 2, 8, 15, 30, 123, TimeSpan.Zero), what);
            Assert.True(record.Server == "sync01.contoso.com" && record.RecordId == i + 1 && record.Level == 2, what);
            Assert.True(record.Group != WritebackEventGroup.Unlisted && record.Meaning.Length > 0, what);
            Assert.True((record.Name is null) == record.Id < 10_000, what);
            bool trouble = record.Group is WritebackEventGroup.Fail or WritebackEventGroup.Warn;
            Assert.True(!trouble || (record.Cause is not null && record.Fix is not null), what);
            Assert.True(record.Codes.Count == 1 && record.Codes[0].Code == "80230619", what);
            Assert.True(record.Id < 10_000 || record.TrackingId == Guid.Parse("11111111-2222-3333-4444-555555555555"), what);
            Assert.True(record.Id < 33_000 || record.User == "anna@contoso.com", what);
        }
    }

    [Theory]
    [InlineData("", " Name='ESENT'", ">1</EventID>", "2026-03-02T08:15:30Z", 1, 0)]
    [InlineData("", " Name='ESENT'", "/>", "2026-03-02T08:15:30Z", 0, 1)]
    [InlineData("", " Name='ESENT'", ">70000</EventID>", "2026-03-02", 0, 1)]
    [InlineData("", " Name='ESENT'", ">1</EventID>", "now", 0, 1)]
    [InlineData("", "", ">1</EventID>", "2026-03-02T08:15:30Z", 0, 1)]
    [InlineData("", " Guid='>' Name='&#x41;DSync'", ">1</EventID>", "2026-03-02", 0, 0)]
    [InlineData("", " Name='x>' EventSourceName='adsync'", ">1</EventID>", "2026-03-02", 0, 0)]
    [InlineData("<Provider Name='ADSync'/>", " Name='ESENT'", ">1</EventID>", "2026-03-02", 1, 0)]
    public void What_is_passed_over_at_a_glance_counts_as_what_is_read(
        string before, string provider, string id, string time, int other, int malformed)
    {
        EventReadSummary summary = new();
        int taken = other + malformed == 0 ? 1 : 0;
        string text = $"<Events><Event>{before}<System><Provider{provider}/><EventID{id}<TimeCreated SystemTime='{time}'/></System></Event>"
            + "                </Events>";
        Assert.Equal(taken, Read(Encoding.UTF8.GetBytes(text), summary).Count);
        Assert.Equal((taken, other, malformed), (summary.Taken, summary.Other, summary.Malformed));
        Assert.Equal(time == "now", summary.Newest is null);
    }

    [Theory]
    [InlineData("<!DOCTYPE a>")]
    [InlineData("<!ENTITY a 'b'>")]
    public void A_document_type_is_refused_also_within_events_of_others(string declaration)
    {
        string text = EventWriter.Event("classic", "ESENT", 1, "x").Replace("<EventData>", declaration + "<EventData>");
        PasswordOpsException failure = Assert.Throws<PasswordOpsException>(() => Read(EventWriter.File("events", text), new()));
        Assert.Equal("EventLogForbidden", failure.Id);
    }

    [Fact]
    public void An_event_larger_than_any_buffer_is_bounded_whoever_wrote_it()
    {
        EventReadSummary summary = new();
        string large = new('x', 1_000_000);
        List<WritebackEvent> found = Read(
            EventWriter.File(
                "events", EventWriter.Event("classic", "ESENT", 1, large), EventWriter.Event("classic", "ADSync", 6329, large),
                EventWriter.Event("classic", "ESENT", 2, "y")),
            summary);
        Assert.InRange(Assert.Single(found).Data.Length, 32_768, 200_000);
        Assert.Equal(2, summary.Other);
    }

    [Fact]
    public void An_event_that_a_subscriber_nests_is_not_taken_for_one_of_the_log()
    {
        EventReadSummary summary = new();
        string inner = EventWriter.Event("classic", "ESENT", 9, "inner");
        string outer = EventWriter.Event("classic", "ADSync", 6329, "x").Replace("<EventData>", $"<UserData>{inner}</UserData><EventData>");
        Assert.Equal(6329, Assert.Single(Read(EventWriter.File("events", outer), summary)).Id);
        Assert.Equal((1L, 0L), (summary.Taken, summary.Other));
    }

#if NET
    [Fact]
    public void Damage_anywhere_never_crashes_and_what_stands_before_it_survives()
    {
        Random shapes = new(7);
        string[] events = Enumerable.Range(0, 40)
            .Select(i => EventWriter.Event(
                EventWriter.Shapes[shapes.Next(EventWriter.Shapes.Length)], i % 3 == 0 ? "ESENT" : "PasswordResetService",
                31001 + i, "t", i))
            .ToArray();
        byte[] whole = EventWriter.File("viewer", events);
        Gen<(int At, int Kind, byte Value)> damage =
            from at in Gen.Choose(0, whole.Length - 1)
            from kind in Gen.Choose(0, 4)
            from value in Gen.Choose(0, 255)
            select (at, kind, (byte)value);
        Prop.ForAll(damage.ToArbitrary(), hurt =>
        {
            byte[] copy = Damaged(whole, hurt.At, hurt.Kind, hurt.Value);
            List<int> seen = new();
            string? error = null;
            try
            {
                foreach (WritebackEvent found in new XmlEventSource((string?)null).Read(Write(copy), new(), CancellationToken.None))
                {
                    seen.Add(found.Id);
                }
            }
            catch (PasswordOpsException e)
            {
                error = e.Id;
            }

            // Encodings are told from the beginning: damage there may cost everything. Elsewhere the events before it are there.
            int before = hurt.At < 8 ? 0 : Enumerable.Range(0, 40).Count(i => i % 3 != 0 && End(whole, events, i) <= hurt.At);
            int[] expected = Enumerable.Range(0, 40).Where(i => i % 3 != 0).Select(i => 31001 + i).Take(before).ToArray();
            return error is null or "EventLogNotXml" or "EventLogForbidden" && seen.Take(before).SequenceEqual(expected);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    [Fact]
    public void Bytes_of_any_kind_never_crash_it() => Prop.ForAll(
        Gen.ArrayOf(Gen.OneOf(
            Gen.Choose(0, 255).Select(value => new[] { (byte)value }),
            Gen.Elements(
                    "<Event>", "</Event>", "<System>", "<![CDATA[", "]]>", "<!--", "-->", "<?", "?>", "<!DOCTYPE", "&#x0;", "'", "\"",
                    "\uFEFF",
                    "<Provider Name='ADSync'/>", "<EventID>6329</EventID>", "<TimeCreated SystemTime='2026-03-02T08:15:30Z'/>", "</System>")
                .Select(Encoding.UTF8.GetBytes))).ToArbitrary(),
        parts =>
        {
            try
            {
                return Read(parts.SelectMany(part => part).ToArray(), new())
                    .TrueForAll(found => found.Provider == "ADSync");
            }
            catch (PasswordOpsException e)
            {
                return e.Id is "EventLogNotXml" or "EventLogForbidden";
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static byte[] Damaged(byte[] whole, int at, int kind, byte value)
    {
        List<byte> copy = whole.ToList();
        switch (kind)
        {
            case 0:
                copy.RemoveRange(at, copy.Count - at);
                break;
            case 1:
                copy[at] = value;
                break;
            case 2:
                copy.RemoveRange(at, Math.Min(value + 1, copy.Count - at));
                break;
            case 3:
                copy.Insert(at, value);
                break;
            default:
                copy.InsertRange(at, new byte[value]);
                break;
        }

        return copy.ToArray();
    }

    private static int End(byte[] whole, string[] events, int last)
    {
        int head = whole.Length - "</Events>".Length - events.Sum(text => Encoding.UTF8.GetByteCount(text));
        return head + events.Take(last + 1).Sum(text => Encoding.UTF8.GetByteCount(text));
    }

#endif

    private static string Text(int id) => id < 10_000
        ? "An unexpected error has occurred during a password set operation.\r\n\"BAIL: MMS(4712): x.cpp(12): 0x80230619 (A restriction)\""
        : "TrackingId: 11111111-2222-3333-4444-555555555555, Reason: Synchronization Engine returned an error hr=80230619, "
            + "message=<x & y>, "
            + "Context: cloudAnchor: User_6b1cbb4e-6d4e-4f0c-9f0e-3a5cbd1f2c11, SourceAnchorValue: AAECAwQFBgcICQoLDA0ODw==, "
            + "UserPrincipalName: anna@contoso.com, Details: x";

    private List<WritebackEvent> Read(byte[] content, EventReadSummary summary) =>
        new XmlEventSource((string?)null).Read(Write(content), summary, CancellationToken.None).ToList();

    private string Write(byte[] content)
    {
        string path = Path.Combine(_folder, "events.xml");
        File.WriteAllBytes(path, content);
        return path;
    }
}
