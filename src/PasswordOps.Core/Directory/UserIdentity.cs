using System;

namespace PasswordOps.Core.Directory;

/// <summary>
/// One way to name a user: object id or user principal name. Guests (<c>name_fabrikam.com#EXT#@contoso.onmicrosoft.com</c>) and names with
/// an apostrophe are valid.
/// </summary>
public sealed class UserIdentity : IEquatable<UserIdentity>
{
    /// <summary>Longest user principal name that Entra ID takes, in characters.</summary>
    public const int LongestUpn = 113;

    /// <summary>Reads an identity as a person typed it.</summary>
    /// <param name="value">User principal name or object id; blanks around it are dropped.</param>
    /// <exception cref="PasswordOpsException">The text is neither: <c>IdentityInvalid</c>.</exception>
    public UserIdentity(string value)
    {
        string text = (value ?? string.Empty).Trim();
        if (Guid.TryParse(text, out Guid id))
        {
            ObjectId = id.ToString("D");
            Value = ObjectId;
            return;
        }

        Value = text;
        if (Problem(text) is string problem)
        {
            throw new PasswordOpsException(
                "IdentityInvalid",
                ErrorKind.InvalidArgument,
                Text.Of($"'{Shown(text)}' does not name a user: {problem}."),
                Text.Of($"Give a user principal name such as anna@contoso.com, or the user's object id."));
        }
    }

    /// <summary>Names a user that was read from the directory.</summary>
    /// <param name="user">The user.</param>
    public UserIdentity(DirectoryUser user)
        : this((user ?? throw new ArgumentNullException(nameof(user))).Id)
    {
    }

    /// <summary>The identity as given, trimmed; an object id in lower case with hyphens.</summary>
    public string Value { get; }

    /// <summary>Object id; null when the user is named by user principal name.</summary>
    public string? ObjectId { get; }

    /// <inheritdoc/>
    public bool Equals(UserIdentity? other) => other is not null && string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as UserIdentity);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>Says what is wrong with a text as a user principal name.</summary>
    /// <param name="text">The text, trimmed.</param>
    /// <returns>What is wrong, or null when nothing is.</returns>
    internal static string? Problem(string text)
    {
        if (text.Length == 0)
        {
            return Text.Of($"it is empty");
        }

        if (text.Length > LongestUpn)
        {
            return Text.Of($"it is longer than {LongestUpn} characters");
        }

        int at = text.IndexOf('@');
        if (at < 0)
        {
            return Text.Of($"it has no @ and is no object id");
        }

        if (at == 0 || at == text.Length - 1 || text.IndexOf('@', at + 1) >= 0)
        {
            return Text.Of($"a user principal name has one @ with text on both sides");
        }

        foreach (char c in text)
        {
            if (char.IsWhiteSpace(c)
                || char.IsControl(c)
                || c is '/' or '\\' or '?' or '"' or '<' or '>' or '|' or ',' or ';' or ':' or '(' or ')')
            {
                return Text.Of($"it has a character that no user principal name can have");
            }
        }

        return null;
    }

    private static string Shown(string text) => text.Length <= 60 ? text : text.Substring(0, 57) + "...";
}
