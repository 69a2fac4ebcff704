using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Access;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;
using static PasswordOps.Core.Tests.Access.PublishedTables;

namespace PasswordOps.Core.Tests.Access;

/// <summary>
/// A thousand generated pairs of actor and target, each asked all five questions, against a second rule: sets of role names and the
/// published tables as written down in <see cref="PublishedTables"/>. The second rule calls nothing of the product.
/// </summary>
public class AccessCompositionTests
{
    private const int Compositions = 1000;
    private const string Tenant = "/";

    // What a grant is worth, in this order.
    private const int Nothing = 0, Unknown = 1, WarnMasked = 2, Warn = 3, PassMasked = 4, Pass = 5;
    private const string PasswordRole = "custom with users/password/update";
    private const string MethodRole = "custom with actions on methods";
    private const string PlainCustomRole = "custom with other actions";
    private const string TargetId = "7d1f0c55-0000-4000-8000-00000000000a";
    private const string ActorId = "7d1f0c55-0000-4000-8000-00000000000b";

    private static readonly string[] Verdicts = { "Fail", "Unknown", "Warn", "Warn", "Pass", "Pass" };

    private static readonly string[] Units = { "east", "west", "vault", "safe" };
    private static readonly string[] RestrictedUnits = { "vault", "safe" };

    private static readonly string[] ActorPool = ActorNames.Values.Concat(ActorNames.Values).Concat(new[]
    {
        "Global Reader", "Global Reader", "Directory Readers", "Privileged Role Administrator", "Directory Writers",
        "Partner Tier1 Support", "Partner Tier2 Support", "Exchange Administrator", "unheard of", PasswordRole, PasswordRole, PasswordRole,
        MethodRole, MethodRole, PlainCustomRole,
    }).ToArray();

    private static readonly string[] TargetPool = ResetRows.Keys.Where(Ids.ContainsKey).Concat(new[]
    {
        "Directory Readers", "Guest Inviter", "Reports Reader", "Exchange Administrator", "unheard of", "Partner Tier1 Support",
        PlainCustomRole, "everybody's guest role",
    }).ToArray();

    private static readonly Dictionary<string, Func<Pair, AccessAnswer>> Questions = new()
    {
        ["reset"] = pair => AccessRules.CanResetPassword(pair.Actor(), pair.Target(), pair.Flag, pair.Kind),
        ["set"] = pair => AccessRules.CanSetPassword(pair.Actor(), pair.Target(), pair.Flag, pair.Kind),
        ["profile"] = pair => AccessRules.CanWriteProfile(pair.Actor(), pair.Target(), pair.Flag, pair.Kind),
        ["write"] = pair => AccessRules.CanWriteMethods(pair.Actor(), pair.Target(), pair.Flag, pair.Kind),
        ["read"] = pair => AccessRules.CanReadMethods(pair.Actor(), pair.Target(), pair.Flag, pair.Kind),
    };

    [Fact]
    public void Two_rules_written_apart_agree_on_every_composition()
    {
        List<string> apart = new();
        for (int seed = 1; seed <= Compositions; seed++)
        {
            Pair pair = Generate(new Random(seed));
            foreach (string question in Questions.Keys)
            {
                AccessAnswer answer = Questions[question](pair);
                string product = $"{answer.Verdict}{(answer.IsMasked ? " masked" : string.Empty)} [{Joined(answer.EligibleRoles)}]";
                string second = SecondRule(pair, question);
                if (product != second)
                {
                    apart.Add($"seed {seed}, {question}: the product says {product}, the second rule {second}; {pair}; {answer.Reason}");
                }
            }
        }

        Assert.True(apart.Count == 0, $"{apart.Count} of {Compositions * Questions.Count} apart:\n" + string.Join("\n", apart.Take(10)));
    }

