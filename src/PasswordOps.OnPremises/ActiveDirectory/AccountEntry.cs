using System;
using System.DirectoryServices.Protocols;
using System.Linq;
using PasswordOps.Core.Directory;

namespace PasswordOps.OnPremises.ActiveDirectory;

/// <summary>How a user account is asked for and read.</summary>
internal static class AccountEntry
{
    private const int Disabled = 0x2;
    private const int LockedOut = 0x10;
    private const int NeverExpires = 0x10000;
    private const int SmartCard = 0x40000;

    private static readonly string[] Attributes =
    {
        "distinguishedName", "objectGUID", "objectSid", "sAMAccountName", "userPrincipalName", "displayName", "pwdLastSet", "lockoutTime",
        "userAccountControl", "msDS-User-Account-Control-Computed", "msDS-ResultantPSO", "adminCount", "accountExpires",
        "objectClass",
    };

    public static SearchRequest Request(ActiveDirectoryName name, string domain)
    {
        const string users = "(objectCategory=person)(objectClass=user)";
        string? condition = name.Kind switch
        {
            ActiveDirectoryNameKind.SecurityIdentifier => $"(objectSid={LdapText.FilterValue(name.Value)})",
            ActiveDirectoryNameKind.ObjectGuid => $"(objectGUID={LdapText.FilterValue(Guid.Parse(name.Value).ToByteArray())})",
            ActiveDirectoryNameKind.UserPrincipalName => $"(userPrincipalName={LdapText.FilterValue(name.Value)})",
            ActiveDirectoryNameKind.SamAccountName => $"(sAMAccountName={LdapText.FilterValue(name.Value)})",
            _ => null,
        };
        SearchRequest request = condition is null
            ? new SearchRequest(name.Value, $"(&{users})", SearchScope.Base, Attributes)
            : new SearchRequest(domain, $"(&{users}{condition})", SearchScope.Subtree, Attributes);
        request.SizeLimit = 2;
        return request;
    }

    /// <summary>Reads an account; null when it lacks what every account has.</summary>
    public static ActiveDirectoryAccount? Read(Entry entry)
    {
        if (entry.Bytes("objectGUID") is not { Length: 16 } id
            || LdapText.Sid(entry.Bytes("objectSid") ?? Array.Empty<byte>()) is not string sid
            || entry.Text("sAMAccountName") is not string sam
            || entry.Text("distinguishedName") is not string dn)
        {
            return null;
        }

        long flags = entry.Number("userAccountControl") ?? 0;
        long? computed = entry.Number("msDS-User-Account-Control-Computed");
        return new ActiveDirectoryAccount
        {
            DistinguishedName = dn,
            ObjectGuid = new Guid(id),
            SecurityIdentifier = sid,
            SamAccountName = sam,
            UserPrincipalName = entry.Text("userPrincipalName"),
            DisplayName = entry.Text("displayName"),
            PasswordLastSet = entry.Moment("pwdLastSet"),
            MustChangePassword = entry.Number("pwdLastSet") is long set ? set == 0 : null,
            IsLockedOut = computed is long now ? (now & LockedOut) != 0 : entry.Number("lockoutTime") is > 0,
            IsDisabled = (flags & Disabled) != 0,
            PasswordNeverExpires = (flags & NeverExpires) != 0,
            SmartCardRequired = (flags & SmartCard) != 0,
            IsProtected = entry.Number("adminCount") is > 0,
            Expires = entry.Moment("accountExpires"),
            ObjectClass = entry.Texts("objectClass").LastOrDefault(),
        };
    }

    /// <summary>The fine-grained policy that applies, by name; null for the domain's.</summary>
    public static string? PolicyOf(Entry entry) => entry.Text("msDS-ResultantPSO");
}
