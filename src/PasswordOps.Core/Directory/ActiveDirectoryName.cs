using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace PasswordOps.Core.Directory;

/// <summary>One way to name an account of Active Directory. The security identifier is the best: it never changes and is never
/// reused.</summary>
public sealed class ActiveDirectoryName
{
    private const int Longest = 2_048;

    private static readonly Regex Sid = new(
        "^S-1-[0-9]{1,14}(-[0-9]{1,10}){1,15}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex Dn = new(@"^(CN|OU|UID)\s*=.*,\s*DC\s*=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Reads a name as a person typed it, and tells the kind by its form.</summary>
    /// <param name="value">Security identifier, objectGUID, distinguished name, user principal name or sAMAccountName; blanks around it are
    /// dropped.</param>
    /// <exception cref="PasswordOpsException">The text is none of them: <c>IdentityInvalid</c>.</exception>
    public ActiveDirectoryName(string value)
    {
        string text = (value ?? string.Empty).Trim();
        Value = text;
        if (text.Length is 0 or > Longest || text.Any(char.IsControl))
        {
            throw Invalid(text, text.Length == 0 ? Text.Of($"it is empty") : Text.Of($"it is too long or holds control characters"));
        }

        if (Guid.TryParse(text, out Guid id))
        {
            Kind = ActiveDirectoryNameKind.ObjectGuid;
            Value = id.ToString("D");
        }
        else if (Sid.IsMatch(text))
        {
            Kind = ActiveDirectoryNameKind.SecurityIdentifier;
            Value = text.ToUpperInvariant();
        }
        else if (Dn.IsMatch(text))
        {
            Kind = ActiveDirectoryNameKind.DistinguishedName;
        }
        else if (text.IndexOf('\\') >= 0)
        {
            // A domain controller knows the accounts of its own domain; taking the part behind the backslash could find somebody else.
            throw Invalid(text, Text.Of($"a name with its domain in front cannot be checked by a domain controller"));
        }
        else
        {
            Kind = text.IndexOf('@') >= 0 ? ActiveDirectoryNameKind.UserPrincipalName : ActiveDirectoryNameKind.SamAccountName;
        }
    }

    /// <summary>What kind of name it is.</summary>
    public ActiveDirectoryNameKind Kind { get; }

    /// <summary>The name as given, trimmed; an objectGUID in lower case with hyphens.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static PasswordOpsException Invalid(string text, string why) => new(
        "IdentityInvalid", ErrorKind.InvalidArgument,
        Text.Of($"'{(text.Length <= 60 ? text : text.Substring(0, 57) + "...")}' does not name an account of Active Directory: {why}."),
        Text.Of($"Give its security identifier (S-1-5-21-...), objectGUID, distinguished name, user principal name or sAMAccountName."));
}
