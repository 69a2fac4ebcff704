using System;
using System.Collections.Generic;

namespace PasswordOps.Practice.State;

/// <summary>An authentication method that only the user can register, such as the Authenticator app.</summary>
internal sealed record OtherMethod(string Type, string Id, string? DisplayName, DateTimeOffset? CreatedDateTime);

/// <summary>The authentication methods of a user, the password apart.</summary>
internal sealed record MethodSet
{
    internal static readonly MethodSet None = new();

    public string? Mobile { get; init; }

    public string? AlternateMobile { get; init; }

    public string? Office { get; init; }

    public string? Email { get; init; }

    /// <summary>Of the mobile number; the other numbers cannot be used to sign in.</summary>
    public string SmsSignInState { get; init; } = "notEnabled";

    public IReadOnlyList<OtherMethod> Others { get; init; } = [];

    /// <summary>
    /// What the user chose as default second factor: push, oath, voiceMobile, voiceAlternateMobile, voiceOffice, sms, none.
    /// </summary>
    public string Preferred { get; init; } = "none";

    public string? Phone(PhoneKind kind) => kind switch
    {
        PhoneKind.Mobile => Mobile,
        PhoneKind.AlternateMobile => AlternateMobile,
        _ => Office,
    };

    public MethodSet WithPhone(PhoneKind kind, string? number) => kind switch
    {
        PhoneKind.Mobile => this with { Mobile = number },
        PhoneKind.AlternateMobile => this with { AlternateMobile = number },
        _ => this with { Office = number },
    };

    /// <summary>Numbers and addresses stay out of any text made of this.</summary>
    public override string ToString() => nameof(MethodSet);
}

internal enum PhoneKind
{
    Mobile,
    AlternateMobile,
    Office,
}
