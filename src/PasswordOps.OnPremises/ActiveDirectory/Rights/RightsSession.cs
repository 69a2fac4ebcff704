using System;
using System.Collections.Generic;
using System.DirectoryServices.Protocols;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.OnPremises.ActiveDirectory.Rights;

/// <summary>Reads and writes descriptors on one domain controller.</summary>
internal sealed class RightsSession : IDirectoryRights
{
    // sAMAccountType of user accounts; computers and managed service accounts have another one.
    private const string Users = "(sAMAccountType=805306368)";

    // systemFlags of a crossRef: a naming context of the forest that is a domain.
    private const string Domains = "(&(objectClass=crossRef)(systemFlags:1.2.840.113556.1.4.803:=3))";

    private static readonly string[] ObjectAttributes =
    {
        "objectClass", "adminCount", "userAccountControl", "objectSid", "nTSecurityDescriptor",
    };

    private readonly Lines lines;
    private readonly DirectorySearch search;
    private readonly RootEntry root;

    private RightsSession(Lines lines, RootEntry root)
    {
        this.lines = lines;
        this.root = root;
        search = new DirectorySearch(lines);
    }

    public DomainController Controller => root.Controller;

    public string? SignedInAs => root.SignedInAs;

    private string Domain => root.Controller.DomainName;

    public static async Task<RightsSession> StartAsync(Lines lines, IClock clock, CancellationToken stop) =>
        new(lines, await RootEntry.ReadAsync(lines, clock, stop).ConfigureAwait(false));

    public async Task<IReadOnlyList<DirectoryDomain>> ReadDomainsAsync(CancellationToken stop)
    {
        Entry? own = await search.BaseAsync(Domain, new[] { "objectSid" }, stop).ConfigureAwait(false);
        SecurityId? sid = SecurityId.TryRead(own?.Bytes("objectSid"));
        List<DirectoryDomain> domains = new();
        if (root.ConfigurationName is string configuration)
        {
            IReadOnlyList<Entry> found = await search.TreeAsync(
                "CN=Partitions," + configuration, Domains, new[] { "nCName", "dnsRoot", "nETBIOSName" }, stop).ConfigureAwait(false);
            foreach (Entry entry in found)
            {
                if (entry.Text("nCName") is string name)
                {
                    bool served = IsServed(name);
                    domains.Add(new DirectoryDomain
                    {
                        DistinguishedName = name, DnsName = entry.Text("dnsRoot"), NetBiosName = entry.Text("nETBIOSName"),
                        Sid = served ? sid : null, IsServed = served,
                    });
                }
            }
        }

        if (!domains.Any(domain => domain.IsServed))
        {
            domains.Insert(0, new DirectoryDomain { DistinguishedName = Domain, Sid = sid, IsServed = true });
        }

        return domains;
    }

    public Task<RightsSchema> ReadSchemaAsync(CancellationToken stop) =>
        root.SchemaName is string schema ? SchemaEntries.ReadAsync(search, schema, stop) : Task.FromResult(new RightsSchema());

