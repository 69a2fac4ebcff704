using System;
using System.Linq;
using PasswordOps.Core.Contacts;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Registration;

/// <summary>
/// A user who cannot reset yet and whose profile holds contact data that Set-SsprContactData takes as it is. Holds contact data.
/// </summary>
public record ContactCandidate
{
    /// <summary>User principal name; the object id for the rare user without one.</summary>
    public required string UserPrincipalName { get; init; }

    /// <summary>Name shown to people; null when unset.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Mobile phone of the profile in the service's form; null when there is none, or one is registered already.</summary>
    public string? Mobile { get; init; }

    /// <summary>Office phone of the profile in the service's form; null when there is none, or one is registered already.</summary>
    public string? Office { get; init; }

    /// <summary>First alternate mail address of the profile; null when there is none, or one is registered already.</summary>
    public string? Email { get; init; }

    /// <summary>Only the user: the record holds phone numbers.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => UserPrincipalName;

    /// <summary>Decides by the report and the profile.</summary>
    /// <param name="user">The user.</param>
    /// <param name="line">The user's line of the report.</param>
    /// <param name="isHere">Whether the password is mastered in this tenant, or in Active Directory behind it.</param>
    /// <returns>The candidate; null when there is nothing to fill in.</returns>
    internal static ContactCandidate? Of(DirectoryUser user, RegistrationDetail line, bool isHere)
    {
        if (!isHere || user.AccountEnabled == false || !line.IsSsprEnabled || line.IsSsprCapable)
        {
            return null;
        }

        string? mobile = Missing("mobilePhone", ContactField.Mobile, user.MobilePhone);
        string? office = Missing("officePhone", ContactField.Office, user.OfficePhone);
        string? email = Missing("email", ContactField.Email, user.OtherMails.FirstOrDefault());
        return mobile is null && office is null && email is null ? null : new ContactCandidate
        {
            UserPrincipalName = user.Name, DisplayName = user.DisplayName, Mobile = mobile, Office = office, Email = email,
        };

        string? Missing(string method, ContactField field, string? value)
        {
            if (string.IsNullOrWhiteSpace(value) || line.MethodsRegistered.Contains(method, StringComparer.OrdinalIgnoreCase))
            {
                return null;
            }

            ContactValue read = ContactValue.Read(field, value!);
            return read.Problem is null ? read.Value : null;
        }
    }
}
