using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Writeback.Rights;
using PasswordOps.OnPremises.ActiveDirectory;

namespace PasswordOps.OnPremises.Tests.ActiveDirectory.Rights;

/// <summary>What Samba does not do while rights are read: break off, refer, leave out, give in parts.</summary>
public class ScriptedRightsTests
{
    private const string Domain = "DC=contoso,DC=com";
    private static readonly RightsUserQuery Everybody = new() { SearchBase = Domain };

    [SkippableFact]
    public async Task Pages_are_asked_for_one_by_one_with_the_control_for_descriptors()
    {
        using ScriptedServer server = Server();
        List<string[]> controls = new();
        server.Search = search =>
        {
            controls.Add(search.Controls);
            int page = search.Cookie.Length == 0 ? 0 : int.Parse(search.Cookie);
            return page == 1
                ? new ScriptedAnswer { Cookie = "2" }
                : new ScriptedAnswer(User(page)) { Cookie = page == 2 ? string.Empty : "1" };
        };
        using IDirectoryRights rights = await OpenAsync(server);
        List<string> names = new();
        await rights.ReadUsersAsync(Everybody, page => names.AddRange(page.Select(user => user.DistinguishedName)), default);
        Assert.Equal(new[] { "CN=user0,DC=contoso,DC=com", "CN=user2,DC=contoso,DC=com" }, names);
        Assert.Equal(3, controls.Count);
        Assert.All(controls, sent => Assert.Contains("1.2.840.113556.1.4.801 critical 3003020107", sent));
        Assert.Equal(1, server.SignIns);
    }

    [SkippableFact]
    public async Task A_domain_controller_that_closes_within_a_page_is_a_failure_and_no_shorter_answer()
    {
        using ScriptedServer server = Server();
        server.Search = search => search.Cookie.Length == 0
            ? new ScriptedAnswer(User(0)) { Cookie = "1" }
            : new ScriptedAnswer(User(1)) { Result = null };
        using IDirectoryRights rights = await OpenAsync(server);
        int seen = 0;
        PasswordOpsException error = await Assert.ThrowsAsync<PasswordOpsException>(
            () => rights.ReadUsersAsync(Everybody, page => seen += page.Count, default));
        Assert.Equal("AdConnectionLost", error.Id);
        Assert.False(error.MayHaveHappened);
        Assert.Equal(1, seen);

        // The next request is sent over another line.
        server.Search = _ => new ScriptedAnswer(User(0));
        Assert.NotNull(await rights.ReadObjectAsync("CN=user0," + Domain, default));
    }

    [SkippableTheory]
    [InlineData(4, "AdSearchLimit")]
    [InlineData(11, "AdSearchLimit")]
    [InlineData(10, "AdReferral")]
    [InlineData(50, "AdRightsMissing")]
    [InlineData(51, "AdBusy")]
    [InlineData(3, "AdTimeout")]
    public async Task A_search_that_is_refused_says_by_what(int result, string id)
    {
        using ScriptedServer server = Server();
        server.Search = search => search.Cookie.Length == 0
            ? new ScriptedAnswer(User(0)) { Cookie = "1" }
            : new ScriptedAnswer(User(1)) { Result = result };
        using IDirectoryRights rights = await OpenAsync(server);
        PasswordOpsException error = await Assert.ThrowsAsync<PasswordOpsException>(
            () => rights.ReadUsersAsync(Everybody, _ => { }, default));
        Assert.Equal(id, error.Id);
        Assert.DoesNotContain('{', error.Message + error.Advice);
    }

    [SkippableFact]
    public async Task An_object_without_what_may_not_be_read_has_nothing_there()
    {
        using ScriptedServer server = Server();
        server.Search = _ => new ScriptedAnswer(("CN=user0," + Domain, new Dictionary<string, string[]>
        {
            ["objectClass"] = new[] { "top", "user" }, ["objectSid"] = new[] { "\u0001\u000f\0" }, ["adminCount"] = new[] { "many" },
        }));
        using IDirectoryRights rights = await OpenAsync(server);
        DirectoryObject user = (await rights.ReadObjectAsync("CN=user0," + Domain, default))!;
        Assert.Equal(
            ("user", null, null, null, null), (user.ObjectClass, user.Descriptor, user.Sid, user.AdminCount, user.UserAccountControl));
    }

