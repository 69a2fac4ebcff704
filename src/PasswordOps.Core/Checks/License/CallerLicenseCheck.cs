using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.License;

/// <summary>
/// Has the caller a licence? The portal hides its password reset pages, and their audit activities, from an administrator without one.
/// </summary>
internal sealed class CallerLicenseCheck : Check<OrganizationFacts>
{
    public CallerLicenseCheck()
        : base("license.caller", "Microsoft Entra troubleshoot-sspr, 'I don't see the password reset section' (2025-06-06)")
    {
    }

    protected override Answer Decide(OrganizationFacts facts)
    {
        if (facts.CallerUser is not Reading<DirectoryUser> caller)
        {
            return new Answer(
                Verdict.NotApplicable, Text.Of($"An application uses no portal page and needs no licence."), "signed in as an application",
                facts.Now);
        }

        if (!caller.IsKnown)
        {
            return Answer.Unreadable(caller, Text.Of($"The caller's own account"));
        }

        if (!facts.Skus.IsKnown)
        {
            return Answer.Unreadable(facts.Skus, Text.Of($"The tenant's licences"));
        }

        string evidence = LicenseRules.Describe(caller.Value.AssignedLicenses, facts.Skus.Value);
        string? by = LicenseRules.Reset(LicenseRules.Details(caller.Value.AssignedLicenses, facts.Skus.Value), writeback: false);
        return by is not null
            ? new Answer(Verdict.Pass,
                Text.Of($"{caller.Value.Name} is licensed by {by}: the portal shows its password reset pages."), evidence,
                caller.At)
            : new Answer(
                Verdict.Warn,
                Text.Of($"{caller.Value.Name} has no licence of Microsoft Entra ID: the portal hides the page 'Password reset' and its "
                    + $"audit activities. Resets by this module do not depend on it."),
                evidence,
                caller.At,
                Text.Of($"Assign the administrator a licence such as Microsoft Entra ID P1."))
            {
                Missing = new[] { "licence Microsoft Entra ID P1 for " + caller.Value.Name },
            };
    }
}
