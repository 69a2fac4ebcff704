using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Core.Tests.Writeback.Rights;

/// <summary>A domain controller in memory: it keeps lists as it is told, sorted as a domain controller sorts them.</summary>
internal sealed class FakeRights : IDirectoryRights
{
    public const string Root = "DC=corp,DC=contoso,DC=com";
    public const string People = "OU=People," + Root;

    /// <summary>What matters here of the list that a domain is made with.</summary>
    public const string DefaultRoot = "O:BAG:BAD:AI(OA;;CR;{unexpire};;AU)(A;;RPLCLORC;;;AU)(A;;RP;;;WD)"
        + "(A;CI;RPWPCRLCLOCCDCRCWDWOSDDTSW;;;EA)(A;CI;RPWPCRLCLOCCRCWDWOSDSW;;;BA)(A;;RPWPCRLCLOCCRCWDWOSW;;;DA)(A;CI;LC;;;RU)"
        + "(OA;CIIO;RP;{set};{user};RU)(OA;CIIO;RP;{set};{inet};RU)";

    /// <summary>What the documents tell to grant.</summary>
    public const string Grants = "(OA;CIIO;CR;{reset};{user};C)(OA;CIIO;WP;{lockoutTime};{user};C)(OA;CIIO;WP;{pwdLastSet};{user};C)"
        + "(OA;CI;CR;{unexpire};;C)";

    /// <summary>The list of AdminSDHolder, as protected users have it.</summary>
    public const string AdminHolder = "O:BAG:BAD:PAI(A;;RPWPCRCCDCLCLORCWOWDSDDTSW;;;SY)(A;;RPWPCRCCDCLCLORCWOWDSW;;;BA)"
        + "(A;;RPWPCRCCDCLCLORCWOWDSW;;;DA)(A;;RPWPCRCCDCLCLORCWOWDSW;;;EA)(A;;RPLCLORC;;;AU)(OA;;CR;{change};;WD)(OA;;CR;{change};;PS)";

    public static readonly ConnectorAccount Account = new()
    {
        DistinguishedName = "CN=MSOL_1,CN=Users," + Root, SamAccountName = "MSOL_1", Sid = Cast.Connector, ObjectClass = "user",
    };

    private readonly Dictionary<string, DirectoryObject> objects = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<DirectoryObject> users = new();
    private uint next = 2000;

    public FakeRights(string root = DefaultRoot)
    {
        Put(Root, "domainDNS", root);
        Put(People, "organizationalUnit", "O:BAG:BAD:AI" + Inherited(Root));
    }

    public DomainController Controller { get; } = new() { Name = "dc1.corp.contoso.com", DomainName = Root };

    public string? SignedInAs => "CORP\\admin";

    public AccountToken Token { get; set; } = Cast.Token();

    public RightsSchema Schema { get; set; } = Cast.Schema;

    public List<ConnectorAccount> Accounts { get; } = new() { Account };

    /// <summary>Breaks while users are read, behind so many.</summary>
    public int? BreaksAfter { get; set; }

    public Func<string, byte[], byte[]>? BeforeWrite { get; set; }

    public PasswordOpsException? WriteFails { get; set; }

    public List<string> Writes { get; } = new();

    public void Put(string name, string objectClass, string? sddl) => objects[name] = new DirectoryObject
    {
        DistinguishedName = name, ObjectClass = objectClass, Descriptor = sddl is null ? null : Cast.Descriptor(sddl).ToBytes(),
    };

    /// <summary>Another way to write the name of an object.</summary>
    public void Alias(string name, string of) => objects[name] = objects[of];

    public void PutBytes(string name, string objectClass, byte[] descriptor) => objects[name] =
        new DirectoryObject { DistinguishedName = name, ObjectClass = objectClass, Descriptor = descriptor };

    /// <summary>Adds a user that inherits from the container.</summary>
    public void AddUser(string name, string container = People, string objectClass = "user", string own = "")
    {
        Guid id = objectClass == "user" ? DirectoryIds.User : DirectoryIds.InetOrgPerson;
        SecurityDescriptor above = SecurityDescriptorTests.Read(objects[container].Descriptor!);
        SecurityDescriptor explicitly = Cast.Descriptor(Cast.UserDefault.Replace("D:", "O:DAD:" + own));
        AddUser(name, container, objectClass, Inheritance.NewObject(above, id, explicitly).ToBytes());
    }

