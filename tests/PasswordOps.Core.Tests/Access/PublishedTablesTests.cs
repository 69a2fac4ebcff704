using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Access;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Knowledge;
using static PasswordOps.Core.Tests.Access.PublishedTables;

namespace PasswordOps.Core.Tests.Access;

/// <summary>The data that the product decides by is the published data, row by row; and each cell of it is what the rules answer.</summary>
public class PublishedTablesTests
{
    private static readonly Dictionary<string, string> RowKeys = new()
    {
        [NoRole] = "none", [Group] = "roleAssignableGroup", [RestrictedRole] = "restrictedUnitRole", [Other] = "anyOther",
    };

    [Theory]
    [InlineData("reset-matrix", "PHAUXG")]
    [InlineData("sensitive-matrix", "AUXG")]
    public void A_table_of_the_product_is_the_published_one_row_by_row(string file, string actors)
    {
        IReadOnlyDictionary<string, string> published = file == "reset-matrix" ? ResetRows : SensitiveRows;
        KnowledgeTable table = KnowledgeTable.Load(file);
        Assert.Equal(new[] { "target", "name" }.Concat(actors.Select(letter => ActorNames[letter])), table.Columns);
        Assert.Equal(18, published.Count);
        Assert.Equal(
            published.Select(row => $"{Key(row.Key)} {row.Key}: {row.Value}").OrderBy(row => row, StringComparer.Ordinal),
            table.Rows.Select(row => $"{row["target"]} {row["name"]}: "
                    + string.Concat(actors.Where(letter => row[ActorNames[letter]] == "Y")))
                .OrderBy(row => row, StringComparer.Ordinal));
        Assert.All(table.Rows, row => Assert.All(actors, letter => Assert.Contains(row[ActorNames[letter]], new[] { "Y", "N" })));
    }

    [Fact]
    public void Role_ids_and_the_roles_over_units_are_the_published_ones()
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> roles = KnowledgeTable.Load("roles").Rows;
        Dictionary<string, string> byName = roles.ToDictionary(role => role["name"], role => role["templateId"]);
        Assert.Equal(roles.Count, byName.Values.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(
            Ids.OrderBy(role => role.Key, StringComparer.Ordinal), byName.OrderBy(role => role.Key, StringComparer.Ordinal));
        Assert.Equal(
            OverUnits,
            roles.Where(role => role["administrativeUnitScope"] == "Y").Select(role => role["name"])
                .OrderBy(name => name, StringComparer.Ordinal));
    }

    [Fact]
    public void Rights_on_authentication_methods_are_the_published_ones()
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> rows = KnowledgeTable.Load("method-rights").Rows;
        Assert.Equal(
            MethodRights, rows.Select(row => $"{row["name"]}: {row["readMethods"]} {row["writeMethods"]} {row["resetPassword"]}"));
        Assert.All(rows, row => Assert.Equal(Ids[row["name"]], row["role"]));

