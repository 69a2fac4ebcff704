using System;
using System.Collections.Generic;
using PasswordOps.Core.Contacts;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.Contact;

/// <summary>
/// Are the profile's numbers and addresses written so that a code can reach them? The service tests authentication methods itself, the
/// profile never.
/// </summary>
internal sealed class ContactFormatCheck : Check<UserFacts>
{
    public ContactFormatCheck()
        : base("contact.format", "howto-sspr-authenticationdata (2023-09-21), phone number formats")
    {
    }

    protected override Answer Decide(UserFacts facts)
    {
        DirectoryUser user = facts.User.Value;
        List<string> wrong = new();
        int looked = 0;
        Look("mobilePhone", user.MobilePhone, ContactField.Mobile);
        Look("businessPhones", user.OfficePhone, ContactField.Office);
        for (int i = 0; i < user.OtherMails.Count; i++)
        {
            Look("otherMails", user.OtherMails[i], ContactField.Email);
        }

        string evidence = $"{looked} values in the profile";
        if (looked == 0)
        {
            return new Answer(Verdict.NotApplicable, Text.Of($"The profile has no contact data."), evidence, facts.User.At);
        }

        return wrong.Count == 0
            ? new Answer(Verdict.Pass, Text.Of($"All of the profile's contact data is well formed."), evidence, facts.User.At)
            : new Answer(
                Verdict.Warn,
                Text.Of($"Not usable as written: {string.Join("; ", wrong)}."),
                evidence,
                facts.User.At,
                user.OnPremisesSyncEnabled == true
                    ? Text.Of($"Correct it in Active Directory, or set the authentication method with Set-SsprContactData, "
                        + $"which the profile does not overrule.")
                    : Text.Of($"Correct it with Set-SsprContactData -Target Profile."));

        void Look(string name, string? value, ContactField field)
        {
            if (string.IsNullOrEmpty(value))
            {
                return;
            }

            looked++;
            ContactValue read = ContactValue.Read(field, value!);
            if (read.Problem is not null)
            {
                wrong.Add($"{name} ({read.Problem.Reason})");
            }
            else if (field != ContactField.Email && !string.Equals(read.Value, value, StringComparison.Ordinal))
            {
                wrong.Add(Text.Of($"{name} (not in the form +country code, one space, number)"));
            }
        }
    }
}
