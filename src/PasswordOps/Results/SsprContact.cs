using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Contacts;

namespace PasswordOps;

/// <summary>A user's contact data. Values are masked, unless the caller asked to see them.</summary>
public sealed class SsprContact
{
    private readonly bool isOneOfMany;

    internal SsprContact(ContactRecord record, bool showsValues, bool isOneOfMany)
    {
        this.isOneOfMany = isOneOfMany;
        User = record.User;
        UserId = record.UserId;
        DisplayName = record.DisplayName;
        IsSynced = record.IsSynced;
        SmsSignInState = record.SmsSignInState;
        IsMasked = record.IsMasked;
        ErrorId = record.Error?.Id;
        Values = ((ContactField[])Enum.GetValues(typeof(ContactField)))
            .Select(field => new SsprContactValue(record, field, showsValues)).ToArray();
    }

    /// <summary>User principal name.</summary>
    public string User { get; }

    /// <summary>Object id.</summary>
    public string? UserId { get; }

    /// <summary>Name shown to people; null when unset.</summary>
    public string? DisplayName { get; }

    /// <summary>True when Active Directory masters the user, so that phones of the profile are read-only here.</summary>
    public bool IsSynced { get; }

    /// <summary>Authentication phone.</summary>
    public string? Mobile => Of(ContactField.Mobile).Method;

    /// <summary>Alternate authentication phone.</summary>
    public string? AlternateMobile => Of(ContactField.AlternateMobile).Method;

    /// <summary>Office phone among the authentication methods.</summary>
    public string? Office => Of(ContactField.Office).Method;

    /// <summary>Authentication email.</summary>
    public string? Email => Of(ContactField.Email).Method;

    /// <summary>Mobile phone of the profile.</summary>
    public string? ProfileMobile => Of(ContactField.Mobile).Profile;

    /// <summary>Office phone of the profile.</summary>
    public string? ProfileOffice => Of(ContactField.Office).Profile;

    /// <summary>First alternate mail address of the profile.</summary>
    public string? ProfileEmail => Of(ContactField.Email).Profile;

    /// <summary>Field by field: method, profile, and which of them password reset uses.</summary>
    public IReadOnlyList<SsprContactValue> Values { get; }

    /// <summary>Whether the mobile number signs in by text message; null when there is no mobile method.</summary>
    public string? SmsSignInState { get; }

    /// <summary>True when the service itself masked numbers, since the caller's role may not see them.</summary>
    public bool IsMasked { get; }

    /// <summary>Id of the error when the authentication methods could not be read; null when they could.</summary>
    public string? ErrorId { get; }

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => isOneOfMany
        ? PasswordOps.Card.Row(
            Values.Any(value => value.Used is not null)
                ? string.Join(", ", Values.Where(value => value.Used is not null).Select(value => value.Field + " " + value.Used
                    + (value.Source == SsprContactSource.Profile ? " " + Text.Of($"(profile)") : string.Empty)))
                : Paint.Dim(Text.Of($"none")),
            (User, 28))
        : PasswordOps.Card.Of(
            User + (DisplayName is null ? string.Empty : "  " + DisplayName),
            ("mobile", Of(ContactField.Mobile).Words),
            ("alternate", Of(ContactField.AlternateMobile).Words),
            ("office", Of(ContactField.Office).Words),
            ("email", Of(ContactField.Email).Words),
            ("sign-in", string.Equals(SmsSignInState, "ready", StringComparison.OrdinalIgnoreCase)
                ? Text.Of($"by text message with the mobile number") : null),
            ("source", IsSynced ? Text.Of($"synced from Active Directory: phones of the profile are read-only here") : null),
            ("note", ErrorId is not null ? Text.Of($"the authentication methods could not be read: {ErrorId}")
                : IsMasked ? Text.Of($"your role sees numbers masked by the service") : null));

    /// <summary>Only the user.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => User;

    private SsprContactValue Of(ContactField field) => Values[(int)field];
}