    [Fact]
    public void The_compositions_cover_every_verdict_and_every_rule()
    {
        Pair[] pairs = Enumerable.Range(1, Compositions).Select(seed => Generate(new Random(seed))).ToArray();
        foreach (KeyValuePair<string, Func<Pair, AccessAnswer>> question in Questions)
        {
            AccessAnswer[] answers = pairs.Select(question.Value).ToArray();
            Assert.All(
                new[] { Verdict.Pass, Verdict.Warn, Verdict.Fail, Verdict.Unknown },
                verdict => Assert.True(answers.Count(answer => answer.Verdict == verdict) >= 10, $"{question.Key} {verdict}"));
        }

        AccessAnswer[] all = pairs.SelectMany(pair => Questions.Values.Select(ask => ask(pair))).ToArray();
        Assert.All(
            Enum.GetValues(typeof(AccessRule)).Cast<AccessRule>(),
            rule => Assert.True(all.Count(answer => answer.Rule == rule) >= 10, rule.ToString()));
        Assert.All(all, answer => Assert.False(string.IsNullOrEmpty(answer.Reason)));
        Assert.All(all.Where(answer => answer.Verdict != Verdict.Pass), answer => Assert.False(string.IsNullOrEmpty(answer.Fix)));
        Assert.All(all.Where(answer => answer.IsConflict), answer => Assert.Equal(2, answer.Readings.Count));
    }

    // The second rule. An answer is what the best of the actor's grants gives; a grant is a role with the part of the tenant where it
    // counts.
    private static string SecondRule(Pair pair, string question)
    {
        if (pair.IsSame && question is "reset" or "set")
        {
            return "Fail []";
        }

        if (pair.IsSame && question is "write" or "read")
        {
            return question == "read" ? "Pass []" : "Warn []";
        }

        int active = pair.ActorRoles.Select(role => Worth(pair, question, role)).Append(PermissionWorth(pair, question)).Max();
        string[] better = pair.Eligible is null ? Array.Empty<string>() : BestOf(
            pair.Eligible.Where(role => Worth(pair, question, role) > active)
                .Select(role => (Named(role), Worth(pair, question, role))).ToArray());
        int told = active == 0 && better.Length > 0 ? pair.Eligible!.Max(role => Worth(pair, question, role)) : active;
        string masked = told is PassMasked or WarnMasked ? " masked" : string.Empty;
        return active >= PassMasked ? $"Pass{masked} []" : $"{Verdicts[active]}{masked} [{Joined(better)}]";
    }

    private static int Worth(Pair pair, string question, Held role)
    {
        HashSet<string> things = pair.Things();
        bool plain = things.SetEquals(new[] { NoRole });
        bool restricted = pair.IsRestricted;
        HashSet<string> whole = new(restricted ? Array.Empty<string>() : new[] { Tenant });
        HashSet<string> parts = new(restricted
            ? pair.TargetRestricted.Select(Over)
            : pair.TargetUnits.Select(Over).Append("/" + TargetId));
        HashSet<string> perhaps = new(restricted && pair.TargetRestricted.Count == 0
            ? (pair.TargetUnits.Count == 0 ? Units : pair.TargetUnits.ToArray()).Select(Over)
            : Array.Empty<string>());
        string letters = question switch { "set" or "profile" => "AUXG", "write" => "AXG", "read" => "AXG", _ => Actors };
        bool Reaches(IReadOnlyDictionary<string, string> table, string name) =>
            things.All(thing => table[thing].Any(letter => ActorNames[letter] == name));
        bool named = letters.Any(letter => ActorNames[letter] == role.Name);
        int limited = "PHAU".Count(letter => Reaches(ResetRows, ActorNames[letter]));

        int OnPart()
        {
            int condition = pair.Kind == ActorKind.Member
                || pair.ActorRoles.Any(one => one.Scope == Tenant && one.Name is "Directory Readers" or "Global Reader") ? Pass : Warn;
            if (named && OverUnits.Contains(role.Name))
            {
                return plain ? question == "read" && role.Name == ActorNames['A'] ? condition - 1 : condition
                    : role.Name == ActorNames['X'] ? Warn
                    : role.Name == ActorNames['U'] && Reaches(question == "reset" ? ResetRows : SensitiveRows, role.Name) ? Warn
                    : Nothing;
            }

            return question is "write" or "read" ? plain && role.Name == MethodRole ? Unknown : Nothing
                : question == "reset" && plain && role.Name == PasswordRole ? condition
                : Nothing;
        }

        int OnWhole() => question switch
        {
            "reset" => role.Name switch
            {
                PasswordRole => limited == 4 ? Pass : limited > 0 ? Unknown : Nothing,
                "Partner Tier2 Support" => Pass,
                "Partner Tier1 Support" => plain ? Pass : Nothing,
                _ => named && Reaches(ResetRows, role.Name) ? Pass : Nothing,
            },
            "read" => role.Name == MethodRole ? Unknown
                : role.Name == ActorNames['A'] ? PassMasked
                : named || role.Name == "Global Reader" ? Pass
                : Nothing,
            "write" => role.Name == MethodRole ? Unknown : named && Reaches(ResetRows, role.Name) ? Pass : Nothing,
            _ => named && Reaches(SensitiveRows, role.Name) ? Pass : Nothing,
        };

        int worth = whole.Contains(role.Scope) ? OnWhole()
            : parts.Contains(role.Scope) ? OnPart()
            : perhaps.Contains(role.Scope) ? Math.Min(OnPart(), Unknown)
            : question == "read" && restricted && role.Scope == Tenant ? Math.Min(OnWhole(), Unknown)
            : Nothing;

        // Whoever may reset may also write the profile, by one section; the table of the other has no such column.
        return worth == Nothing && question is "set" or "profile" ? Math.Min(Worth(pair, "reset", role), Warn) : worth;
    }

