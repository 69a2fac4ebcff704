using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.License;

/// <summary>Does the user have a licence for what their account needs: cloud reset, or writeback?</summary>
internal sealed class UserLicenseCheck : Check<UserFacts>
{
    public UserLicenseCheck()
        : base("license.user", "Microsoft Entra concept-sspr-licensing (2025-01-06)")
    {
    }

    protected override Answer Decide(UserFacts facts)
    {
        if (!facts.Source.IsHere)
        {
            return new Answer(Verdict.NotApplicable, Text.Of($"The password is not mastered here."), facts.Source.Evidence, facts.User.At);
        }

        if (!facts.Licenses.IsKnown)
        {
            return Answer.Unreadable(facts.Licenses, Text.Of($"The user's licences"));
        }

        IReadOnlyList<LicenseDetail> licenses = facts.Licenses.Value;
        string evidence = licenses.Count == 0 ? "no licences" : string.Join(", ", licenses.Select(license => license.PartNumber.Trim()));
        bool writeback = facts.Source.Authority == SourceOfAuthority.ActiveDirectory;
        string? by = LicenseRules.Reset(licenses, writeback);
        if (by is not null)
        {
            return new Answer(Verdict.Pass, Text.Of($"Licensed by {by}."), evidence, facts.Licenses.At);
        }

        if (licenses.Any(license => LicenseRules.IsUndecided(license.Plans)))
        {
            return new Answer(
                Verdict.Unknown,
                Text.Of($"The user has only a plan of which the documents do not say enough."), evidence, facts.Licenses.At,
                Text.Of($"Ask the licence reseller, or test a reset with this user."));
        }

        Reading<IReadOnlyList<SubscribedSku>> skus = facts.Tenant.Skus;
        if (skus.IsKnown && LicenseRules.Resetting(skus.Value) is null && !LicenseRules.IsUndecided(skus.Value))
        {
            return TenantLicenseCheck.Missing(evidence, facts.Tenant);
        }

        // The reset flow does not enforce licences per user: it works technically once the tenant has one, and breaks the terms.
        return new Answer(
            Verdict.Warn,
            writeback
                ? Text.Of($"No licence of this user includes writeback. The reset may still work, as only the tenant's licence is "
                    + $"enforced, yet the terms require one.")
                : Text.Of($"No licence of this user includes password reset. It may still work, as only the tenant's licence is enforced, "
                    + $"yet the terms require one."),
            evidence,
            facts.Licenses.At,
            writeback
                ? Text.Of($"Assign Microsoft Entra ID P1 or a product that includes it.")
                : Text.Of($"Assign Microsoft 365 Business Standard, Entra ID P1 or higher."));
    }
}
