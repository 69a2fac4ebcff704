using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.OnPremises.ActiveDirectory.Rights;

/// <summary>
/// Finds out as whom a domain controller sees an account. tokenGroups has the groups that the account is in; what Everyone or Authenticated
/// Users are members of, and by some controllers the groups under CN=Builtin, have to be looked for besides (MS-ADTS 3.1.1.4.5.19).
/// </summary>
internal sealed class TokenReader
{
    // Conditions in one filter: few enough for any server, and an account rarely has more groups.
    private const int AtOnce = 50;

    // Rounds of groups in groups; circles end by themselves, since each group is looked at once.
    private const int Deepest = 50;

    private static readonly string[] Own = { "objectSid", "sIDHistory", "primaryGroupID", "tokenGroups" };
    private static readonly string[] OfGroups = { "objectSid", "sAMAccountName" };

    private readonly DirectorySearch search;
    private readonly string domain;
    private readonly ConnectorAccount account;
    private readonly List<TokenPart> parts = new();
    private readonly List<string> gaps = new();
    private readonly HashSet<SecurityId> known = new();
    private readonly HashSet<SecurityId> followed = new();
    private bool membershipsRead = true;

    public TokenReader(DirectorySearch search, string domain, ConnectorAccount account)
    {
        this.search = search;
        this.domain = domain;
        this.account = account;
    }

    public async Task<AccountToken> ReadAsync(IReadOnlyList<SecurityId> wellKnown, CancellationToken stop)
    {
        Add(account.Sid, TokenOrigin.Account, account.SamAccountName, null);
        Entry? entry = await AccountAsync(stop).ConfigureAwait(false);
        bool groupsRead = await OwnGroupsAsync(entry, stop).ConfigureAwait(false);

        // From the account itself, too: it covers what tokenGroups leaves out, and all of it when that may not be read.
        // An old identity is no object of this domain that could be a member.
        await FollowAsync(parts.Where(part => part.Origin != TokenOrigin.History).ToArray(), stop).ConfigureAwait(false);
        foreach (SecurityId identity in wellKnown)
        {
            Add(identity, TokenOrigin.WellKnown, null, null);
            await FollowWellKnownAsync(identity, stop).ConfigureAwait(false);
        }

        return new AccountToken { Parts = parts, GroupsRead = groupsRead, MembershipsRead = membershipsRead, Gaps = gaps };
    }

    private async Task<Entry?> AccountAsync(CancellationToken stop)
    {
        try
        {
            return await search.BaseAsync(account.DistinguishedName, Own, stop).ConfigureAwait(false);
        }
        catch (PasswordOpsException error) when (error.Id == "AdReferral")
        {
            // Groups of this domain are still looked for: they are the ones that are granted rights here.
            gaps.Add(Text.Of($"{account} is of another domain, whose groups only a domain controller of it knows."));
            return null;
        }
    }

    private async Task<bool> OwnGroupsAsync(Entry? entry, CancellationToken stop)
    {
        if (entry is null)
        {
            gaps.Add(Text.Of($"{account} cannot be read."));
            return false;
        }

        foreach (SecurityId old in Ids(entry.AllBytes("sIDHistory")))
        {
            Add(old, TokenOrigin.History, null, null);
        }

        Entry? top = await search.BaseAsync(domain, new[] { "objectSid" }, stop).ConfigureAwait(false);
        SecurityId? domainId = SecurityId.TryRead(top?.Bytes("objectSid"));
        SecurityId? primary = null;
        if (domainId is not null && entry.Number("primaryGroupID") is long relative and > 0 and <= uint.MaxValue)
        {
            primary = domainId.Member((uint)relative);
        }
        else
        {
            gaps.Add(Text.Of($"The primary group of {account} cannot be read."));
        }

        SecurityId[] groups = Ids(await search.AllAsync(entry, "tokenGroups", stop).ConfigureAwait(false));
        IReadOnlyDictionary<SecurityId, string> names =
            await NamesAsync(groups.Concat(primary is null ? Array.Empty<SecurityId>() : new[] { primary }).Distinct().ToArray(), stop)
                .ConfigureAwait(false);
        if (primary is not null)
        {
            Add(primary, TokenOrigin.PrimaryGroup, Name(primary), account.Sid);
        }

        foreach (SecurityId group in groups)
        {
            Add(group, TokenOrigin.Group, Name(group), null);
        }

        if (groups.Length == 0)
        {
            gaps.Add(Text.Of($"The groups of {account} (tokenGroups) cannot be read."));
        }

        return groups.Length > 0;

        string? Name(SecurityId group) => names.TryGetValue(group, out string? name) ? name : null;
    }