    private static int PermissionWorth(Pair pair, string question)
    {
        if (pair.Kind != ActorKind.Application || pair.IsRestricted)
        {
            return Nothing;
        }

        HashSet<string> things = pair.Things();
        return question is "write" or "read" ? Pass
            : question != "profile" ? Nothing
            : things.Contains(NoRole) ? Pass
            : things.IsSubsetOf(new[] { "Directory Readers", "Guest Inviter", "Message Center Reader", "Reports Reader" }) ? Warn
            : Nothing;
    }

    // Warn is Warn and Pass is Pass: of eligible roles those of the best verdict are named, masked or not.
    private static string[] BestOf((string Name, int Worth)[] roles) =>
        roles.Where(role => Verdicts[role.Worth] == Verdicts[roles.Max(one => one.Worth)]).Select(role => role.Name).ToArray();

    private static string Over(string unit) => "/administrativeUnits/" + unit;

    private static string Named(Held role) =>
        role.Name + (role.Scope == Tenant ? string.Empty : " over " + role.Scope);

    private static string Joined(IEnumerable<string> names) =>
        string.Join(", ", names.Distinct().OrderBy(name => name, StringComparer.Ordinal));

    private static string Id(string name) => Ids.TryGetValue(name, out string? id) ? id : name switch
    {
        "everybody's guest role" => "10dae51f-b6af-4016-8d66-8c2a99b929b3",
        PasswordRole => "c0ffee00-0000-4000-8000-000000000001",
        MethodRole => "c0ffee00-0000-4000-8000-000000000002",
        PlainCustomRole => "c0ffee00-0000-4000-8000-000000000003",
        _ => "c0ffee00-0000-4000-8000-000000000004",
    };

    private static Pair Generate(Random random)
    {
        T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
        bool Chance(int percent) => random.Next(100) < percent;
        string[] Some(string[] from, int percent) => from.Where(_ => Chance(percent)).ToArray();

        // Three of ten are of the tenant as a whole, where the tables decide, so that every cell of them is met.
        bool simple = Chance(30);
        string[] units = simple ? Array.Empty<string>() : Some(Units, 40);
        string Scope() => simple || Chance(35) ? Tenant
            : Chance(80) ? Over(Pick(units.Length > 0 && Chance(50) ? units : Units))
            : "/" + Pick(new[] { TargetId, ActorId });
        List<Held> Roles(string[] pool, int most) =>
            Enumerable.Range(0, random.Next(most + 1)).Select(_ => new Held(Pick(pool), Scope())).Distinct().ToList();

        return new Pair
        {
            Kind = Chance(60) ? ActorKind.Member : Chance(50) ? ActorKind.Guest : ActorKind.Application,
            ActorRoles = simple
                ? new List<Held> { new(Pick(ActorNames.Values.Append(PasswordRole).ToArray()), Tenant) }
                : Roles(ActorPool, 3),
            Eligible = Chance(50) ? Roles(ActorPool, 3) : null,
            TargetRoles = simple ? Roles(TargetPool, 2) : Chance(40) ? new List<Held>() : Roles(TargetPool, 3),
            TargetEligible = Chance(30) ? Roles(ActorPool, 2) : null,
            Groups = Chance(12) ? 1 + random.Next(2) : 0,
            TargetUnits = units,
            TargetRestricted = Chance(30) ? Array.Empty<string>() : units.Where(RestrictedUnits.Contains).ToArray(),
            Flag = simple || Chance(25) ? null : units.Any(RestrictedUnits.Contains) || Chance(8),
            IsSame = Chance(5),
            ShoutsIds = Chance(30),
        };
    }

