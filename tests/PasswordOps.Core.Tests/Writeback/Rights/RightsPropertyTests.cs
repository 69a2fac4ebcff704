#if NET
using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Core.Tests.Writeback.Rights;

public class RightsPropertyTests
{
    private static readonly DirectoryRight[] All = (DirectoryRight[])Enum.GetValues(typeof(DirectoryRight));

    private static readonly Gen<Ace> AnyEntry =
        from kind in Gen.Choose(0, 9)
        from condition in Gen.Frequency((8, Gen.Constant(false)), (1, Gen.Constant(true)))
        from allows in Gen.Elements(true, false)
        from flags in Gen.Elements(
            AceFlags.None, AceFlags.None, AceFlags.ContainerInherit, AceFlags.Inherited,
            AceFlags.ContainerInherit | AceFlags.InheritOnly, AceFlags.Inherited | AceFlags.ContainerInherit | AceFlags.InheritOnly)
        from mask in Gen.Elements(0u, 0x10u, 0x20u, 0x100u, 0x120u, 0x100u, 0x20u, 0x1000_0000u, 0x4000_0000u, 0x8000_0000u)
        from type in Gen.Elements<Guid?>(
            null, DirectoryIds.ResetPassword, DirectoryIds.ChangePassword, DirectoryIds.UnexpirePassword, DirectoryIds.LockoutTime,
            DirectoryIds.PasswordLastSet, DirectoryIds.AccountRestrictions, DirectoryIds.User, DirectoryIds.InetOrgPerson, Guid.Empty)
        from sid in Gen.Elements(
            Cast.Connector, Cast.Group, Cast.OuterGroup, WellKnown.Everyone, Cast.Stranger, WellKnown.CreatorOwner, WellKnown.Self,
            Cast.Anna, Cast.Sid("S-1-18-1"))
        select Ace.Of(
            kind < 3
                ? (condition ? (allows ? AceType.AllowConditional : AceType.DenyConditional) : allows ? AceType.Allow : AceType.Deny)
                : condition ? (allows ? AceType.AllowObjectConditional : AceType.DenyObjectConditional)
                : allows ? AceType.AllowObject : AceType.DenyObject,
            flags, mask, kind < 3 ? null : type, null, sid, condition ? new byte[] { 0x61, 0x72, 0x74, 0x78 } : null);

    private static readonly Gen<Ace[]> AnyList = Gen.ArrayOf(AnyEntry).Resize(7);

