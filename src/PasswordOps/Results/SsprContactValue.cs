using PasswordOps.Core;
using PasswordOps.Core.Contacts;

namespace PasswordOps;

/// <summary>One field of a user's contact data. Values are masked, unless the caller asked to see them.</summary>
public sealed class SsprContactValue
{
    internal SsprContactValue(ContactRecord record, ContactField field, bool showsValues)
    {
        Field = field;
        Method = Shown(record.Value(field, ContactTarget.AuthenticationMethods));
        Profile = Shown(record.Value(field, ContactTarget.Profile));
        Source = record.Error is not null ? SsprContactSource.Unknown
            : Method is not null ? SsprContactSource.AuthenticationMethod
            : Profile is not null ? SsprContactSource.Profile : SsprContactSource.None;
        Used = record.Error is null ? Shown(record.Used(field)) : null;

        string? Shown(string? value) => value is null ? null : showsValues ? value : ContactMask.Of(field, value);
    }

    /// <summary>Which field.</summary>
    public ContactField Field { get; }

    /// <summary>The authentication method; null when there is none.</summary>
    public string? Method { get; }

    /// <summary>The value in the profile; null when there is none.</summary>
    public string? Profile { get; }

    /// <summary>Where the value is from that password reset uses, when the method is enabled.</summary>
    public SsprContactSource Source { get; }

    /// <summary>The value that password reset uses; null when there is none, or when it cannot be told.</summary>
    public string? Used { get; }

    /// <summary>The field in words.</summary>
    internal string Words => Source switch
    {
        SsprContactSource.None => Paint.Dim(Text.Of($"none")),
        SsprContactSource.Unknown => Profile is null ? Paint.Doubt(Text.Of($"unknown"))
            : Paint.Doubt(Text.Of($"unknown")) + "; " + Text.Of($"in the profile {Profile}"),
        SsprContactSource.Profile => Text.Of($"{Profile}, from the profile: password reset uses this"),
        _ => Text.Of($"{Method}, authentication method: password reset uses this")
            + (Profile is null ? string.Empty : "; " + Text.Of($"in the profile {Profile}")),
    };

    /// <summary>Field and where it is from, without the value.</summary>
    /// <returns>For example <c>Mobile Profile</c>.</returns>
    public override string ToString() => Field + " " + Source;
}
