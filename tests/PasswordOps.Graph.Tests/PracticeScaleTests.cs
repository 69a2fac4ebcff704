#if NET
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Graph.Tests;

/// <summary>A tenant of several pages, over real HTTPS: what it costs to read, and that the short way says the same.</summary>
public sealed class PracticeScaleTests : IClassFixture<LargePracticeProcess>
{
    private readonly LargePracticeProcess tenant;

    public PracticeScaleTests(LargePracticeProcess tenant)
    {
        this.tenant = tenant;
    }

    [Fact]
    public async Task Standings_of_many_equal_those_that_are_read_one_by_one()
    {
        using IConnection connection = await ConnectAsync();
        IReadOnlyList<DirectoryUser> users = await connection.Directory.GetAllUsersAsync(null, CancellationToken.None);
        string[] ids = users.Select(user => user.Id).ToArray();
        string[] people = tenant.People.Intersect(ids).ToArray();
        string[] crowd = ids.Except(people).ToArray();
        string[] compared = people.Concat(crowd.Where((_, i) => i % 19 == 0).Take(200)).ToArray();

        ITenantStandings everybody = (await connection.Directory.GetTenantStandingsAsync(CancellationToken.None)).Value;
        Dictionary<string, Standing> many = ids.Select(id => everybody.Of(id)!.Value).ToDictionary(one => one.ObjectId);
        string[] holders = many.Values.Where(one => one.Roles.Count > 0).Select(one => one.ObjectId).Except(compared).ToArray();
        List<Standing> single = new();
        foreach (string[] few in compared.Concat(holders).Chunk(20))
        {
            single.AddRange((await connection.Directory.GetStandingsAsync(few, CancellationToken.None)).Select(one => one.Value));
        }

        Assert.True(holders.Length > 5 && single.Count > 200 + holders.Length);
        Assert.All(single, one => Assert.Equal(Told(one), Told(many[one.ObjectId])));
        Assert.Contains(single, one => one.RestrictedRoleScopes.Count > 0);
        Assert.Contains(single, one => one.RestrictedUnits.Count > 0);
        Assert.Contains(single, one => one.RoleAssignableGroups.Count > 0);
        Assert.Contains(single, one => one.AdministrativeUnits.Count > one.RestrictedUnits.Count);
    }

    [Fact]
    public async Task Requests_grow_with_pages_and_not_with_users()
    {
        using IConnection connection = await ConnectAsync();
        IReadOnlyList<DirectoryUser> users = await connection.Directory.GetAllUsersAsync(null, CancellationToken.None);
        UserIdentity[] names = users.Select(user => new UserIdentity(user.Name)).ToArray();

        await tenant.ForgetRequestsAsync();
        IReadOnlyList<Reading<DirectoryUser>> read = await connection.Directory.GetUsersAsync(names, CancellationToken.None);
        string[] forUsers = await tenant.RequestsAsync();
        await tenant.ForgetRequestsAsync();
        await connection.Directory.GetTenantStandingsAsync(CancellationToken.None);
        string[] forAll = await tenant.RequestsAsync();

        Assert.Equal(users.Select(user => user.Id), read.Select(one => one.Value.Id));
        int pages = (users.Count + 998) / 999;
        Assert.Equal(pages, forUsers.Count(request => request == "GET /v1.0/users"));
        Assert.Equal(pages + 1, forUsers.Length);
        Assert.InRange(forAll.Length, 2, 4);
    }

    private static string Told(Standing one)
    {
        static string Sorted(IEnumerable<string> parts) => string.Join(", ", parts.OrderBy(part => part, StringComparer.Ordinal));
        return string.Join("; ", new[]
        {
            one.ObjectId,
            Sorted(one.Roles.Select(role => $"{role.TemplateId} {role.Name} {role.Scope} {role.IsBuiltIn} {Sorted(role.Actions)}")),
            Sorted(one.RoleAssignableGroups), Sorted(one.AdministrativeUnits), Sorted(one.RestrictedUnits),
            Sorted(one.RestrictedRoleScopes),
        });
    }

    private Task<IConnection> ConnectAsync() =>
        new GraphSignIn().ConnectAsync(tenant.WithSecret("PasswordOps reader"), _ => { }, CancellationToken.None);
}
#endif
