using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Identities that mean the same everywhere, and relative ids that mean the same in every domain.</summary>
internal static class WellKnown
{
    public const uint Administrator = 500;
    public const uint Guest = 501;
    public const uint KeyDistribution = 502;

    private const uint DomainAdmins = 512;
    private const uint EnterpriseAdmins = 519;

    private static readonly (string Sid, string Letters, string Name)[] Table =
    {
        ("S-1-1-0", "WD", "Everyone"),
        ("S-1-3-0", "CO", "CREATOR OWNER"),
        ("S-1-3-1", "CG", "CREATOR GROUP"),
        ("S-1-3-4", "OW", "OWNER RIGHTS"),
        ("S-1-5-2", "NU", "NETWORK"),
        ("S-1-5-4", "IU", "INTERACTIVE"),
        ("S-1-5-6", "SU", "SERVICE"),
        ("S-1-5-7", "AN", "ANONYMOUS LOGON"),
        ("S-1-5-9", "ED", "ENTERPRISE DOMAIN CONTROLLERS"),
        ("S-1-5-10", "PS", "SELF"),
        ("S-1-5-11", "AU", "Authenticated Users"),
        ("S-1-5-12", "RC", "RESTRICTED"),
        ("S-1-5-18", "SY", "SYSTEM"),
        ("S-1-5-19", "LS", "LOCAL SERVICE"),
        ("S-1-5-20", "NS", "NETWORK SERVICE"),
        ("S-1-5-32-544", "BA", "BUILTIN\\Administrators"),
        ("S-1-5-32-545", "BU", "BUILTIN\\Users"),
        ("S-1-5-32-546", "BG", "BUILTIN\\Guests"),
        ("S-1-5-32-548", "AO", "BUILTIN\\Account Operators"),
        ("S-1-5-32-549", "SO", "BUILTIN\\Server Operators"),
        ("S-1-5-32-550", "PO", "BUILTIN\\Print Operators"),
        ("S-1-5-32-551", "BO", "BUILTIN\\Backup Operators"),
        ("S-1-5-32-554", "RU", "BUILTIN\\Pre-Windows 2000 Compatible Access"),
    };

    private static readonly (string Letters, uint RelativeId, string Name)[] OfDomain =
    {
        ("LA", Administrator, "Administrator"), ("LG", Guest, "Guest"), ("DA", DomainAdmins, "Domain Admins"),
        ("DU", 513, "Domain Users"), ("DG", 514, "Domain Guests"), ("DC", 515, "Domain Computers"), ("DD", 516, "Domain Controllers"),
        ("CA", 517, "Cert Publishers"), ("PA", 520, "Group Policy Creator Owners"), ("CN", 522, "Cloneable Domain Controllers"),
        ("AP", 525, "Protected Users"), ("KA", 526, "Key Admins"), ("RS", 553, "RAS and IAS Servers"),
    };

    private static readonly (string Letters, uint RelativeId, string Name)[] OfForest =
    {
        ("RO", 498, "Enterprise Read-only Domain Controllers"), ("SA", 518, "Schema Admins"),
        ("EA", EnterpriseAdmins, "Enterprise Admins"), ("EK", 527, "Enterprise Key Admins"),
    };

    private static readonly Dictionary<SecurityId, (string Letters, string Name)> BySid =
        Table.ToDictionary(row => SecurityId.TryParse(row.Sid)!, row => (row.Letters, row.Name));

    private static readonly Dictionary<string, SecurityId> ByLetters =
        Table.ToDictionary(row => row.Letters, row => SecurityId.TryParse(row.Sid)!);

    public static SecurityId Everyone { get; } = Known("S-1-1-0");

    public static SecurityId CreatorOwner { get; } = Known("S-1-3-0");

    public static SecurityId CreatorGroup { get; } = Known("S-1-3-1");

    public static SecurityId OwnerRights { get; } = Known("S-1-3-4");

    public static SecurityId Network { get; } = Known("S-1-5-2");

    public static SecurityId DomainController { get; } = Known("S-1-5-9");

    /// <summary>Stands for an object that is not there yet: no account has it.</summary>
    public static SecurityId Nobody { get; } = Known("S-1-0-0");

    public static SecurityId Self { get; } = Known("S-1-5-10");

    public static SecurityId AuthenticatedUsers { get; } = Known("S-1-5-11");

    public static SecurityId ThisOrganization { get; } = Known("S-1-5-15");

    public static SecurityId Administrators { get; } = Known("S-1-5-32-544");

    /// <summary>What every caller of a domain controller in the account's own forest is, whatever it is a member of.</summary>
    public static IReadOnlyList<SecurityId> OfEveryCaller { get; } =
        new[] { Everyone, AuthenticatedUsers, Network, ThisOrganization, Known("S-1-5-21-0-0-0-497") };

    /// <summary>By the kind of sign-in: Kerberos or NTLM, which nobody knows beforehand.</summary>
    public static IReadOnlyList<SecurityId> OfSomeCallers { get; } = new[] { Known("S-1-18-1"), Known("S-1-5-64-10") };

    /// <summary>What a caller over the network never is: other kinds of sign-in, the system, placeholders, another
    /// organisation's.</summary>
    public static IReadOnlyList<SecurityId> OfNoCaller { get; } = new[]
    {
        CreatorOwner, CreatorGroup, Known("S-1-5-1"), Known("S-1-5-3"), Known("S-1-5-4"), Known("S-1-5-6"), Known("S-1-5-7"),
        Known("S-1-5-13"), Known("S-1-5-18"), Known("S-1-5-19"), Known("S-1-5-20"), Known("S-1-5-1000"),
    };

    public static string? Letters(SecurityId sid) => BySid.TryGetValue(sid, out var row) ? row.Letters : null;

    /// <summary>A name for people; null when the identity is not known by itself.</summary>
    public static string? Name(SecurityId sid)
    {
        if (BySid.TryGetValue(sid, out var row))
        {
            return row.Name;
        }

        return sid.IsOfDomain && sid.RelativeId is uint id
            ? OfDomain.Concat(OfForest).FirstOrDefault(known => known.RelativeId == id).Name
            : null;
    }

    /// <summary>Members of it may reset everybody, protected accounts included.</summary>
    public static bool IsAdministrators(SecurityId sid) =>
        sid.Equals(Administrators) || (sid.IsOfDomain && sid.RelativeId is DomainAdmins or EnterpriseAdmins);

    public static SecurityId? OfLetters(string letters, SecurityId? domain, SecurityId? forest)
    {
        if (ByLetters.TryGetValue(letters, out SecurityId? sid))
        {
            return sid;
        }

        uint id = OfDomain.FirstOrDefault(row => row.Letters == letters).RelativeId;
        uint forestId = OfForest.FirstOrDefault(row => row.Letters == letters).RelativeId;
        return id != 0 ? domain?.Member(id) : forestId != 0 ? forest?.Member(forestId) : null;
    }

    private static SecurityId Known(string text) => SecurityId.TryParse(text)!;
}
