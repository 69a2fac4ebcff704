namespace PasswordOps.Core.Contacts;

/// <summary>One write of one field of one user. Holds contact data: never log it.</summary>
/// <param name="UserId">Object id.</param>
/// <param name="Field">Which field.</param>
/// <param name="Target">Where it is kept.</param>
/// <param name="Action">What to do.</param>
/// <param name="Value">The new value in the service's form; null for <see cref="WriteAction.Remove"/>. The profile keeps a list of
/// alternate mail addresses: there the value is the whole new list, parted by semicolons, since the service replaces the list as
/// one.</param>
public sealed record ContactWrite(string UserId, ContactField Field, ContactTarget Target, WriteAction Action, string? Value)
{
    /// <summary>Everything but the value.</summary>
    /// <returns>Action, field and user id.</returns>
    public override string ToString() => $"{Action} {Field} of {UserId}";
}
