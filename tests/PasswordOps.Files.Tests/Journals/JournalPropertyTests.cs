#if NET
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using PasswordOps.Core;
using PasswordOps.Core.Bulk;

namespace PasswordOps.Files.Tests.Journals;

public sealed class JournalPropertyTests : IDisposable
{
    private static readonly Gen<string> Text = Gen.ArrayOf(Gen.Frequency(
        (6, Gen.Choose(32, 126)),
        (1, Gen.Choose(0, 31)),
        (1, Gen.Elements(0xE9, 0x20AC, 0x2028, 0xFEFF, 0x202E)))).Select(codes => string.Concat(codes.Select(code => (char)code)));

    private static readonly Gen<JournalChange> Change =
        from field in Gen.Elements("Mobile", "AlternateMobile", "Office", "Email")
        from before in Gen.OneOf(Text, Gen.Constant<string>(null!))
        from after in Gen.OneOf(Text, Gen.Constant<string>(null!))
        select new JournalChange(field, "Replace", before, after);

    private static readonly Gen<JournalEntry> Entry = Gen.OneOf(
        from row in Gen.Choose(1, int.MaxValue)
        from user in Text
        from reason in Gen.OneOf(Text, Gen.Constant<string>(null!))
        from changes in Gen.ArrayOf(Change)
        select (JournalEntry)new JournalPlanned { At = JournalPlace.Now, Row = row, User = user, Reason = reason, Changes = changes },
        from change in Change
        from user in Text
        select (JournalEntry)new JournalSending
        {
            At = JournalPlace.Now, Row = 1, User = user, UserId = JournalPlace.UserId, Change = change,
        },
        from kind in Gen.Elements(Enum.GetValues<JournalOutcomeKind>())
        select (JournalEntry)JournalPlace.Outcome(1, kind));

    private readonly JournalPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void Whatever_the_entries_they_are_read_back()
    {
        Prop.ForAll(Gen.ArrayOf(Entry).ToArbitrary(), (JournalEntry[] entries) =>
        {
            File.Delete(_place.Path);
            _place.Write(entries);
            Assert.Equal(entries.Select(JournalPlace.Told), _place.Read());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void A_text_that_is_no_Unicode_harms_nothing()
    {
        _place.Write(JournalPlace.Planned(1, after: "+1 \ud800"), JournalPlace.Sending(2));

        Assert.Equal(JournalPlace.Told(JournalPlace.Sending(2)), _place.Read()[1]);
    }

    [Fact]
    public void Cut_at_any_byte_it_reads_as_a_prefix_of_its_entries_and_goes_on_from_there()
    {
        JournalEntry[] entries = JournalPlace.OfEveryKind();
        _place.Write(entries);
        List<string> all = entries.Select(JournalPlace.Told).ToList();
        byte[] whole = File.ReadAllBytes(_place.Path);
        int head = Array.IndexOf(whole, (byte)'\n');
        int longest = 0;
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(_place.Path, whole.Take(length).ToArray());
            if (length < head)
            {
                // No whole head: nothing was done yet.
                Assert.Equal("JournalBroken", _place.Failure().Id);
                continue;
            }

            List<string> read = _place.Read();
            Assert.Equal(all.Take(read.Count), read);
            Assert.InRange(read.Count, longest, longest + 1);
            longest = read.Count;
            if (length % 11 != 0 && whole[length] != '\n' && whole[length - 1] != '\n')
            {
                // Going on waits for the disk; it is tried around every line end and now and then between.
                continue;
            }

            using (IJournal next = _place.Files.Continue(_place.Path, null))
            {
                next.Append(new[] { JournalPlace.Sending(99) }, flush: false);
            }

            Assert.Equal(read.Append(JournalPlace.Told(JournalPlace.Sending(99))), _place.Read());
        }

        Assert.Equal(all.Count, longest);
    }

    [Fact]
    public void Changed_at_any_byte_it_is_broken_or_reads_as_before()
    {
        JournalEntry[] entries = JournalPlace.OfEveryKind();
        _place.Write(entries);
        List<string> all = entries.Select(JournalPlace.Told).ToList();
        byte[] whole = File.ReadAllBytes(_place.Path);
        var places = from at in Gen.Choose(0, whole.Length - 1)
                     from change in Gen.OneOf(Gen.Choose(1, 255), Gen.Elements(whole[at] ^ '\n', whole[at] ^ '}', whole[at] ^ '"'))
                     select (at, change);
        Prop.ForAll(places.ToArbitrary(), ((int At, int Change) place) =>
        {
            byte[] changed = (byte[])whole.Clone();
            changed[place.At] ^= (byte)place.Change;
            File.WriteAllBytes(_place.Path, changed);
            try
            {
                // Without its line break the last line is one that a crash cut off: it does not count.
                bool isLast = place.At == whole.Length - 1;
                Assert.Equal(isLast ? all.Take(all.Count - 1) : all, _place.Read());
            }
            catch (PasswordOpsException e)
            {
                Assert.Contains(e.Id, new[] { "JournalBroken", "JournalTooNew" });
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    [Fact]
    public void Whatever_the_bytes_it_is_no_journal()
    {
        Prop.ForAll(Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value)).ToArbitrary(), (byte[] content) =>
        {
            File.WriteAllBytes(_place.Path, content);
            Assert.Equal("JournalBroken", _place.Failure().Id);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }
}
#endif
