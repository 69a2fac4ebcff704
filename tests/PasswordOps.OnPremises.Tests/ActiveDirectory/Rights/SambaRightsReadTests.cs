using System;
using System.Collections.Generic;
using System.DirectoryServices.Protocols;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.OnPremises.Tests.ActiveDirectory.Rights;

/// <summary>What rights are judged by, read from a real domain controller.</summary>
[Collection(RightsCollection.Name)]
public class SambaRightsReadTests
{
    // What a domain controller adds to everybody who signs in over the network.
    private static readonly SecurityId[] Everybody = new[] { "S-1-1-0", "S-1-5-2", "S-1-5-11" }
        .Select(text => SecurityId.TryParse(text)!).ToArray();

    private readonly RightsFixture fixture;

    public SambaRightsReadTests(RightsFixture fixture)
    {
        this.fixture = fixture;
    }

    [SkippableFact]
    public async Task The_domain_is_told_with_its_names_and_SID()
    {
        using IDirectoryRights rights = await fixture.OpenAsync();
        DirectoryDomain domain = Assert.Single(await rights.ReadDomainsAsync(CancellationToken.None));
        Assert.Equal(
            (fixture.BaseDn, "corp.contoso.com", "CORP", true),
            (domain.DistinguishedName, domain.DnsName, domain.NetBiosName, domain.IsServed));
        Assert.Equal(fixture.Domain.Read(fixture.BaseDn, "objectSid"), domain.Sid!.ToString());
    }

    [SkippableFact]
    public async Task The_schema_has_the_attributes_and_every_class_of_users()
    {
        using IDirectoryRights rights = await fixture.OpenAsync("svc-none");
        RightsSchema schema = await rights.ReadSchemaAsync(CancellationToken.None);
        Assert.Equal(
            new SchemaAttribute(new Guid("bf967a0a-0de6-11d0-a285-00aa003049e2"), new Guid("4c164200-20c0-11d0-a768-00aa006e0529")),
            schema.PasswordLastSet);
        Assert.Equal(new SchemaAttribute(new Guid("28630ebf-41d5-11d1-a9c1-0000f80367c1"), null), schema.LockoutTime);
        Assert.Equal("user", schema.Classes[0].Name);
        SchemaClass other = Assert.Single(schema.Classes, one => one.Name == "inetOrgPerson");
        Assert.Equal(new Guid("4828cc14-1437-45bc-9b07-ad6f015e5f28"), other.Id);
        Assert.Contains("ab721a53-1e2f-11d0-9819-00aa0040529b", other.DefaultDescriptor);
        Assert.Contains(schema.Classes, one => one.Name == "msDS-GroupManagedServiceAccount");
        Assert.Equal(schema.Classes.Count, schema.Classes.Select(one => one.Id).Distinct().Count());
    }

    [SkippableTheory]
    [InlineData("svc-narrow", "svc-narrow")]
    [InlineData("CORP\\SVC-NARROW", "svc-narrow")]
    [InlineData("svc-narrow@corp.contoso.com", "svc-narrow")]
    [InlineData("CN=svc-narrow,OU=Service,DC=corp,DC=contoso,DC=com", "svc-narrow")]
    [InlineData("svc-gmsa", "svc-gmsa$")]
    [InlineData("svc-gmsa$", "svc-gmsa$")]
    [InlineData("svc-nobody", null)]
    [InlineData("FABRIKAM\\svc-narrow", null)]
    [InlineData("CN=nobody,DC=corp,DC=contoso,DC=com", null)]
    public async Task An_account_is_found_by_each_of_its_names(string name, string? found)
    {
        using IDirectoryRights rights = await fixture.OpenAsync("svc-none");
        IReadOnlyList<ConnectorAccount> accounts = await rights.FindAccountsAsync(name, CancellationToken.None);
        Assert.Equal(found is null ? Array.Empty<string>() : new[] { found }, accounts.Select(account => account.SamAccountName));
        if (found is not null)
        {
            ConnectorAccount again = Assert.Single(await rights.FindAccountsAsync(accounts[0].Sid.ToString(), CancellationToken.None));
            Assert.Equal(accounts[0], again);
            Assert.Equal(found == "svc-gmsa$" ? "msDS-GroupManagedServiceAccount" : "user", again.ObjectClass);
        }
    }

    [SkippableFact]
    public async Task Accounts_of_sync_engines_are_found_by_the_beginning_of_their_names()
    {
        using IDirectoryRights rights = await fixture.OpenAsync();
        IReadOnlyList<ConnectorAccount> found = await rights.SearchAccountsAsync(new[] { "MSOL_", "svc-g" }, CancellationToken.None);
        Assert.Equal(new[] { "MSOL_0123456789ab", "svc-gmsa$" }, found.Select(account => account.SamAccountName).OrderBy(name => name));
        Assert.Empty(await rights.SearchAccountsAsync(new[] { "nobody*", ")(" }, CancellationToken.None));
    }

