using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Checks.Policy;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.Contact;

/// <summary>Is there enough contact data for a reset?</summary>
internal sealed class ContactMethodsCheck : Check<UserFacts>
{
    public ContactMethodsCheck()
        : base("contact.methods", "howto-sspr-authenticationdata (2023-09-21); concept-sspr-policy (2025-05-15)")
    {
    }

    protected override Answer Decide(UserFacts facts)
    {
        if (!facts.Source.IsHere)
        {
            return new Answer(Verdict.NotApplicable, Text.Of($"The password is not mastered here."), facts.Source.Evidence, facts.User.At);
        }

        if (facts.Contact is { IsKnown: false } contact)
        {
            return Answer.Unreadable(contact, Text.Of($"The user's authentication methods"));
        }

        if (facts.Contact is null && !facts.Registration.IsKnown)
        {
            return Answer.Unreadable(facts.Registration, Text.Of($"The user's line of the registration report"));
        }

        DateTimeOffset at = facts.Contact?.At ?? facts.Registration.At;

        IReadOnlyList<string> pieces = Pieces(facts);
        string evidence = (pieces.Count == 0 ? "no phone, no email" : string.Join(", ", pieces))
            + (facts.Contact is null ? " (by the registration report and the profile)" : string.Empty);
        int? needed = facts.IsUnderAdministratorPolicy == true ? Needed(facts.Tenant) : null;
        int kinds = Kinds(facts, pieces);
        if (kinds == 0)
        {
            return new Answer(
                Verdict.Fail, Text.Of($"There is no phone and no email address to send a code to."), evidence, at,
                Text.Of($"Set-SsprContactData {facts.User.Value.Name} -Mobile '+1 4255550100' (with the user's own number)."));
        }

        if (needed is int count)
        {
            return kinds >= count
                ? new Answer(
                    Verdict.Pass, Text.Of($"{kinds} kinds of method for the {count} that the administrator policy asks for."), evidence,
                    at)
                : new Answer(
                    Verdict.Fail, Text.Of($"The administrator policy asks for {count} kinds of method and there is {kinds}."), evidence,
                    at, Text.Of($"Add an email address or a phone with Set-SsprContactData."));
        }

        if (facts.Registration.IsKnown && facts.Registration.Value.IsSsprCapable)
        {
            return new Answer(Verdict.Pass, Text.Of($"Enough methods: the registration report calls the user capable."), evidence, at);
        }

        return kinds >= 2
            ? new Answer(
                Verdict.Pass, Text.Of($"Two kinds of method: enough for every setting of the policy, as far as it allows them."), evidence,
                at)
            : new Answer(
                Verdict.Warn,
                Text.Of($"One kind of method: enough where the policy asks for one. How many it asks for cannot be read by any API."),
                evidence, at, Text.Of($"Add a second kind, an email address or a phone, with Set-SsprContactData."));
    }

    private static int? Needed(TenantFacts facts) =>
        facts.Organization.IsKnown && facts.IsSynced is not null && facts.Subscriptions.IsKnown
            ? AdministratorGates.Of(facts.Subscriptions.Value, facts.Organization.Value, facts.Now).Gates
            : null;

    // Profile data counts too: a mobile phone or an alternate email that an administrator or the sync filled in can be used without
    // registration.
    private static IReadOnlyList<string> Pieces(UserFacts facts)
    {
        DirectoryUser user = facts.User.Value;
        List<string> pieces = new();
        if (facts.Contact is Reading<ContactData> read)
        {
            ContactData data = read.Value;
            Add(data.Phones.ContainsKey(PhoneType.Mobile), "authentication phone");
            Add(data.Phones.ContainsKey(PhoneType.AlternateMobile), "alternate authentication phone");
            Add(data.Phones.ContainsKey(PhoneType.Office), "office authentication phone");
            Add(data.Email is not null, "authentication email");
        }
        else
        {
            IReadOnlyList<string> registered = facts.Registration.Value.MethodsRegistered;
            Add(registered.Contains("mobilePhone", StringComparer.OrdinalIgnoreCase), "authentication phone");
            Add(registered.Contains("alternateMobilePhone", StringComparer.OrdinalIgnoreCase), "alternate authentication phone");
            Add(registered.Contains("officePhone", StringComparer.OrdinalIgnoreCase), "office authentication phone");
            Add(registered.Contains("email", StringComparer.OrdinalIgnoreCase), "authentication email");
        }

        Add(!string.IsNullOrEmpty(user.MobilePhone), "mobile phone of the profile");
        Add(!string.IsNullOrEmpty(user.OfficePhone), "office phone of the profile");
        Add(user.OtherMails.Count > 0, "alternate email of the profile");
        return pieces;

        void Add(bool present, string name)
        {
            if (present)
            {
                pieces.Add(name);
            }
        }
    }

    // Two numbers of one kind are two chances, not two gates: the policy counts phone, email and authenticator app once each.
    private static int Kinds(UserFacts facts, IReadOnlyList<string> pieces)
    {
        bool phone = pieces.Any(piece => piece.IndexOf("phone", StringComparison.Ordinal) >= 0);
        bool email = pieces.Any(piece => piece.IndexOf("email", StringComparison.Ordinal) >= 0);
        bool app = facts.Registration.IsKnown && facts.Registration.Value.MethodsRegistered.Any(method =>
            method.StartsWith("microsoftAuthenticator", StringComparison.OrdinalIgnoreCase)
            || string.Equals(method, "softwareOneTimePasscode", StringComparison.OrdinalIgnoreCase));
        return (phone ? 1 : 0) + (email ? 1 : 0) + (app ? 1 : 0);
    }
}
