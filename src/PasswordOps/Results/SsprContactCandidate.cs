using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using PasswordOps.Core.Contacts;
using PasswordOps.Core.Registration;

namespace PasswordOps;

/// <summary>
/// A user whose contact data can be filled in from the profile at once. Goes into Set-SsprContactData through the pipeline; the view masks
/// the values.
/// </summary>
public sealed record SsprContactCandidate : ContactCandidate
{
    [SetsRequiredMembers]
    internal SsprContactCandidate(ContactCandidate original)
        : base(original)
    {
    }

    /// <summary>The view.</summary>
    [Hidden]
    public string Card
    {
        get
        {
            List<string> found = new();
            Add(ContactField.Mobile, Mobile);
            Add(ContactField.Office, Office);
            Add(ContactField.Email, Email);
            return PasswordOps.Card.Row(string.Join(", ", found), (UserPrincipalName, 28));

            void Add(ContactField kind, string? value)
            {
                if (value is not null)
                {
                    found.Add(kind + " " + ContactMask.Of(kind, value));
                }
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