    public void AddUser(string name, string container, string objectClass, byte[]? descriptor, int? adminCount = null,
        SecurityId? sid = null) =>
        users.Add(new DirectoryObject
        {
            DistinguishedName = $"CN={name},{container}", ObjectClass = objectClass, Descriptor = descriptor, AdminCount = adminCount,
            Sid = sid ?? Cast.Domain.Member(next++),
        });

    public SecurityDescriptor Now(string name) => SecurityDescriptorTests.Read(objects[name].Descriptor!);

    public Task<IReadOnlyList<DirectoryDomain>> ReadDomainsAsync(CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<DirectoryDomain>>(new[]
        {
            new DirectoryDomain
            {
                DistinguishedName = Root, DnsName = "corp.contoso.com", NetBiosName = "CORP", Sid = Cast.Domain, IsServed = true,
            },
            new DirectoryDomain { DistinguishedName = "DC=emea," + Root, DnsName = "emea.corp.contoso.com" },
        });

    public Task<RightsSchema> ReadSchemaAsync(CancellationToken stop) => Task.FromResult(Schema);

    public Task<IReadOnlyList<ConnectorAccount>> FindAccountsAsync(string name, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<ConnectorAccount>>(Accounts.Where(account => account.SamAccountName == name).ToArray());

    public Task<IReadOnlyList<ConnectorAccount>> SearchAccountsAsync(IReadOnlyList<string> prefixes, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<ConnectorAccount>>(Accounts
            .Where(account => prefixes.Any(prefix => account.SamAccountName.StartsWith(prefix, StringComparison.Ordinal))).ToArray());

    public Task<AccountToken> ReadTokenAsync(ConnectorAccount account, IReadOnlyList<SecurityId> wellKnown, CancellationToken stop) =>
        Task.FromResult(Token);

    public Task<DirectoryObject?> ReadObjectAsync(string distinguishedName, CancellationToken stop) =>
        Task.FromResult(objects.TryGetValue(distinguishedName, out DirectoryObject? found) ? found : null);

    public Task ReadUsersAsync(RightsUserQuery query, Action<IReadOnlyList<DirectoryObject>> page, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        IEnumerable<DirectoryObject> found = users
            .Where(user => DistinguishedNames.IsWithin(user.DistinguishedName, query.SearchBase))
            .Where(user => query.ObjectClass is null or "user" || user.ObjectClass == query.ObjectClass)
            .Where(user => !query.LeaveOutProtected || user.AdminCount is null or 0)
            .Take(query.Limit ?? int.MaxValue);
        int told = 0;
        foreach (DirectoryObject user in found)
        {
            if (told++ == BreaksAfter)
            {
                throw new PasswordOpsException("AdUnreachable", ErrorKind.Connection, "The connection broke.", "Run it again.");
            }

            page(new[] { user });
        }

        return Task.CompletedTask;
    }

    public Task WriteDaclAsync(string distinguishedName, byte[] descriptor, CancellationToken stop)
    {
        if (WriteFails is not null)
        {
            throw WriteFails;
        }

        Writes.Add(distinguishedName);
        SecurityDescriptor now = Now(distinguishedName);
        SecurityDescriptor then = SecurityDescriptorTests.Read(BeforeWrite?.Invoke(distinguishedName, descriptor) ?? descriptor);
        IEnumerable<Ace> own = then.Dacl!.Where(ace => !ace.IsInherited)
            .OrderBy(ace => ace.Allows).ThenBy(ace => ace.IsObject)
            .ThenBy(ace => Convert.ToBase64String(ace.ToBytes()), StringComparer.Ordinal);
        objects[distinguishedName] = objects[distinguishedName] with
        {
            Descriptor = now.With(own.Concat(now.Dacl!.Where(ace => ace.IsInherited)).ToArray()).ToBytes(),
        };
        return Task.CompletedTask;
    }

    public void Dispose()
    {
    }

    private string Inherited(string from) => string.Concat(
        Now(from).Dacl!.Select(ace => Inheritance.Pass(ace, new Guid("bf967aa5-0de6-11d0-a285-00aa003049e2"))).OfType<Ace>()
            .Select(Sddl.Entry));
}
