using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.OnPremises.ActiveDirectory.Rights;

/// <summary>How the account of a sync engine is asked for and read.</summary>
internal static class AccountEntries
{
    public static readonly string[] Attributes =
    {
        "objectClass", "objectSid", "sAMAccountName", "userPrincipalName", "userAccountControl", "adminCount",
    };

    /// <summary>Filter for the accounts that bear a name.</summary>
    public static string Named(ActiveDirectoryName name)
    {
        string value = LdapText.FilterValue(name.Value);
        return name.Kind switch
        {
            ActiveDirectoryNameKind.SecurityIdentifier => $"(&(objectClass=user)(objectSid={value}))",
            ActiveDirectoryNameKind.ObjectGuid =>
                $"(&(objectClass=user)(objectGUID={LdapText.FilterValue(Guid.Parse(name.Value).ToByteArray())}))",
            ActiveDirectoryNameKind.UserPrincipalName => $"(&(objectClass=user)(userPrincipalName={value}))",
            _ => $"(&(objectClass=user)(|(sAMAccountName={value})(sAMAccountName={value}{LdapText.FilterValue("$")})))",
        };
    }

    /// <summary>Filter for users and managed service accounts whose name begins with one of some texts.</summary>
    public static string Beginning(IReadOnlyList<string> prefixes) =>
        "(&(|(sAMAccountType=805306368)(objectClass=msDS-GroupManagedServiceAccount)(objectClass=msDS-ManagedServiceAccount))(|"
        + string.Concat(prefixes.Select(prefix => $"(sAMAccountName={LdapText.FilterValue(prefix)}*)")) + "))";

    /// <summary>Reads an account; null when it lacks what every account has.</summary>
    public static ConnectorAccount? Read(Entry entry) =>
        SecurityId.TryRead(entry.Bytes("objectSid")) is SecurityId sid && entry.Text("sAMAccountName") is string name
            ? new ConnectorAccount
            {
                DistinguishedName = entry.DistinguishedName,
                SamAccountName = name,
                Sid = sid,
                ObjectClass = entry.Texts("objectClass").LastOrDefault() ?? string.Empty,
                UserPrincipalName = entry.Text("userPrincipalName"),
                UserAccountControl = entry.Count("userAccountControl"),
                AdminCount = entry.Count("adminCount"),
            }
            : null;
}
