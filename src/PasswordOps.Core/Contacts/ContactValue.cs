namespace PasswordOps.Core.Contacts;

/// <summary>A value of contact data after its rules were applied. Holds contact data: never log it.</summary>
/// <param name="Value">The value in the service's form; empty when there is a problem.</param>
/// <param name="Problem">What is wrong with it; null when nothing is.</param>
/// <param name="Note">Something to know about a good value; null when there is nothing.</param>
internal sealed record ContactValue(string Value, ContactProblem? Problem, string? Note)
{
    public static ContactValue Read(ContactField field, string text, string? defaultCountry = null) =>
        field == ContactField.Email
            ? MailAddress.Read(text)
            : PhoneNumber.Read(text, allowExtension: field == ContactField.Office, defaultCountry);

    public static ContactValue Bad(string rule, string reason, string advice) =>
        new(string.Empty, new ContactProblem(rule, reason, advice), null);

    public override string ToString() => Problem?.Rule ?? "(hidden)";
}
