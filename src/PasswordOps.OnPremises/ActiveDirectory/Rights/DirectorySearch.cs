using System;
using System.Collections.Generic;
using System.DirectoryServices.Protocols;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;

namespace PasswordOps.OnPremises.ActiveDirectory.Rights;

/// <summary>Searches of one domain controller: one entry, or all below one. Descriptors come without their audit part.</summary>
internal sealed class DirectorySearch
{
    private const string Everything = "(objectClass=*)";

    // A value that a server gives in parts; more of them than any account has groups.
    private const int MostParts = 100;

    private readonly Lines lines;

    public DirectorySearch(Lines lines)
    {
        this.lines = lines;
    }

    /// <summary>A search below an entry.</summary>
    public static SearchRequest Tree(string dn, string filter, string[] attributes)
    {
        SearchRequest request = With(new SearchRequest(dn, filter, SearchScope.Subtree, attributes));

        // Other naming contexts below this one are not named in the answer: the domains of the forest are read from its configuration.
        request.Controls.Add(new DomainScopeControl { IsCritical = false });
        return request;
    }

    /// <summary>One entry; null when it does not exist or may not be seen.</summary>
    public async Task<Entry?> BaseAsync(string dn, string[] attributes, CancellationToken stop)
    {
        try
        {
            SearchResponse answer = await lines.SendAsync<SearchResponse>(
                DirectoryCode.Find, dn, () => With(new SearchRequest(dn, Everything, SearchScope.Base, attributes)), null, stop)
                .ConfigureAwait(false);
            return answer.Entries.Count == 0 ? null : new Entry(answer.Entries[0]);
        }
        catch (PasswordOpsException error) when (error.Id == "AdUserNotFound")
        {
            return null;
        }
    }

    /// <summary>All entries below one; for what there are few of.</summary>
    public async Task<IReadOnlyList<Entry>> TreeAsync(string dn, string filter, string[] attributes, CancellationToken stop)
    {
        List<Entry> found = new();
        await PagedSearch.RunAsync(
            lines, dn, () => Tree(dn, filter, attributes), null,
            page => found.AddRange(page.Select(entry => new Entry(entry))), stop).ConfigureAwait(false);
        return found;
    }

    /// <summary>All values of an attribute of an entry, also when the server gives them in parts.</summary>
    /// <param name="entry">The entry as read, with the attribute.</param>
    /// <param name="attribute">Which.</param>
    /// <param name="stop">Ends the work.</param>
    public async Task<IReadOnlyList<byte[]>> AllAsync(Entry entry, string attribute, CancellationToken stop)
    {
        (IReadOnlyList<byte[]> values, int? next) = entry.Part(attribute);
        List<byte[]> all = new(values);
        for (int i = 0; next is int from && i < MostParts; i++)
        {
            string part = string.Format(CultureInfo.InvariantCulture, "{0};range={1}-*", attribute, from);
            Entry? more = await BaseAsync(entry.DistinguishedName, new[] { part }, stop).ConfigureAwait(false);
            (values, next) = more?.Part(attribute) ?? (Array.Empty<byte[]>(), null);
            all.AddRange(values);
        }

        return all;
    }

    // Without the control a descriptor is asked for with its audit part, which few may read; then there is none in the answer.
    private static SearchRequest With(SearchRequest request)
    {
        if (request.Attributes.Contains("nTSecurityDescriptor"))
        {
            request.Controls.Add(new SecurityDescriptorFlagControl(SecurityMasks.Owner | SecurityMasks.Group | SecurityMasks.Dacl));
        }

        return request;
    }
}
