using System;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Ids that are the same in every Active Directory.</summary>
internal static class DirectoryIds
{
    public static readonly Guid ResetPassword = new("00299570-246d-11d0-a768-00aa006e0529");
    public static readonly Guid ChangePassword = new("ab721a53-1e2f-11d0-9819-00aa0040529b");
    public static readonly Guid UnexpirePassword = new("ccc2dc7d-a6ad-4a7a-8846-c04e3cc53501");
    public static readonly Guid PasswordLastSet = new("bf967a0a-0de6-11d0-a285-00aa003049e2");
    public static readonly Guid LockoutTime = new("28630ebf-41d5-11d1-a9c1-0000f80367c1");

    /// <summary>The property set User-Account-Restrictions: pwdLastSet is in it, and no administrator can change that.</summary>
    public static readonly Guid AccountRestrictions = new("4c164200-20c0-11d0-a768-00aa006e0529");

    public static readonly Guid User = new("bf967aba-0de6-11d0-a285-00aa003049e2");
    public static readonly Guid InetOrgPerson = new("4828cc14-1437-45bc-9b07-ad6f015e5f28");
    public static readonly Guid DomainClass = new("19195a5b-6da0-11d0-afd3-00c04fd930c9");
}