    [SkippableTheory]
    [InlineData("svc-narrow")]
    [InlineData("svc-nested")]
    [InlineData("svc-none")]
    [InlineData("MSOL_0123456789ab")]
    [InlineData("Administrator")]
    public async Task An_account_is_seen_as_the_domain_controller_sees_it_when_it_signs_in(string name)
    {
        using IDirectoryRights rights = await fixture.OpenAsync("svc-none");
        ConnectorAccount account = Assert.Single(await rights.FindAccountsAsync(name, CancellationToken.None));
        AccountToken token = await rights.ReadTokenAsync(account, Everybody, CancellationToken.None);
        Assert.Empty(token.Gaps);
        Assert.True(token.GroupsRead && token.MembershipsRead);
        Assert.Equal(Own(name), token.Parts.Select(part => part.Sid.ToString()).OrderBy(sid => sid, StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task A_group_says_its_name_and_through_whom_it_is_held()
    {
        using IDirectoryRights rights = await fixture.OpenAsync();
        ConnectorAccount account = Assert.Single(await rights.FindAccountsAsync("svc-nested", CancellationToken.None));
        AccountToken token = await rights.ReadTokenAsync(account, Everybody, CancellationToken.None);
        Assert.Contains(token.Parts, part => part is { Origin: TokenOrigin.Group, Name: "Writers Outer" });
        Assert.Contains(token.Parts, part => part is { Origin: TokenOrigin.PrimaryGroup, Name: "Domain Users" });
        TokenPart old = Assert.Single(token.Parts, part => part.Sid.ToString() == "S-1-5-32-554");
        Assert.Equal(
            (TokenOrigin.GroupOfWellKnown, "Pre-Windows 2000 Compatible Access", "S-1-5-11"),
            (old.Origin, old.Name, old.Through!.ToString()));
    }

    [SkippableFact]
    public async Task A_managed_service_account_has_its_own_primary_group()
    {
        using IDirectoryRights rights = await fixture.OpenAsync();
        ConnectorAccount account = Assert.Single(await rights.FindAccountsAsync("svc-gmsa$", CancellationToken.None));
        AccountToken token = await rights.ReadTokenAsync(account, Everybody, CancellationToken.None);
        Assert.EndsWith("-515", Assert.Single(token.Parts, part => part.Origin == TokenOrigin.PrimaryGroup).Sid.ToString());
    }

    [SkippableFact]
    public async Task An_object_comes_with_its_descriptor_also_for_who_may_not_read_the_audit_part()
    {
        using IDirectoryRights rights = await fixture.OpenAsync("svc-none");
        DirectoryObject? user = await rights.ReadObjectAsync(fixture.Domain["wb-admin"].DistinguishedName, CancellationToken.None);
        Assert.NotNull(user!.Descriptor);
        Assert.Equal(("user", 1, 512), (user.ObjectClass, user.AdminCount, user.UserAccountControl));
        Assert.Equal(fixture.Domain["wb-admin"].SecurityIdentifier, user.Sid!.ToString());
        Assert.Null(await rights.ReadObjectAsync("CN=nobody," + fixture.BaseDn, CancellationToken.None));
        Assert.Null(await rights.ReadObjectAsync("what is this", CancellationToken.None));
    }

    [SkippableFact]
    public async Task Users_come_in_pages_whole_and_once()
    {
        string unit = "OU=Pages," + fixture.BaseDn;
        fixture.Domain.AddUsers(unit, Enumerable.Range(0, 2_500).Select(i => "page" + i), _ => null);
        using IDirectoryRights rights = await fixture.OpenAsync("svc-none");
        List<int> pages = new();
        HashSet<string> names = new();
        await rights.ReadUsersAsync(new RightsUserQuery { SearchBase = unit }, Take, CancellationToken.None);
        Assert.Equal(new[] { 1_000, 1_000, 500 }, pages);
        Assert.Equal(2_500, names.Count);

        pages.Clear();
        await rights.ReadUsersAsync(new RightsUserQuery { SearchBase = unit, Limit = 3 }, Take, CancellationToken.None);
        Assert.Equal(new[] { 3 }, pages);

        void Take(IReadOnlyList<DirectoryObject> page)
        {
            pages.Add(page.Count);
            names.UnionWith(page.Select(user => user.DistinguishedName));
            Assert.All(page, user => Assert.NotNull(user.Descriptor));
        }
    }

    [SkippableFact]
    public async Task Users_are_told_apart_by_class_and_protection()
    {
        using IDirectoryRights rights = await fixture.OpenAsync();
        string unit = "OU=Writeback," + fixture.BaseDn;
        Assert.Equal(
            new[] { "wb-admin", "wb-anna", "wb-below", "wb-ben", "wb-blocked", "wb-denied", "wb-legacy", "wb-nested", "wb-other" },
            await Names(new RightsUserQuery { SearchBase = unit }));
        Assert.Equal(new[] { "wb-other" }, await Names(new RightsUserQuery { SearchBase = unit, ObjectClass = "inetOrgPerson" }));
        Assert.DoesNotContain("wb-admin", await Names(new RightsUserQuery { SearchBase = unit, LeaveOutProtected = true }));

        async Task<string[]> Names(RightsUserQuery query)
        {
            List<string> names = new();
            await rights.ReadUsersAsync(
                query, page => names.AddRange(page.Select(user => user.DistinguishedName.Split(',')[0].Substring(3))),
                CancellationToken.None);
            return names.OrderBy(name => name).ToArray();
        }
    }

    // The SIDs that the domain controller itself gives the account: tokenGroups of its root entry.
    private IEnumerable<string> Own(string name)
    {
        using SambaLine line = new(fixture.Domain, name);
        return line.Search(string.Empty, SearchScope.Base, "(objectClass=*)", "tokenGroups")[0]
            .Attributes["tokenGroups"].GetValues(typeof(byte[])).Cast<byte[]>()
            .Select(bytes => SecurityId.TryRead(bytes)!.ToString()).OrderBy(sid => sid, StringComparer.Ordinal).ToArray();
    }
}
