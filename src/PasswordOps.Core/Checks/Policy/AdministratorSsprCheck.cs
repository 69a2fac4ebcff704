namespace PasswordOps.Core.Checks.Policy;

/// <summary>May administrators use self-service password reset?</summary>
internal sealed class AdministratorSsprCheck : Check<TenantFacts>
{
    public AdministratorSsprCheck()
        : base("policy.administratorSspr", "Microsoft Entra concept-sspr-policy (2025-05-15); authorizationPolicy.allowedToUseSSPR")
    {
    }

    protected override Answer Decide(TenantFacts facts)
    {
        if (!facts.AdministratorSspr.IsKnown)
        {
            return Answer.Unreadable(facts.AdministratorSspr, Text.Of($"The authorization policy"));
        }

        return facts.AdministratorSspr.Value switch
        {
            true => new Answer(
                Verdict.Pass,
                Text.Of($"Administrators may reset their own password."), "allowedToUseSSPR is true", facts.AdministratorSspr.At),
            false => new Answer(
                Verdict.Warn,
                Text.Of($"Administrators may not reset their own password, even inside the users' scope; "
                + $"they may be asked to register and then see an error (SSPR_009)."),
                "allowedToUseSSPR is false",
                facts.AdministratorSspr.At,
                Text.Of($"Leave administrators out of the users' scope, or set allowedToUseSSPR to true (effective in up to 60 minutes).")),
            null => new Answer(
                Verdict.Unknown, Text.Of($"The authorization policy does not show the switch."), "allowedToUseSSPR is missing",
                facts.AdministratorSspr.At,
                Text.Of($"Look at it in the Entra admin center, or ask again later.")),
        };
    }
}
