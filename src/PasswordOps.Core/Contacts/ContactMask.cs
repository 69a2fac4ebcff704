namespace PasswordOps.Core.Contacts;

/// <summary>Shows that there is a value, and enough of it to recognise it by, without giving it away.</summary>
public static class ContactMask
{
    /// <summary>Masks a value.</summary>
    /// <param name="field">Which field.</param>
    /// <param name="value">The value; null when there is none.</param>
    /// <returns>Country code and last two digits of a number, first letter and domain of an address; empty for none.</returns>
    public static string Of(ContactField field, string? value) => ContactPlanner.Masked(field, value);

    /// <summary>True for a number that the service itself masked, since the caller's role may not see it.</summary>
    /// <param name="field">Which field.</param>
    /// <param name="value">The value as read; null when there is none.</param>
    /// <returns>Whether the value is not the real one.</returns>
    public static bool IsMasked(ContactField field, string? value) => ContactPlanner.IsMasked(field, value);
}