    [Fact]
    public void Whatever_the_bytes_reading_ends_with_a_descriptor_or_a_fault()
    {
        Gen<byte> any = Gen.Choose(0, 255).Select(value => (byte)value);
        Gen<byte[]> pure = Gen.ArrayOf(any);
        Gen<byte[]> headed = pure.Select(tail => SecurityDescriptorTests.Vector.Take(20).Concat(tail).ToArray());
        Gen<byte[]> mutated =
            from places in Gen.ArrayOf(Gen.Choose(0, SecurityDescriptorTests.Vector.Length - 1))
            from values in Gen.ArrayOf(any, places.Length)
            from length in Gen.Frequency((3, Gen.Constant(int.MaxValue)), (1, Gen.Choose(0, SecurityDescriptorTests.Vector.Length)))
            select Mutate(places, values).Take(length).ToArray();
        int whole = 0;
        Prop.ForAll(Gen.OneOf(pure, headed, mutated, mutated).ToArbitrary(), bytes =>
        {
            SecurityDescriptor? read = SecurityDescriptor.TryRead(bytes, out string? fault);
            if (read is null)
            {
                return fault is not null;
            }

            // What was believed can be judged, told and written, and reads the same again.
            whole++;
            Assert.NotNull(read.ToString());
            Assert.All(All, right => Cast.Ask(read, right));
            SecurityDescriptor again = SecurityDescriptorTests.Read(read.ToBytes());
            return again.ToString() == read.ToString() && All.All(right => Cast.Ask(again, right).Outcome == Cast.Ask(read, right).Outcome);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithEndSize(120));
        Assert.True(whole > 100, "hardly any descriptor was whole");
    }

    [Fact]
    public void The_answer_is_that_of_the_rules_written_down_a_second_time()
    {
        int certain = 0;
        int left = 0;
        Prop.ForAll(AnyList.ToArbitrary(), Gen.Elements(true, false).ToArbitrary(), (list, known) =>
        {
            Identities who = Cast.Who(groups: known);
            HashSet<string> held = new(who.Parts.Select(part => part.Sid.ToString()));
            HashSet<string> possible = new() { "S-1-18-1" };
            possible.UnionWith(known ? Array.Empty<string>() : Cast.Strangers.Concat(Cast.Trustees).Append(Cast.Anna)
                .Where(sid => sid.ToString() is not ("S-1-5-18" or "S-1-5-4" or "S-1-3-0")).Select(sid => sid.ToString()));
            SecurityDescriptor descriptor = SecurityDescriptorTests.Read(SecurityDescriptor.Of(Cast.Stranger, null, list).ToBytes());
            foreach (DirectoryRight right in All)
            {
                RightQuestion question = RightQuestion.Of(right, Cast.Schema);
                bool? expected = NaiveAccess.Ask(
                    list, question.Bit, new[] { question.Id!.Value, question.PropertySet ?? question.Id.Value }, DirectoryIds.User, held,
                    possible);
                RightOutcome answer = Cast.Ask(descriptor, right, who).Outcome;
                bool? given = answer == RightOutcome.Unknown ? null : answer == RightOutcome.Granted;

                // Two open questions that hang together may leave it Unknown where trying all worlds would not; never the other way.
                Assert.True(given is null || given == expected, $"{right} {descriptor}: {answer}, by the worlds {expected}");
                certain += expected is not null ? 1 : 0;
                left += given is null && expected is not null ? 1 : 0;
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
        Assert.True(left * 50 < certain, $"{left} of {certain} certain answers were left open");
    }

    [Fact]
    public void Entries_for_others_and_for_other_things_change_nothing()
    {
        Gen<Ace> unrelated = AnyEntry.Where(ace =>
            ace.IsInheritOnly || ace.Sid!.Equals(Cast.Stranger) || ace.Sid.Equals(WellKnown.CreatorOwner) || ace.Mask is 0 or 0x10
            || ace.ObjectType == DirectoryIds.ChangePassword || ace.ObjectType == DirectoryIds.InetOrgPerson);
        Prop.ForAll(AnyList.ToArbitrary(), unrelated.ToArbitrary(), Gen.Choose(0, 7).ToArbitrary(), (list, extra, place) =>
        {
            List<Ace> longer = list.ToList();
            longer.Insert(Math.Min(place, longer.Count), extra);
            return All.Where(right => right != DirectoryRight.ChangePassword).All(right =>
                Cast.Ask(SecurityDescriptor.Of(Cast.Stranger, null, list), right).Outcome
                == Cast.Ask(SecurityDescriptor.Of(Cast.Stranger, null, longer), right).Outcome);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void An_entry_that_covers_all_decides_when_it_comes_first()
    {
        Prop.ForAll(AnyList.ToArbitrary(), Gen.Elements(true, false).ToArbitrary(), (list, allows) =>
        {
            Ace first = Ace.Of(
                allows ? AceType.Allow : AceType.Deny, AceFlags.None, AccessMask.GenericAll, null, null, WellKnown.Everyone);
            SecurityDescriptor descriptor = SecurityDescriptor.Of(null, null, list.Prepend(first).ToArray());
            return All.All(right => Cast.Ask(descriptor, right).Outcome == (allows ? RightOutcome.Granted : RightOutcome.NotGranted));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void Lists_of_the_kinds_that_servers_agree_on_get_certain_answers()
    {
        int granted = 0;
        SecurityDescriptorTests.GeneratedLists(seed: 7, count: 2_000, (dacl, _) =>
        {
            SecurityDescriptor descriptor = SecurityDescriptor.Of(Cast.Stranger, null, dacl);
            foreach (DirectoryRight right in UserJudge.Required)
            {
                RightOutcome outcome = Cast.Ask(descriptor, right).Outcome;
                Assert.NotEqual(RightOutcome.Unknown, outcome);
                granted += outcome == RightOutcome.Granted ? 1 : 0;
            }
        });
        Assert.InRange(granted, 1_000, 5_000);
    }

    private static byte[] Mutate(int[] places, byte[] values)
    {
        byte[] bytes = (byte[])SecurityDescriptorTests.Vector.Clone();
        for (int i = 0; i < Math.Min(places.Length, 6); i++)
        {
            bytes[places[i]] = values[i];
        }

        return bytes;
    }
}
#endif