    /// <summary>Looks for the groups that identities of this domain are members of, round by round.</summary>
    private async Task FollowAsync(IReadOnlyList<TokenPart> members, CancellationToken stop)
    {
        IReadOnlyList<SecurityId> next = members.Select(part => part.Sid).Where(followed.Add).ToArray();
        for (int depth = 0; next.Count > 0 && depth < Deepest; depth++)
        {
            List<SecurityId> found = new();
            for (int i = 0; i < next.Count; i += AtOnce)
            {
                string[] conditions = next.Skip(i).Take(AtOnce).Select(member => Member($"<SID={member}>")).ToArray();
                foreach ((SecurityId group, string? name) in await GroupsOfAsync(conditions, stop).ConfigureAwait(false))
                {
                    Add(group, TokenOrigin.Group, name, null);
                    found.Add(group);
                }
            }

            next = found.Where(followed.Add).ToArray();
        }
    }

    private async Task FollowWellKnownAsync(SecurityId identity, CancellationToken stop)
    {
        Queue<(SecurityId Sid, string Condition)> next = new();
        next.Enqueue((identity, Member($"CN={identity},CN=ForeignSecurityPrincipals,{domain}")));
        HashSet<SecurityId> seen = new();
        while (next.Count > 0)
        {
            (SecurityId member, string condition) = next.Dequeue();
            foreach ((SecurityId group, string? name) in await GroupsOfAsync(new[] { condition }, stop).ConfigureAwait(false))
            {
                if (seen.Add(group))
                {
                    Add(group, TokenOrigin.GroupOfWellKnown, name, member);
                    next.Enqueue((group, Member($"<SID={group}>")));
                }
            }
        }
    }

    private async Task<IReadOnlyList<(SecurityId Sid, string? Name)>> GroupsOfAsync(
        IReadOnlyList<string> conditions, CancellationToken stop)
    {
        if (!membershipsRead)
        {
            return Array.Empty<(SecurityId, string?)>();
        }

        try
        {
            IReadOnlyList<Entry> found = await search.TreeAsync(
                domain, $"(&(objectClass=group)(|{string.Concat(conditions)}))", OfGroups, stop).ConfigureAwait(false);
            return found.Select(entry => (SecurityId.TryRead(entry.Bytes("objectSid")), entry.Text("sAMAccountName")))
                .Where(group => group.Item1 is not null).Select(group => (group.Item1!, group.Item2)).ToArray();
        }
        catch (PasswordOpsException error) when (error.Kind is ErrorKind.PermissionDenied or ErrorKind.InvalidOperation
            or ErrorKind.LimitsExceeded or ErrorKind.NotFound)
        {
            membershipsRead = false;
            gaps.Add(Text.Of($"The groups that {account} and everybody are members of cannot be looked for: {error.Message}"));
            return Array.Empty<(SecurityId, string?)>();
        }
    }

    private async Task<IReadOnlyDictionary<SecurityId, string>> NamesAsync(SecurityId[] groups, CancellationToken stop)
    {
        Dictionary<SecurityId, string> names = new();
        for (int i = 0; i < groups.Length; i += AtOnce)
        {
            string conditions = string.Concat(
                groups.Skip(i).Take(AtOnce).Select(group => $"(objectSid={LdapText.FilterValue(group.ToBytes())})"));
            foreach (Entry entry in await search.TreeAsync(domain, $"(|{conditions})", OfGroups, stop).ConfigureAwait(false))
            {
                if (SecurityId.TryRead(entry.Bytes("objectSid")) is SecurityId group && entry.Text("sAMAccountName") is string name)
                {
                    names[group] = name;
                }
            }
        }

        return names;
    }

    private void Add(SecurityId sid, TokenOrigin origin, string? name, SecurityId? through)
    {
        if (known.Add(sid))
        {
            parts.Add(new TokenPart { Sid = sid, Origin = origin, Name = name, Through = through });
        }
    }

    private static string Member(string dn) => $"(member={LdapText.FilterValue(dn)})";

    private static SecurityId[] Ids(IEnumerable<byte[]> values) => values.Select(SecurityId.TryRead).OfType<SecurityId>().ToArray();
}