    private sealed record Held(string Name, string Scope);

    private sealed class Pair
    {
        public ActorKind Kind { get; init; }

        public List<Held> ActorRoles { get; init; } = new();

        public List<Held>? Eligible { get; init; }

        public List<Held> TargetRoles { get; init; } = new();

        public List<Held>? TargetEligible { get; init; }

        public int Groups { get; init; }

        public IReadOnlyList<string> TargetUnits { get; init; } = Array.Empty<string>();

        public IReadOnlyList<string> TargetRestricted { get; init; } = Array.Empty<string>();

        public bool? Flag { get; init; }

        public bool IsSame { get; init; }

        /// <summary>Ids come in capitals from some answers of the service.</summary>
        public bool ShoutsIds { get; init; }

        public bool IsRestricted => Flag == true || TargetRestricted.Count > 0;

        /// <summary>What the target holds, in the words of the published rows.</summary>
        public HashSet<string> Things()
        {
            HashSet<string> things = new(TargetRoles.Where(role => role.Name != "everybody's guest role")
                .Select(role => ResetRows.ContainsKey(role.Name) ? role.Name : Other));
            things.UnionWith(Groups > 0 ? new[] { Group } : Array.Empty<string>());
            things.UnionWith(RestrictedScopes().Any() ? new[] { RestrictedRole } : Array.Empty<string>());
            return things.Count == 0 ? new HashSet<string> { NoRole } : things;
        }

        public Standing Actor() => new()
        {
            ObjectId = IsSame ? TargetId.ToUpperInvariant() : ActorId,
            Roles = ActorRoles.Select(Role).ToArray(),
            EligibleRoles = Eligible?.Select(Role).ToArray(),
        };

        public Standing Target() => new()
        {
            ObjectId = TargetId,
            Roles = TargetRoles.Select(Role).ToArray(),
            EligibleRoles = TargetEligible?.Select(Role).ToArray(),
            RoleAssignableGroups = Enumerable.Range(1, Groups).Select(number => "Key holders " + number).ToArray(),
            AdministrativeUnits = TargetUnits,
            RestrictedUnits = TargetRestricted,
            RestrictedRoleScopes = RestrictedScopes().ToArray(),
        };

        public override string ToString() =>
            $"{Kind}{(IsSame ? " itself" : string.Empty)} with {Words(ActorRoles)}, eligible "
            + $"{(Eligible is null ? "unread" : Words(Eligible))}; target with {Words(TargetRoles)}, {Groups} groups, "
            + $"units {string.Join("+", TargetUnits)}, restricted {string.Join("+", TargetRestricted)}, flag {Flag}";

        private static string Words(IEnumerable<Held> roles) => string.Join(" + ", roles.Select(role => role.Name + " at " + role.Scope));

        private IEnumerable<string> RestrictedScopes() => TargetRoles
            .Where(role => role.Name != "everybody's guest role" && RestrictedUnits.Select(Over).Contains(role.Scope))
            .Select(role => role.Scope).Distinct();

        private HeldRole Role(Held role)
        {
            string id = Id(role.Name);
            return new HeldRole(ShoutsIds ? id.ToUpperInvariant() : id, role.Name == "unheard of" ? string.Empty : role.Name, role.Scope)
            {
                IsBuiltIn = role.Name.StartsWith("custom", StringComparison.Ordinal) ? false : null,
                Actions = role.Name switch
                {
                    PasswordRole => new[] { "microsoft.directory/users/password/update", "microsoft.directory/users/standard/read" },
                    MethodRole => new[]
                    {
                        "microsoft.directory/users/authenticationMethods/basic/update",
                        "microsoft.directory/users/authenticationMethods/standard/restrictedRead",
                    },
                    PlainCustomRole => new[] { "microsoft.directory/users/basic/update" },
                    _ => Array.Empty<string>(),
                },
            };
        }
    }
}
