using System.Globalization;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.Policy;

/// <summary>Is the user in the scope of self-service password reset?</summary>
internal sealed class SsprEnabledCheck : Check<UserFacts>
{
    public SsprEnabledCheck()
        : base("policy.enabled", "Microsoft Graph userRegistrationDetails.isSsprEnabled; up to a few hours behind")
    {
    }

    protected override Answer Decide(UserFacts facts)
    {
        if (!facts.Source.IsHere)
        {
            return new Answer(Verdict.NotApplicable, Text.Of($"The password is not mastered here."), facts.Source.Evidence, facts.User.At);
        }

        if (facts.User.Value.AccountEnabled == false)
        {
            return new Answer(
                Verdict.Unknown,
                Text.Of($"The registration report does not cover users whose sign-in is blocked."), "accountEnabled is false",
                facts.User.At,
                Text.Of($"Enable the account and look again after a few hours."));
        }

        if (facts.IsUnderAdministratorPolicy == true)
        {
            return UnderAdministratorPolicy(facts.Tenant.AdministratorSspr);
        }

        if (!facts.Registration.IsKnown)
        {
            return Answer.Unreadable(facts.Registration, Text.Of($"The user's line of the registration report"));
        }

        RegistrationDetail line = facts.Registration.Value;
        string evidence = $"isSsprEnabled {(line.IsSsprEnabled ? "true" : "false")}, line of "
            + (line.LastUpdated?.UtcDateTime.ToString("u", CultureInfo.InvariantCulture) ?? "an unknown time");
        return line.IsSsprEnabled
            ? new Answer(Verdict.Pass,
                Text.Of($"Self-service password reset is switched on for this user."), evidence, facts.Registration.At)
            : new Answer(
                Verdict.Fail,
                Text.Of($"Self-service password reset is not switched on for this user: it is off, or the user is outside the selected "
                    + $"group. No API shows which."),
                evidence,
                facts.Registration.At,
                Text.Of($"In the Entra admin center, Password reset > Properties: choose All, or add the user to the selected group; "
                + $"the report follows in a few hours."));
    }

    // The users' scope does not count for an administrator; whether the report's flag follows it is not documented.
    private static Answer UnderAdministratorPolicy(Reading<bool?> allowed) =>
        !allowed.IsKnown ? Answer.Unreadable(allowed, Text.Of($"The authorization policy, whose switch counts for administrators,"))
        : allowed.Value switch
        {
            true => new Answer(
                Verdict.Pass, Text.Of($"The administrator policy is switched on; the users' scope does not count for this user."),
                "allowedToUseSSPR true", allowed.At),
            false => new Answer(
                Verdict.NotApplicable, Text.Of($"The administrator policy answers this user and is switched off."),
                "allowedToUseSSPR false", allowed.At),
            null => new Answer(
                Verdict.Unknown, Text.Of($"The authorization policy does not show the switch that counts for administrators."),
                "allowedToUseSSPR is missing", allowed.At,
                Text.Of($"Look at it in the Entra admin center, or ask again later.")),
        };
}
