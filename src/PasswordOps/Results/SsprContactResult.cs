using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using PasswordOps.Core.Contacts;

namespace PasswordOps;

/// <summary>How one user's contact data ended, with its words in the view.</summary>
public sealed record SsprContactResult : ContactResult
{
    [SetsRequiredMembers]
    internal SsprContactResult(ContactResult original)
        : base(original)
    {
    }

    /// <summary>The view: row, user, status, and what was written or why not.</summary>
    [Hidden]
    public string Card => PasswordOps.Card.Row(
        Status switch
        {
            ContactStatus.Succeeded => string.Join(", ", Written),
            ContactStatus.Unchanged => string.Empty,
            _ => Reason,
        },
        (RowWord.Of(Row), 6),
        (User, 28),
        (StatusWord(), 9));

    /// <inheritdoc/>
    public override string ToString() => base.ToString();

    private string StatusWord() => Status switch
    {
        ContactStatus.Succeeded => Paint.Good("Succeeded"),
        ContactStatus.Unchanged => Paint.Dim("Unchanged"),
        ContactStatus.Failed => Paint.Bad("Failed"),
        ContactStatus.Unknown => Paint.Doubt("Unknown"),
        _ => Paint.Bad("NotSent"),
    };
}