        // 'all' and 'some' say the same as the columns of the reset table.
        foreach (KeyValuePair<char, string> actor in ActorNames)
        {
            string all = ResetRows.Values.All(row => row.IndexOf(actor.Key) >= 0) ? "all" : "some";
            Assert.EndsWith(" " + all, MethodRights.Single(row => row.StartsWith(actor.Value + ":", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void What_holds_of_single_roles_names_roles_that_are_known()
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> rows = KnowledgeTable.Load("role-rules").Rows;
        Assert.All(
            rows.Where(row => row["rule"] != "notARole"), row => Assert.Equal(Ids[row["name"]], row["role"]));
        Assert.Equal(
            new[]
            {
                "10dae51f-b6af-4016-8d66-8c2a99b929b3 Guest User", "2af84b1e-32c8-42b7-82bc-daa82404023b Restricted Guest User",
                "a0b1b346-4d3e-4e8b-98f8-753987be4970 User",
            },
            rows.Where(row => row["rule"] == "notARole").Select(row => row["role"] + " " + row["name"])
                .OrderBy(row => row, StringComparer.Ordinal));
        Assert.Equal(
            new[] { "Partner Tier1 Support: nonAdministrators", "Partner Tier2 Support: everybody" },
            rows.Where(row => row["rule"] == "deprecatedReset").Select(row => row["name"] + ": " + row["says"]));
        Assert.Equal(
            new[] { "User Administrator: limitedAdministrators", "Privileged Authentication Administrator: everybody" },
            rows.Where(row => row["rule"] == "overUnit").Select(row => row["name"] + ": " + row["says"]));
    }

    public static IEnumerable<object[]> ResetCells() => ResetRows.Select(row => new object[] { row.Key, row.Value });

    public static IEnumerable<object[]> SensitiveCells() => SensitiveRows.Select(row => new object[] { row.Key, row.Value });

    [Theory]
    [MemberData(nameof(ResetCells))]
    public void Every_cell_of_the_reset_table_is_what_the_rules_answer(string held, string allowed)
    {
        foreach (Standing target in Holders(held))
        {
            Assert.Equal(allowed, Passing(Actors, (actor, one) => AccessRules.CanResetPassword(actor, one, false), target));
            string writers = string.Concat("AXG".Where(letter => allowed.IndexOf(letter) >= 0));
            Assert.Equal(writers, Passing(Actors, (actor, one) => AccessRules.CanWriteMethods(actor, one, false), target));
            Assert.Equal("AXG", Passing(Actors, (actor, one) => AccessRules.CanReadMethods(actor, one, false), target));
        }
    }

    [Theory]
    [MemberData(nameof(SensitiveCells))]
    public void Every_cell_of_the_table_of_sensitive_actions_is_what_the_rules_answer(string held, string allowed)
    {
        foreach (Standing target in Holders(held))
        {
            Assert.Equal(allowed, Passing(Actors, (actor, one) => AccessRules.CanWriteProfile(actor, one, false), target));
            Assert.Equal(allowed, Passing(Actors, (actor, one) => AccessRules.CanSetPassword(actor, one, false), target));

            // A desk role may reset and has no column: one reading allows what the other does not name.
            string conflict = string.Concat("PH".Where(letter => ResetRows[held].IndexOf(letter) >= 0));
            foreach (Func<Standing, Standing, AccessAnswer> ask in new Func<Standing, Standing, AccessAnswer>[]
            {
                (actor, one) => AccessRules.CanWriteProfile(actor, one, false),
                (actor, one) => AccessRules.CanSetPassword(actor, one, false),
            })
            {
                Assert.Equal(conflict, string.Concat("PH".Where(letter => ask(Actor(letter), target) is
                {
                    Verdict: Verdict.Warn, IsConflict: true, Readings.Count: 2,
                })));
            }
        }
    }

    private static string Key(string row) => RowKeys.TryGetValue(row, out string? key) ? key : Ids[row];

    private static Standing Actor(char letter) => FakeDirectory.Holding(Ids[ActorNames[letter]]);

    private static string Passing(string actors, Func<Standing, Standing, AccessAnswer> ask, Standing target) =>
        string.Concat(actors.Where(letter => ask(Actor(letter), target).Verdict == Verdict.Pass));

    private static IEnumerable<Standing> Holders(string row) => row switch
    {
        NoRole => new[] { new Standing(), FakeDirectory.Holding("10dae51f-b6af-4016-8d66-8c2a99b929b3") },
        Group => new[] { new Standing { RoleAssignableGroups = new[] { "Key holders" } } },
        RestrictedRole => new[]
        {
            new Standing
            {
                Roles = new[] { new HeldRole(Ids["Directory Readers"], string.Empty, "/administrativeUnits/x") },
                RestrictedRoleScopes = new[] { "/administrativeUnits/x" },
            },
        },
        Other => Ids.Where(role => !ResetRows.ContainsKey(role.Key)).Select(role => FakeDirectory.Holding(role.Value))
            .Append(FakeDirectory.Holding("11111111-2222-3333-4444-555555555555")),
        _ => new[] { FakeDirectory.Holding(Ids[row]), FakeDirectory.Holding(Ids[row].ToUpperInvariant()) },
    };
}
