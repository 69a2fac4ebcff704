using System;
using System.Linq;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Core.Tests.Writeback.Rights;

/// <summary>One thing wrong at a time, in the descriptor that is right otherwise.</summary>
public class MalformedDescriptorTests
{
    private const int DaclAt = 0x34;
    private const int FirstEntry = DaclAt + 8;
    private const int LastEntry = FirstEntry + 0x48 + 0x38;

    [Theory]
    [InlineData(0, 2)] // revision
    [InlineData(3, 0x00)] // not self-relative
    [InlineData(4, 19)] // owner inside the head
    [InlineData(4, 207)] // owner at the last byte
    [InlineData(5, 0x10)] // owner beyond the end
    [InlineData(8, 1)] // group inside the head
    [InlineData(12, 12)] // audit list inside the head
    [InlineData(19, 0x80)] // list at two billion
    [InlineData(0x14, 2)] // revision of a SID
    [InlineData(0x15, 16)] // a SID of sixteen parts
    [InlineData(DaclAt + 2, 7)] // list shorter than its head
    [InlineData(DaclAt + 3, 1)] // list longer than the value
    [InlineData(DaclAt + 4, 4)] // an entry more than there are
    [InlineData(FirstEntry + 2, 3)] // entry shorter than its head
    [InlineData(FirstEntry + 2, 0x30)] // entry shorter than what it must hold
    [InlineData(FirstEntry + 3, 1)] // entry longer than the list
    [InlineData(FirstEntry + 45, 15)] // SID longer than its entry
    [InlineData(LastEntry + 2, 0x10)] // last entry too short for its SID
    public void Every_check_finds_its_fault(int at, byte value)
    {
        byte[] bytes = (byte[])SecurityDescriptorTests.Vector.Clone();
        bytes[at] = value;
        Assert.Null(SecurityDescriptor.TryRead(bytes, out string? fault));
        Assert.False(string.IsNullOrEmpty(fault));
    }

    [Fact]
    public void Cut_short_anywhere_it_is_malformed()
    {
        for (int length = 0; length < SecurityDescriptorTests.Vector.Length; length++)
        {
            Assert.Null(SecurityDescriptor.TryRead(SecurityDescriptorTests.Vector.Take(length).ToArray(), out string? fault));
            Assert.NotNull(fault);
        }
    }

    [Fact]
    public void Space_behind_the_last_entry_is_borne_and_a_revision_of_the_list_is_not_looked_at()
    {
        byte[] bytes = SecurityDescriptorTests.Vector.Concat(new byte[8]).ToArray();
        bytes[DaclAt] = 2;
        bytes[DaclAt + 2] += 8;
        Assert.Equal(3, SecurityDescriptorTests.Read(bytes).Dacl!.Count);
    }

    [Fact]
    public void The_rights_control_byte_is_borne() =>
        Assert.Equal(3, SecurityDescriptorTests.Read(With(1, 1)).Dacl!.Count);

    [Fact]
    public void Without_the_mark_or_the_offset_there_is_no_list()
    {
        Assert.Null(SecurityDescriptorTests.Read(With(2, 0x00)).Dacl);
        Assert.Null(SecurityDescriptorTests.Read(With(16, 0)).Dacl);
    }

    [Theory]
    [InlineData(0x02)]
    [InlineData(0x04)]
    [InlineData(0x07)]
    [InlineData(0x11)]
    [InlineData(0x14)]
    [InlineData(0xFF)]
    public void Entries_of_types_that_decide_nothing_are_stepped_over_by_their_size_and_told(byte type)
    {
        SecurityDescriptor read = SecurityDescriptorTests.Read(With(FirstEntry, type));
        Assert.Equal((3, 1), (read.Dacl!.Count, read.SteppedOver));
        Assert.Contains("type 0x", read.ToString());
        Assert.Equal(RightOutcome.Granted, Cast.Ask(read, DirectoryRight.UnexpirePassword).Outcome);
    }

    [Fact]
    public void A_protected_list_says_so()
    {
        SecurityDescriptor read = SecurityDescriptorTests.Read(With(3, 0x90));
        Assert.True(read.IsProtected);
        Assert.Contains("D:P(", read.ToString());
    }

    [Theory]
    [InlineData("S-1-5-21-1-2-3-1104", "S-1-5-21-1-2-3-1104")]
    [InlineData("s-1-5-32-544", "S-1-5-32-544")]
    [InlineData("S-1-0x5-18", "S-1-5-18")]
    [InlineData("S-1-0x100000000-1", "S-1-0x000100000000-1")]
    [InlineData("S-1-5", "S-1-5")]
    [InlineData("S-1-5-4294967295", "S-1-5-4294967295")]
    [InlineData("S-1-5-4294967296", null)]
    [InlineData("S-2-5-1", null)]
    [InlineData("S-1", null)]
    [InlineData("S-1-5--1", null)]
    [InlineData("S-1-5-+1", null)]
    [InlineData("S-1-5-1 ", null)]
    [InlineData("S-1-0x1000000000000-1", null)]
    [InlineData("S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void An_identifier_is_read_and_written(string? text, string? written)
    {
        SecurityId? sid = SecurityId.TryParse(text);
        Assert.Equal(written, sid?.ToString());
        if (sid is not null)
        {
            Assert.Equal(sid, SecurityId.TryRead(sid.ToBytes()));
            Assert.Equal(sid.GetHashCode(), SecurityId.TryRead(sid.ToBytes())!.GetHashCode());
            Assert.Null(SecurityId.TryRead(sid.ToBytes().Concat(new byte[1]).ToArray()));
        }
    }

    [Theory]
    [InlineData("D:(A;;CR;;;C)")]
    [InlineData("D:(A;;QQ;;;AU)")]
    [InlineData("D:(A;;C;;;AU)")]
    [InlineData("D:(A;XX;CR;;;AU)")]
    [InlineData("D:(A;;CR;00299570-246d-11d0-a768-00aa006e0529;;AU)")]
    [InlineData("D:(XA;;CR;;;AU;(@User.a==1))")]
    [InlineData("D:(A;;CR;;;AU")]
    [InlineData("D:X(A;;CR;;;AU)")]
    [InlineData("(A;;CR;;;AU)")]
    [InlineData("D:(A;;CR;;;AU)junk")]
    [InlineData("O:QQD:(A;;CR;;;AU)")]
    public void Text_that_is_not_understood_is_no_descriptor(string text) => Assert.Null(Sddl.TryRead(text, Cast.Domain, Cast.Domain));

    private static byte[] With(int at, byte value)
    {
        byte[] bytes = (byte[])SecurityDescriptorTests.Vector.Clone();
        bytes[at] = value;
        return bytes;
    }
}
