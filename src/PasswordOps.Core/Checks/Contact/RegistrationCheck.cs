using System.Globalization;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.Contact;

/// <summary>Has the user registered enough methods?</summary>
internal sealed class RegistrationCheck : Check<UserFacts>
{
    public RegistrationCheck()
        : base("contact.registered", "Microsoft Graph userRegistrationDetails; howto-sspr-authenticationdata (2023-09-21)")
    {
    }

    protected override Answer Decide(UserFacts facts)
    {
        if (!facts.Source.IsHere)
        {
            return new Answer(Verdict.NotApplicable, Text.Of($"The password is not mastered here."), facts.Source.Evidence, facts.User.At);
        }

        if (!facts.Registration.IsKnown)
        {
            return Answer.Unreadable(facts.Registration, Text.Of($"The user's line of the registration report"));
        }

        RegistrationDetail line = facts.Registration.Value;
        string evidence = string.Format(
            CultureInfo.InvariantCulture,
            "isSsprRegistered {0}, isSsprCapable {1}, methods: {2}",
            line.IsSsprRegistered ? "true" : "false",
            line.IsSsprCapable ? "true" : "false",
            line.MethodsRegistered.Count == 0 ? "none" : string.Join(", ", line.MethodsRegistered));
        if (line.IsSsprCapable)
        {
            return new Answer(Verdict.Pass, Text.Of($"Registered with enough allowed methods."), evidence, facts.Registration.At);
        }

        return line.IsSsprRegistered
            ? new Answer(
                Verdict.Warn,
                Text.Of($"Registered, yet not capable: the user is outside the scope, or the registered methods are not among the allowed "
                    + $"ones."),
                evidence,
                facts.Registration.At,
                Text.Of($"Compare the user's methods with the allowed ones in the Entra admin center, Password reset > Authentication "
                    + $"methods."))
            : new Answer(
                Verdict.Warn,
                Text.Of($"Not registered. Contact data that an administrator fills in can be used without registration, "
                + $"where it suffices for the policy."),
                evidence,
                facts.Registration.At,
                Text.Of($"Fill in contact data with Set-SsprContactData, or send the user to aka.ms/ssprsetup."));
    }
}
