using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Passwords;

/// <summary>The words by which a user and a tenant are known, and which do not belong in the user's password.</summary>
public static class PasswordTerms
{
    /// <summary>Shorter parts of names count for nothing, neither in Entra ID nor in Active Directory.</summary>
    public const int Shortest = 3;

    private static readonly char[] WindowsSeparators = " ,.-_#\t".ToCharArray();

    // O'Brien is also known as Brien.
    private static readonly char[] Separators = " ,.-_#\t@'+()/".ToCharArray();

    /// <summary>Collects them.</summary>
    /// <param name="user">The user.</param>
    /// <param name="organization">The tenant; null when it was not read.</param>
    /// <returns>Names and parts of names of three and more characters; each once.</returns>
    public static IReadOnlyList<string> Of(DirectoryUser user, Organization? organization)
    {
        List<string> terms = new();
        AddNames(terms, user.DisplayName);
        AddNames(terms, user.OnPremisesSamAccountName);
        int at = user.UserPrincipalName.IndexOf('@');
        AddNames(terms, at < 0 ? user.UserPrincipalName : user.UserPrincipalName.Substring(0, at));
        AddDomain(terms, at < 0 ? null : user.UserPrincipalName.Substring(at + 1));
        AddNames(terms, organization?.DisplayName);
        foreach (VerifiedDomain domain in organization?.VerifiedDomains ?? Array.Empty<VerifiedDomain>())
        {
            AddDomain(terms, domain.Name);
        }

        return terms.Where(term => term.Length >= Shortest).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
    }

    /// <summary>Takes a name apart where Windows does: at blanks, commas, dots, hyphens, underscores, number signs and tabs.</summary>
    /// <param name="name">A name; null has no parts.</param>
    /// <returns>Parts of three and more characters.</returns>
    internal static IEnumerable<string> Parts(string? name) =>
        (name ?? string.Empty).Split(WindowsSeparators, StringSplitOptions.RemoveEmptyEntries).Where(part => part.Length >= Shortest);

    private static void AddNames(List<string> terms, string? name)
    {
        string[] parts = (name ?? string.Empty).Split(Separators);
        terms.AddRange(parts);

        // "Anna de Vries" is also looked for as annadevries.
        terms.Add(string.Concat(parts));
    }

    // Of corp.contoso.com and contoso.onmicrosoft.com what is the customer's own.
    private static void AddDomain(List<string> terms, string? domain)
    {
        string[] labels = (domain ?? string.Empty).Split('.');
        terms.AddRange(labels.Take(labels.Length - 1).Where(label => label != "onmicrosoft").SelectMany(label => label.Split('-')));
    }
}
