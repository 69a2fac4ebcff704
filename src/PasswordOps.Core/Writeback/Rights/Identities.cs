using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>As whom a domain controller sees the account: what it certainly is, never is, and may be.</summary>
internal sealed class Identities
{
    private static readonly HashSet<SecurityId> Never = new(WellKnown.OfNoCaller);
    private static readonly HashSet<SecurityId> Sometimes = new(WellKnown.OfSomeCallers);

    private readonly Dictionary<SecurityId, TokenPart> parts = new();
    private readonly HashSet<SecurityId> own = new();

    /// <summary>Makes the set.</summary>
    /// <param name="account">SID of the account.</param>
    /// <param name="token">What the domain controller told of it.</param>
    public Identities(SecurityId account, AccountToken token)
    {
        IsComplete = token.GroupsRead && token.MembershipsRead;
        Add(new TokenPart { Sid = account, Origin = TokenOrigin.Account });
        foreach (TokenPart part in token.Parts)
        {
            Add(part);
        }

        foreach (SecurityId sid in WellKnown.OfEveryCaller)
        {
            Add(new TokenPart { Sid = sid, Origin = TokenOrigin.WellKnown });
        }

        own.Add(account);
        own.UnionWith(token.Parts.Where(part => part.Origin == TokenOrigin.Account).Select(part => part.Sid));
    }

    /// <summary>All groups are known. When they are not, everything that is not certain is possible.</summary>
    public bool IsComplete { get; }

    /// <summary>What the account certainly is.</summary>
    public IEnumerable<TokenPart> Parts => parts.Values;

    public TokenPart? Find(SecurityId sid) => parts.TryGetValue(sid, out TokenPart? part) ? part : null;

    /// <summary>Whether an object is the account itself.</summary>
    public bool IsSelf(SecurityId sid) => own.Contains(sid);

    public Membership Holds(SecurityId sid)
    {
        if (Never.Contains(sid))
        {
            return Membership.No;
        }

        return parts.ContainsKey(sid) ? Membership.Yes
            : Sometimes.Contains(sid) || !IsComplete ? Membership.Maybe
            : Membership.No;
    }

    private void Add(TokenPart part)
    {
        if (!parts.ContainsKey(part.Sid))
        {
            parts.Add(part.Sid, part.Name is null && WellKnown.Name(part.Sid) is string name ? part with { Name = name } : part);
        }
    }
}
