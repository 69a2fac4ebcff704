using System;
using System.DirectoryServices.Protocols;
using PasswordOps.Core.Directory;

namespace PasswordOps.OnPremises.ActiveDirectory;

/// <summary>How a password policy is asked for and read: the domain's own, or a fine-grained one.</summary>
internal static class PolicyEntry
{
    private const int Complex = 0x1;

    public static SearchRequest Request(string dn, bool fineGrained) => fineGrained
        ? new SearchRequest(
            dn, "(objectClass=msDS-PasswordSettings)", SearchScope.Base, "msDS-MinimumPasswordLength", "msDS-MinimumPasswordAge",
            "msDS-MaximumPasswordAge", "msDS-PasswordHistoryLength", "msDS-PasswordComplexityEnabled")
        : new SearchRequest(
            dn, "(objectClass=*)", SearchScope.Base, "minPwdLength", "minPwdAge", "maxPwdAge", "pwdHistoryLength", "pwdProperties");

    public static DomainPasswordPolicy Read(Entry? entry, string? fineGrained)
    {
        if (entry is null)
        {
            return new DomainPasswordPolicy { FineGrained = fineGrained };
        }

        return fineGrained is null
            ? new DomainPasswordPolicy
            {
                MinimumLength = entry.Count("minPwdLength"),
                MinimumAge = entry.Time("minPwdAge"),
                MaximumAge = Ever(entry.Time("maxPwdAge")),
                HistoryLength = entry.Count("pwdHistoryLength"),
                Complexity = entry.Number("pwdProperties") is long properties ? (properties & Complex) != 0 : null,
            }
            : new DomainPasswordPolicy
            {
                FineGrained = fineGrained,
                MinimumLength = entry.Count("msDS-MinimumPasswordLength"),
                MinimumAge = entry.Time("msDS-MinimumPasswordAge"),
                MaximumAge = Ever(entry.Time("msDS-MaximumPasswordAge")),
                HistoryLength = entry.Count("msDS-PasswordHistoryLength"),
                Complexity = entry.Text("msDS-PasswordComplexityEnabled") is string text
                    ? string.Equals(text, "TRUE", StringComparison.OrdinalIgnoreCase)
                    : null,
            };
    }

    // Zero stands for never here, too.
    private static TimeSpan? Ever(TimeSpan? age) => age == TimeSpan.Zero ? TimeSpan.MaxValue : age;
}