    [SkippableFact]
    public async Task A_stop_ends_a_search_that_goes_on_for_ever()
    {
        using ScriptedServer server = Server();
        server.Search = _ => new ScriptedAnswer(User(0)) { Cookie = "again" };
        using IDirectoryRights rights = await OpenAsync(server);
        using CancellationTokenSource stop = new();
        int pages = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rights.ReadUsersAsync(
            Everybody,
            _ =>
            {
                if (++pages == 20)
                {
                    stop.Cancel();
                }
            },
            stop.Token));
        Assert.InRange(pages, 20, 21);
    }

    [SkippableFact]
    public async Task Groups_that_may_not_be_read_are_a_gap_and_not_none()
    {
        using ScriptedServer server = Server();
        server.Search = search => search.Asks("tokenGroups")
            ? new ScriptedAnswer(("CN=svc," + Domain, new Dictionary<string, string[]>()))
            : search.Asks("sAMAccountName") ? new ScriptedAnswer { Result = 50 } : new ScriptedAnswer();
        AccountToken token = await TokenAsync(server);
        Assert.False(token.GroupsRead);
        Assert.False(token.MembershipsRead);
        Assert.Equal(3, token.Gaps.Count);
        Assert.Contains(token.Gaps, gap => gap.Contains("tokenGroups"));
        Assert.Equal(new[] { "S-1-5-21-1-2-3-1104", "S-1-5-11" }, token.Parts.Select(part => part.Sid.ToString()));
    }

    [SkippableFact]
    public async Task An_account_of_another_domain_has_the_groups_of_this_one_and_a_gap()
    {
        string mine = Convert.ToHexString(Encoding.ASCII.GetBytes("<SID=S-1-5-21-1-2-3-1104>"));
        using ScriptedServer server = Server();
        server.Search = search => search.Asks("tokenGroups")
            ? new ScriptedAnswer { Result = 10, Text = "0000202B: RefErr: DSID-0310082F, data 0, 1 access points" }
            : search.Asks("sAMAccountName") && search.Filter.Contains(mine)
                ? new ScriptedAnswer(("CN=writers," + Domain, new Dictionary<string, string[]>
                {
                    ["objectSid"] = new[] { Latin(Sid("S-1-5-21-4-5-6-2000").ToBytes()) }, ["sAMAccountName"] = new[] { "writers" },
                }))
                : new ScriptedAnswer();
        AccountToken token = await TokenAsync(server);
        Assert.False(token.GroupsRead);
        Assert.True(token.MembershipsRead);
        Assert.Contains(token.Gaps, gap => gap.Contains("another domain"));
        Assert.Contains(token.Parts, part => part is { Name: "writers", Origin: TokenOrigin.Group });
    }

    [SkippableFact]
    public async Task Groups_that_come_in_parts_are_read_to_the_end()
    {
        using ScriptedServer server = Server();
        server.Search = search => search.Asks("tokenGroups")
            ? Groups("tokenGroups;range=0-1", 2001, 2002)
            : search.Asks("tokenGroups;range=2-*") ? Groups("tokenGroups;range=2-3", 2003, 2004)
            : search.Asks("tokenGroups;range=4-*") ? Groups("tokenGroups;range=4-*", 2005)
            : new ScriptedAnswer();
        AccountToken token = await TokenAsync(server);
        Assert.True(token.GroupsRead);
        Assert.Equal(
            new[] { "2001", "2002", "2003", "2004", "2005" },
            token.Parts.Where(part => part.Origin == TokenOrigin.Group).Select(part => part.Sid.ToString().Split('-').Last()));

        static ScriptedAnswer Groups(string name, params uint[] ids) => new(("CN=svc," + Domain, new Dictionary<string, string[]>
        {
            [name] = ids.Select(id => Latin(Sid("S-1-5-21-1-2-3").Member(id).ToBytes())).ToArray(),
        }));
    }

    [SkippableFact]
    public async Task Groups_within_groups_in_a_circle_come_to_an_end()
    {
        using ScriptedServer server = Server();
        server.Search = search => search.Asks("tokenGroups")
            ? new ScriptedAnswer(("CN=svc," + Domain, new Dictionary<string, string[]>()))
            : search.Asks("sAMAccountName")
                ? new ScriptedAnswer(("CN=circle," + Domain, new Dictionary<string, string[]>
                {
                    ["objectSid"] = new[] { Latin(Sid("S-1-5-21-1-2-3-2000").ToBytes()) }, ["sAMAccountName"] = new[] { "circle" },
                }))
                : new ScriptedAnswer();
        AccountToken token = await TokenAsync(server);
        Assert.True(token.MembershipsRead);
        Assert.Single(token.Parts, part => part.Name == "circle");
    }

    [SkippableFact]
    public async Task A_read_only_domain_controller_is_sent_no_descriptor()
    {
        using ScriptedServer server = Server();
        server.Root["supportedCapabilities"] = new[] { "1.2.840.113556.1.4.800", "1.2.840.113556.1.4.1920" };
        using IDirectoryRights rights = await OpenAsync(server);
        PasswordOpsException error = await Assert.ThrowsAsync<PasswordOpsException>(
            () => rights.WriteDaclAsync(Domain, new byte[20], default));
        Assert.Equal("AdReadOnly", error.Id);
        Assert.Empty(server.Modifications);
    }

    [SkippableFact]
    public async Task A_descriptor_is_written_with_its_list_only_and_a_refusal_names_the_right()
    {
        using ScriptedServer server = Server();
        using IDirectoryRights rights = await OpenAsync(server);
        await rights.WriteDaclAsync(Domain, new byte[20], default);
        (string dn, string[] changes, string[] controls) = Assert.Single(server.Modifications);
        Assert.Equal((Domain, "2 nTSecurityDescriptor"), (dn, Assert.Single(changes)));
        Assert.Equal("1.2.840.113556.1.4.801 critical 3003020104", Assert.Single(controls));

        server.Modify = (50, "00000005: SecErr: DSID-031521E1, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0");
        PasswordOpsException error = await Assert.ThrowsAsync<PasswordOpsException>(
            () => rights.WriteDaclAsync(Domain, new byte[20], default));
        Assert.Equal(("AdRightsMissing", false), (error.Id, error.MayHaveHappened));
        Assert.Contains("WRITE_DAC", error.Message);
        Assert.DoesNotContain('{', error.Message + error.Advice);
    }

    private static ScriptedServer Server()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Needs Linux with OpenLDAP's client library.");
        return new ScriptedServer();
    }

    private static Task<IDirectoryRights> OpenAsync(ScriptedServer server) =>
        new ActiveDirectoryAccess().OpenRightsAsync(server.Options, CancellationToken.None);

    private static async Task<AccountToken> TokenAsync(ScriptedServer server)
    {
        using IDirectoryRights rights = await OpenAsync(server);
        ConnectorAccount account = new()
        {
            DistinguishedName = "CN=svc," + Domain, SamAccountName = "svc", Sid = Sid("S-1-5-21-1-2-3-1104"), ObjectClass = "user",
        };
        return await rights.ReadTokenAsync(account, new[] { Sid("S-1-5-11") }, CancellationToken.None);
    }

    private static (string Dn, Dictionary<string, string[]> Attributes) User(int number) => ($"CN=user{number},{Domain}", new()
    {
        ["objectClass"] = new[] { "top", "person", "user" }, ["nTSecurityDescriptor"] = new[] { "\u0001\0\u0004\u0080" },
    });

    private static SecurityId Sid(string text) => SecurityId.TryParse(text)!;

    private static string Latin(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
