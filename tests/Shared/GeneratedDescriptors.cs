using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Tests.Shared;

/// <summary>
/// Lists of entries of the kinds on which Samba and the specification agree. Left out: an object entry with control access whose object
/// type is missing or names an attribute, a property set or a class (Samba takes it for a right to write, too), OWNER RIGHTS and
/// conditions.
/// </summary>
internal sealed class GeneratedDescriptors
{
    private const string PasswordLastSet = "bf967a0a-0de6-11d0-a285-00aa003049e2";
    private const string LockoutTime = "28630ebf-41d5-11d1-a9c1-0000f80367c1";
    private const string Restrictions = "4c164200-20c0-11d0-a768-00aa006e0529";
    private const string User = "bf967aba-0de6-11d0-a285-00aa003049e2";
    private const string Computer = "bf967a86-0de6-11d0-a285-00aa003049e2";

    private static readonly string[] ExtendedRights =
    {
        "00299570-246d-11d0-a768-00aa006e0529", "00299570-246d-11d0-a768-00aa006e0529", "ab721a53-1e2f-11d0-9819-00aa0040529b",
        "ab721a54-1e2f-11d0-9819-00aa0040529b",
    };

    // The two attributes, the set of one of them, the class; then others: a set, two attributes, a class that is not the object's.
    private static readonly string[] Properties =
    {
        PasswordLastSet, PasswordLastSet, LockoutTime, LockoutTime, Restrictions, User, "59ba2f42-79a2-11d0-9020-00c04fc2d3cf",
        "bf967a68-0de6-11d0-a285-00aa003049e2", "bf967a7f-0de6-11d0-a285-00aa003049e2", Computer,
    };

    private readonly Random random;
    private readonly string[] trustees;

    /// <summary>Prepares.</summary>
    /// <param name="seed">The same number gives the same lists.</param>
    /// <param name="trustees">Whom entries are for, in SDDL.</param>
    public GeneratedDescriptors(int seed, params string[] trustees)
    {
        random = new Random(seed);
        this.trustees = trustees;
    }

    /// <summary>The next, in SDDL. Whoever signs in may read the object, so that it can be compared.</summary>
    public string Next() =>
        "O:DAG:DAD:" + (random.Next(2) == 0 ? "P" : string.Empty) + "(A;;RPLCLORC;;;AU)"
        + string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => Entry()));

    private string Entry()
    {
        bool denies = random.Next(3) == 0;
        string flags = Pick("", "", "", "", "CI", "CI", "CIIO", "CINP", "OI", "OICIIO");
        string trustee = Pick(trustees);
        if (random.Next(3) == 0)
        {
            string all = Pick("CR", "WP", "RPWP", "CRWP", "GA", "GW", "GR", "GX", "SW", "CCDC", "RPWPCRCCDCLCLORCWOWDSDDTSW");
            return $"({(denies ? "D" : "A")};{flags};{all};;;{trustee})";
        }

        bool extended = random.Next(2) == 0;
        string rights = extended ? Pick("CR", "CR", "CR", "CRRP", "CRWP", "GA", "WP") : Pick("WP", "WP", "RPWP", "RP", "GW", "SW");
        string type = extended ? Pick(ExtendedRights) : Pick(Properties);

        // What it would be inherited by does not count on the object that it stands on.
        string inherited = flags.Length > 0 && random.Next(2) == 0 ? Pick(User, Computer) : string.Empty;
        if (!extended && inherited.Length > 0 && random.Next(4) == 0)
        {
            type = string.Empty;
        }

        return $"({(denies ? "OD" : "OA")};{flags};{rights};{type};{inherited};{trustee})";
    }

    private string Pick(params string[] from) => from[random.Next(from.Length)];
}
