using System;
using System.Collections.Generic;
using System.DirectoryServices.Protocols;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.OnPremises.ActiveDirectory.Rights;

namespace PasswordOps.OnPremises.ActiveDirectory;

/// <summary>Reads what of a domain decides whether a password can be set. What may not be read is null.</summary>
internal sealed class ConditionsReader
{
    private const int MostUnits = 10;
    private const string EveryoneName = "CN=S-1-1-0,";
    private const string AuthenticatedName = "CN=S-1-5-11,";

    // Names with a leading blank or #, a trailing blank, or a reserved character.
    private const string Awkward = "(&(objectCategory=organizationalUnit)(|(ou=\\20*)(ou=#*)(ou=*\\20)(ou=*,*)(ou=*+*)(ou=*\"*)(ou=*\\5c*)"
        + "(ou=*<*)(ou=*>*)(ou=*;*)(ou=*=*)(ou=*/*)(ou=*\\0a*)(ou=*\\0d*)))";

    private static readonly string[] PolicyAttributes =
        PolicyEntry.Request(string.Empty, fineGrained: true).Attributes.Cast<string>().ToArray();

    private readonly DirectorySearch search;
    private readonly string domain;

    public ConditionsReader(Lines lines, string domain)
    {
        search = new DirectorySearch(lines);
        this.domain = domain;
    }

    public async Task<DomainConditions> ReadAsync(CancellationToken stop)
    {
        Task<DomainPasswordPolicy> policy = PolicyAsync(stop);
        Task<IReadOnlyList<DomainPasswordPolicy>?> fineGrained = AllowedAsync(() => FineGrainedAsync(stop));
        Task<string?> readers = AllowedAsync(() => ReadersAsync(stop));
        Task<IReadOnlyList<string>?> units = AllowedAsync(() => UnitsAsync(stop));
        await Task.WhenAll(policy, fineGrained, readers, units).ConfigureAwait(false);
        return new DomainConditions
        {
            Policy = await policy.ConfigureAwait(false),
            FineGrained = await fineGrained.ConfigureAwait(false),
            IsReadByAll = await readers.ConfigureAwait(false) is string members ? members.Length > 0 : null,
            AwkwardUnits = await units.ConfigureAwait(false),
        };
    }

    private static async Task<T?> AllowedAsync<T>(Func<Task<T?>> read)
        where T : class
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (PasswordOpsException error) when (error.Id is "AdUserNotFound" or "AdRightsMissing")
        {
            return null;
        }
    }

    private async Task<DomainPasswordPolicy> PolicyAsync(CancellationToken stop)
    {
        string[] attributes = PolicyEntry.Request(domain, fineGrained: false).Attributes.Cast<string>().ToArray();
        return PolicyEntry.Read(await search.BaseAsync(domain, attributes, stop).ConfigureAwait(false), null);
    }

    // Few may look into the container. It shows itself to those who may by an attribute of its own; an empty list of others means
    // nothing.
    private async Task<IReadOnlyList<DomainPasswordPolicy>?> FineGrainedAsync(CancellationToken stop)
    {
        string container = "CN=Password Settings Container,CN=System," + domain;
        Entry? itself = await search.BaseAsync(container, new[] { "objectClass" }, stop).ConfigureAwait(false);
        if (itself?.Text("objectClass") is null)
        {
            return null;
        }

        IReadOnlyList<Entry> found = await search.TreeAsync(container, "(objectClass=msDS-PasswordSettings)", PolicyAttributes, stop)
            .ConfigureAwait(false);
        return found.Select(entry => PolicyEntry.Read(entry, entry.DistinguishedName)).ToArray();
    }

    /// <summary>Everybody or Authenticated Users in the group, by name; empty for neither, null when its members may not be read.</summary>
    private async Task<string?> ReadersAsync(CancellationToken stop)
    {
        Entry? group = await search.BaseAsync(
            "CN=Pre-Windows 2000 Compatible Access,CN=Builtin," + domain, new[] { "objectClass", "member" }, stop).ConfigureAwait(false);
        if (group?.Text("objectClass") is null)
        {
            return null;
        }

        return group.Texts("member").FirstOrDefault(member =>
            member.StartsWith(EveryoneName, StringComparison.OrdinalIgnoreCase)
            || member.StartsWith(AuthenticatedName, StringComparison.OrdinalIgnoreCase)) ?? string.Empty;
    }

    private async Task<IReadOnlyList<string>?> UnitsAsync(CancellationToken stop)
    {
        IReadOnlyList<Entry> found = await search.TreeAsync(domain, Awkward, new[] { "ou" }, stop).ConfigureAwait(false);
        return found.Select(entry => entry.Text("ou")).OfType<string>().Where(ReservedCharacters.In).Take(MostUnits).ToArray();
    }
}