    public async Task<IReadOnlyList<ConnectorAccount>> FindAccountsAsync(string name, CancellationToken stop)
    {
        if (name is null)
        {
            throw new ArgumentNullException(nameof(name));
        }

        string text = name.Trim();
        if (text.IndexOf('\\') is int at and > 0 && text.IndexOf('=') < 0)
        {
            IReadOnlyList<DirectoryDomain> domains = await ReadDomainsAsync(stop).ConfigureAwait(false);
            DirectoryDomain here = domains.First(domain => domain.IsServed);
            if (!string.Equals(here.NetBiosName, text.Substring(0, at), StringComparison.OrdinalIgnoreCase))
            {
                return Array.Empty<ConnectorAccount>();
            }

            text = text.Substring(at + 1);
        }

        ActiveDirectoryName known = new(text);
        if (known.Kind == ActiveDirectoryNameKind.DistinguishedName)
        {
            Entry? one = await search.BaseAsync(known.Value, AccountEntries.Attributes, stop).ConfigureAwait(false);
            return one is not null && AccountEntries.Read(one) is ConnectorAccount account
                ? new[] { account }
                : Array.Empty<ConnectorAccount>();
        }

        return await AccountsAsync(AccountEntries.Named(known), stop).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<ConnectorAccount>> SearchAccountsAsync(IReadOnlyList<string> prefixes, CancellationToken stop) =>
        prefixes is null ? throw new ArgumentNullException(nameof(prefixes))
        : prefixes.Count == 0 ? Array.Empty<ConnectorAccount>()
        : await AccountsAsync(AccountEntries.Beginning(prefixes), stop).ConfigureAwait(false);

    public Task<AccountToken> ReadTokenAsync(ConnectorAccount account, IReadOnlyList<SecurityId> wellKnown, CancellationToken stop) =>
        account is null || wellKnown is null
            ? throw new ArgumentNullException(account is null ? nameof(account) : nameof(wellKnown))
            : new TokenReader(search, Domain, account).ReadAsync(wellKnown, stop);

    public async Task<DirectoryObject?> ReadObjectAsync(string distinguishedName, CancellationToken stop)
    {
        Entry? entry = await search.BaseAsync(distinguishedName, ObjectAttributes, stop).ConfigureAwait(false);
        return entry is null ? null : Read(entry);
    }

    public Task ReadUsersAsync(RightsUserQuery query, Action<IReadOnlyList<DirectoryObject>> page, CancellationToken stop)
    {
        if (query is null || page is null)
        {
            throw new ArgumentNullException(query is null ? nameof(query) : nameof(page));
        }

        string filter = "(&" + Users
            + (query.ObjectClass is string named ? $"(objectClass={LdapText.FilterValue(named)})" : string.Empty)
            + (query.LeaveOutProtected ? "(!(adminCount>=1))" : string.Empty) + ")";
        int left = query.Limit ?? int.MaxValue;
        return PagedSearch.RunAsync(
            lines, query.SearchBase, () => DirectorySearch.Tree(query.SearchBase, filter, ObjectAttributes), query.Limit,
            entries =>
            {
                DirectoryObject[] users = entries.Take(left).Select(entry => Read(new Entry(entry))).ToArray();
                left -= users.Length;
                if (users.Length > 0)
                {
                    page(users);
                }
            },
            stop);
    }

    public async Task WriteDaclAsync(string distinguishedName, byte[] descriptor, CancellationToken stop)
    {
        if (Controller.IsReadOnly)
        {
            throw lines.Target.Own("AdReadOnly");
        }

        try
        {
            await lines.SendAsync<ModifyResponse>(
                DirectoryCode.Write, distinguishedName,
                () =>
                {
                    ModifyRequest request = new(
                        distinguishedName, DirectoryAttributeOperation.Replace, "nTSecurityDescriptor", new object[] { descriptor });
                    request.Controls.Add(new SecurityDescriptorFlagControl(SecurityMasks.Dacl));
                    return request;
                },
                null, stop).ConfigureAwait(false);
        }
        catch (PasswordOpsException error) when (error.Id == "AdRightsMissing")
        {
            throw lines.Target.Tell(
                DirectoryCode.Of(DirectoryCode.Write, Results.InsufficientRights, null), error.ServiceCode, false,
                ("account", distinguishedName), ("why", Text.Of($"the right to modify permissions (WRITE_DAC) is missing")),
                ("fix", Text.Of($"Sign in as an account that may modify the permissions there, for example a domain administrator.")));
        }
    }

    public void Dispose() => lines.Dispose();

    private static DirectoryObject Read(Entry entry) => new()
    {
        DistinguishedName = entry.DistinguishedName,
        ObjectClass = entry.Texts("objectClass") is { Count: > 0 } classes ? classes[classes.Count - 1] : string.Empty,
        Descriptor = entry.Bytes("nTSecurityDescriptor"),
        Sid = SecurityId.TryRead(entry.Bytes("objectSid")),
        AdminCount = entry.Count("adminCount"),
        UserAccountControl = entry.Count("userAccountControl"),
    };

    private bool IsServed(string name) => string.Equals(name, Domain, StringComparison.OrdinalIgnoreCase);

    private async Task<IReadOnlyList<ConnectorAccount>> AccountsAsync(string filter, CancellationToken stop) =>
        (await search.TreeAsync(Domain, filter, AccountEntries.Attributes, stop).ConfigureAwait(false))
            .Select(AccountEntries.Read).OfType<ConnectorAccount>().ToArray();
}
