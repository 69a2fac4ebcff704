using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Core.Tests.Writeback.Rights;

public class SecurityDescriptorTests
{
    private const string VectorSddl = "O:BAG:BAD:(OA;CIIO;CR;00299570-246d-11d0-a768-00aa006e0529;bf967aba-0de6-11d0-a285-00aa003049e2;"
        + "S-1-5-21-1-2-3-1104)(OA;CI;CR;ccc2dc7d-a6ad-4a7a-8846-c04e3cc53501;;S-1-5-21-1-2-3-1104)(A;;RP;;;WD)";

    internal static readonly byte[] Vector = Hex(
        "01000480 14000000 24000000 00000000 34000000"
        + "01020000000000052000000020020000 01020000000000052000000020020000 04009c0003000000"
        + "050a4800 00010000 03000000 709529006d24d011a76800aa006e0529 ba7a96bfe60dd011a28500aa003049e2"
        + "010500000000000515000000010000000200000003000000 50040000"
        + "05023800 00010000 01000000 7ddcc2ccada67a4a8846c04e3cc53501"
        + "010500000000000515000000010000000200000003000000 50040000"
        + "00001400 10000000 010100000000000100000000");

    [Fact]
    public void A_descriptor_that_another_program_wrote_is_read_to_the_last_bit()
    {
        Assert.Equal(208, Vector.Length);
        SecurityDescriptor read = Read(Vector);
        Assert.Equal("S-1-5-32-544", read.Owner!.ToString());
        Assert.Equal("S-1-5-32-544", read.Group!.ToString());
        Assert.False(read.IsProtected);
        Assert.True(read.IsInOrder);
        Assert.Equal(VectorSddl, read.ToString());
        Assert.Equal(3, read.Dacl!.Count);
        Assert.Equal(DirectoryIds.ResetPassword, read.Dacl[0].ObjectType);
        Assert.Equal(DirectoryIds.User, read.Dacl[0].InheritedObjectType);
        Assert.Equal(DirectoryIds.UnexpirePassword, read.Dacl[1].ObjectType);
        Assert.Null(read.Dacl[1].InheritedObjectType);
        Assert.Equal(AceFlags.ContainerInherit | AceFlags.InheritOnly, read.Dacl[0].Flags);
        Assert.Equal(Vector, read.ToBytes());
    }

    [Fact]
    public void Its_text_makes_the_same_bytes() =>
        Assert.Equal(Vector, Sddl.TryRead(VectorSddl, null, null)!.ToBytes());

    [Fact]
    public void Its_answers_are_those_of_the_rules()
    {
        Identities who = Cast.Who();
        SecurityDescriptor read = Read(Vector);
        Assert.Equal(RightOutcome.NotGranted, Cast.Ask(read, DirectoryRight.ResetPassword, who).Outcome);
        Assert.Equal(RightCause.OtherObjects, Cast.Ask(read, DirectoryRight.ResetPassword, who).Cause);
        RightAnswer unexpire = Cast.Ask(read, DirectoryRight.UnexpirePassword, who);
        Assert.Equal((RightOutcome.Granted, 1), (unexpire.Outcome, unexpire.Index!.Value));
        Assert.Equal(RightOutcome.NotGranted, Cast.Ask(read, DirectoryRight.WriteLockoutTime, who).Outcome);
        Assert.Equal(RightOutcome.NotGranted, Cast.Ask(read, DirectoryRight.WritePasswordLastSet, who).Outcome);
    }

    [Fact]
    public void Generated_lists_are_in_order_and_survive_being_written()
    {
        GeneratedLists(seed: 5, count: 200, (dacl, _) =>
        {
            SecurityDescriptor made = SecurityDescriptor.Of(Cast.Stranger, Cast.Stranger, dacl);
            Assert.True(made.IsInOrder);
            SecurityDescriptor read = Read(made.ToBytes());
            Assert.Equal(made.ToString(), read.ToString());
            Assert.Equal(made.ToBytes(), Sddl.TryRead(made.ToString(), null, null)!.ToBytes());
        });
    }

    internal static void GeneratedLists(int seed, int count, Action<IReadOnlyList<Ace>, int> take)
    {
        string[] trustees = Cast.Trustees.Concat(Cast.Strangers).Select(sid => sid.ToString()).Append("PS").ToArray();
        PasswordOps.Tests.Shared.GeneratedDescriptors generator = new(seed, trustees);
        for (int i = 0; i < count; i++)
        {
            // In canonical order: own entries before inherited ones, those that deny first, simple ones before those with an object type.
            IReadOnlyList<Ace> entries = Sddl.TryRead(generator.Next(), Cast.Domain, Cast.Domain)!.Dacl!;
            take(entries.OrderBy(ace => ace.IsInherited).ThenBy(ace => ace.Allows).ThenBy(ace => ace.IsObject).ToArray(), i);
        }
    }

    internal static byte[] Hex(string text)
    {
        string digits = text.Replace(" ", string.Empty);
        return Enumerable.Range(0, digits.Length / 2)
            .Select(i => byte.Parse(digits.Substring(2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            .ToArray();
    }

    internal static SecurityDescriptor Read(byte[] bytes)
    {
        SecurityDescriptor? read = SecurityDescriptor.TryRead(bytes, out string? fault);
        Assert.Null(fault);
        return read!;
    }
}
