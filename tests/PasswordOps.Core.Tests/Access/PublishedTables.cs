using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Tests.Access;

/// <summary>
/// The published tables, written down a second time by names, one letter an actor: Password, Helpdesk, Authentication, User, Privileged
/// Authentication (X) and Global Administrator. What the product carries is held against this; nothing here is read from the product.
/// </summary>
internal static class PublishedTables
{
    public const string Actors = "PHAUXG";
    public const string NoRole = "no admin role";
    public const string Group = "member or owner of a role-assignable group";
    public const string RestrictedRole = "holds a role scoped to a restricted management administrative unit";
    public const string Other = "any other built-in or custom role";

    public static readonly IReadOnlyDictionary<char, string> ActorNames = new Dictionary<char, string>
    {
        ['P'] = "Password Administrator", ['H'] = "Helpdesk Administrator", ['A'] = "Authentication Administrator",
        ['U'] = "User Administrator", ['X'] = "Privileged Authentication Administrator", ['G'] = "Global Administrator",
    };

    public static readonly IReadOnlyDictionary<string, string> ResetRows = Table("""
        no admin role                           PHAUXG
        Directory Readers                       PHAUXG
        Guest Inviter                           PHAUXG
        Password Administrator                  PHAUXG
        Message Center Reader                    HAUXG
        Reports Reader                           HAUXG
        User Experience Success Manager          HAUXG
        Usage Summary Reports Reader             HAUXG
        Helpdesk Administrator                   H UXG
        Authentication Administrator              A XG
        Groups Administrator                       UXG
        User Administrator                         UXG
        Global Administrator                        XG
        Privileged Authentication Administrator     XG
        Privileged Role Administrator               XG
        member or owner of a role-assignable group  XG
        holds a role scoped to a restricted management administrative unit  XG
        any other built-in or custom role           XG
        """);

    public static readonly IReadOnlyDictionary<string, string> SensitiveRows = Table("""
        no admin role                           AUXG
        Directory Readers                       AUXG
        Guest Inviter                           AUXG
        Message Center Reader                   AUXG
        Password Administrator                  AUXG
        Reports Reader                          AUXG
        User Experience Success Manager         AUXG
        Usage Summary Reports Reader            AUXG
        Authentication Administrator            A XG
        Helpdesk Administrator                   UXG
        Groups Administrator                     UXG
        User Administrator                       UXG
        Global Administrator                      XG
        Privileged Authentication Administrator   XG
        Privileged Role Administrator             XG
        member or owner of a role-assignable group  XG
        holds a role scoped to a restricted management administrative unit  XG
        any other built-in or custom role           XG
        """);

    /// <summary>Rights on authentication methods of others: read, write, reset.</summary>
    public static readonly string[] MethodRights =
    {
        "Password Administrator: - - some", "Helpdesk Administrator: - - some", "Authentication Administrator: masked some some",
        "User Administrator: - - some", "Global Reader: full - -", "Privileged Authentication Administrator: full all all",
        "Global Administrator: full all all",
    };

    /// <summary>Roles that reset passwords and can be assigned over an administrative unit.</summary>
    public static readonly string[] OverUnits =
    {
        "Authentication Administrator", "Helpdesk Administrator", "Password Administrator", "Privileged Authentication Administrator",
        "User Administrator",
    };

    public static readonly IReadOnlyDictionary<string, string> Ids = Pairs("""
        Global Administrator                     62e90394-69f5-4237-9190-012177145e10
        Privileged Authentication Administrator  7be44c8a-adaf-4e2a-84d6-ab2649e08a13
        Privileged Role Administrator            e8611ab8-c189-46e8-94e1-60213ab1f814
        Authentication Administrator             c4e39bd9-1100-46d3-8c65-fb160da0071f
        User Administrator                       fe930be7-5e62-47db-91af-98c3a49a38b1
        Helpdesk Administrator                   729827e3-9c14-49f7-bb1b-9608f156bbb8
        Password Administrator                   966707d0-3269-4727-9be2-8c3a10f19b9d
        Groups Administrator                     fdd7a751-b60b-444a-984c-02652fe8fa1c
        Directory Readers                        88d8e3e3-8f55-4a1e-953a-9b9898b8876b
        Guest Inviter                            95e79109-95c0-4d8e-aee3-d01accf2d47b
        Message Center Reader                    790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b
        Reports Reader                           4a5d8f65-41da-4de4-8968-e035b65339cf
        Usage Summary Reports Reader             75934031-6c7e-415a-99d7-48dbd49e875e
        User Experience Success Manager          27460883-1df1-4691-b032-3b79643e5e63
        Partner Tier1 Support                    4ba39ca4-527c-499a-b93d-d9b492c50246
        Partner Tier2 Support                    e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8
        Directory Writers                        9360feb5-f418-4baa-8175-e2a00bac4301
        Directory Synchronization Accounts       d29b2b05-8046-44ba-8758-1e26182fcf32
        Authentication Policy Administrator      0526716b-113d-4c15-b2c8-68e3c22b9f80
        Hybrid Identity Administrator            8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2
        Global Reader                            f2ef992c-3afb-46b9-b7cf-a126ee74c451
        Security Reader                          5d6b6bb7-de71-4623-b4af-96380a352509
        Security Operator                        5f2222b1-57c3-48ba-8ad5-d4759f1fde6f
        Security Administrator                   194ae4cb-b126-40b2-bd5b-6091b380977d
        Application Administrator                9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3
        Cloud Application Administrator          158c047a-c907-4556-b7ef-446551a6b5f7
        Application Developer                    cf1c38e5-3621-4004-a7cb-879624dced7c
        License Administrator                    4d6ac14f-3453-41d0-bef9-a3e0c569773a
        Domain Name Administrator                8329153b-31d0-4727-b945-745eb3bc5f31
        Billing Administrator                    b0f54661-2d74-4c50-afa3-1ec803f12efe
        Exchange Administrator                   29232cdf-9323-42fd-ade2-1d097af3e4de
        SharePoint Administrator                 f28a1f50-f6e7-4571-818b-6a12f2af6b6c
        Teams Administrator                      69091246-20e8-4a56-aa4d-066075b2a7a8
        Conditional Access Administrator         b1be1c3e-b65d-4f19-8427-f6fa0d97feb9
        Intune Administrator                     3a2c62db-5318-420d-8d74-23affee5d9d5
        Cloud Device Administrator               7698a772-787b-4ac8-901f-60d6b08affd2
        """);

    private static Dictionary<string, string> Table(string text) =>
        Lines(text).ToDictionary(Name, line => line.Substring(Name(line).Length).Replace(" ", string.Empty), StringComparer.Ordinal);

    private static string Name(string line) => line.TrimEnd((Actors + " ").ToCharArray());

    private static Dictionary<string, string> Pairs(string text) =>
        Lines(text).ToDictionary(line => line.Substring(0, line.Length - 36).Trim(), line => line.Substring(line.Length - 36));

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
}
