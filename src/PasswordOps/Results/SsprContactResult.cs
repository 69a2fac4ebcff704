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

    /// <summary>The status in the view.</summary>
    [Hidden]
    public string StatusText => Status switch
    {
        ContactStatus.Succeeded => Paint.Good("Succeeded"),
        ContactStatus.Unchanged => Paint.Dim("Unchanged"),
        ContactStatus.Failed => Paint.Bad("Failed"),
        ContactStatus.Unknown => Paint.Doubt("Unknown"),
        _ => Paint.Bad("NotSent"),
    };

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
