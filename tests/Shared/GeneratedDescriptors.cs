using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Tests.Shared;

/// <summary>
/// Makes lists of entries of the kinds about which the published rules and Samba agree: no control access without a right's own id (Samba
/// makes it write access), no OWNER RIGHTS, no conditions, no empty ids. Made again from the same seed they are the same.
/// </summary>
internal sealed class GeneratedDescriptors
{
    private const int MostEntries = 9;

    private static readonly Guid User = new("bf967aba-0de6-11d0-a285-00aa003049e2");
    private static readonly Guid Computer = new("bf967a86-0de6-11d0-a285-00aa003049e2");
    private static readonly Guid ResetPassword = new("00299570-246d-11d0-a768-00aa006e0529");
    private static readonly Guid ChangePassword = new("ab721a53-1e2f-11d0-9819-00aa0040529b");

    // pwdLastSet, lockoutTime, User-Account-Restrictions, user; and as bystanders telephoneNumber and Personal-Information.
    private static readonly Guid[] Writable =
    {
        new("bf967a0a-0de6-11d0-a285-00aa003049e2"), new("28630ebf-41d5-11d1-a9c1-0000f80367c1"),
        new("4c164200-20c0-11d0-a768-00aa006e0529"), User, new("bf967a49-0de6-11d0-a285-00aa003049e2"),
        new("77b5b886-944a-11d1-aebd-0000f80367c1"),
    };

    // Read property; write property; control access; the two; generic write; generic all; read control with list contents.
    private static readonly uint[] SimpleMasks = { 0x10, 0x20, 0x100, 0x120, 0x4000_0000, 0x1000_0000, 0x2_0004, 0x30, 0x130 };

    private readonly Random random;
    private readonly IReadOnlyList<SecurityId> trustees;
    private readonly IReadOnlyList<SecurityId> strangers;

    /// <param name="seed">Of the random numbers.</param>
    /// <param name="trustees">Identities of the account that will be asked about: itself, its groups, S-1-5-11, S-1-1-0, S-1-5-2,
    /// S-1-5-32-554, S-1-5-32-545.</param>
    /// <param name="strangers">Identities that it does not have. SELF is added.</param>
    public GeneratedDescriptors(int seed, IReadOnlyList<SecurityId> trustees, IReadOnlyList<SecurityId> strangers)
    {
        random = new Random(seed);
        this.trustees = trustees;
        this.strangers = strangers.Append(SecurityId.TryParse("S-1-5-10")!).ToArray();
    }

    /// <summary>Entries to put on a user itself, in canonical order. Some are inherit-only and have no effect there.</summary>
    public IReadOnlyList<Ace> OfUser() => Canonical(Enumerable.Range(0, random.Next(1, MostEntries)).Select(_ => OneOfUser()));

    /// <summary>Entries to put on the organizational unit above, in canonical order: the domain controller passes them on.</summary>
    public IReadOnlyList<Ace> OfContainer() => Canonical(Enumerable.Range(0, random.Next(1, MostEntries)).Select(_ => OneOfContainer()));

    /// <summary>Own entries before inherited ones, those that deny first, simple ones before those with an object type.</summary>
    public static IReadOnlyList<Ace> Canonical(IEnumerable<Ace> entries) => entries
        .OrderBy(ace => ace.IsInherited)
        .ThenBy(ace => ace.Allows)
        .ThenBy(ace => ace.IsObject)
        .ToArray();

    private Ace OneOfUser()
    {
        AceFlags flags = random.Next(6) switch
        {
            0 => AceFlags.ContainerInherit,
            1 => AceFlags.ContainerInherit | AceFlags.InheritOnly,
            _ => AceFlags.None,
        };
        return One(flags, null);
    }

    private Ace OneOfContainer()
    {
        AceFlags flags = random.Next(6) switch
        {
            0 => AceFlags.None,
            1 => AceFlags.ContainerInherit | AceFlags.NoPropagate,
            2 or 3 => AceFlags.ContainerInherit | AceFlags.InheritOnly,
            _ => AceFlags.ContainerInherit,
        };
        return One(flags, random.Next(4) switch { 0 => Computer, 1 => null, _ => User });
    }

    private Ace One(AceFlags flags, Guid? inheritedBy)
    {
        bool allows = random.Next(5) < 3;
        SecurityId sid = random.Next(4) == 0 ? Pick(strangers) : Pick(trustees);
        int kind = random.Next(10);
        if (kind < 3 && inheritedBy is null)
        {
            return Ace.Of(allows ? AceType.Allow : AceType.Deny, flags, Pick(SimpleMasks), null, null, sid);
        }

        AceType type = allows ? AceType.AllowObject : AceType.DenyObject;
        return kind switch
        {
            < 6 => Ace.Of(type, flags, 0x100, random.Next(4) == 0 ? ChangePassword : ResetPassword, inheritedBy, sid),
            6 => Ace.Of(type, flags, 0x20, null, inheritedBy, sid),
            _ => Ace.Of(type, flags, random.Next(2) == 0 ? 0x20u : 0x30u, Pick(Writable), inheritedBy, sid),
        };
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
