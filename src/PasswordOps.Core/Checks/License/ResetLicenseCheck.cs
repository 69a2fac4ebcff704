using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Reset;

namespace PasswordOps.Core.Checks.License;

/// <summary>Has the user the licence that an administrator's reset asks for? The tenant's own is license.writeback.</summary>
internal sealed class ResetLicenseCheck : Check<ResetFacts>
{
    public ResetLicenseCheck()
        : base("license.user", "Microsoft Entra concept-sspr-licensing (2025-01-06)")
    {
    }

    protected override Answer Decide(ResetFacts facts)
    {
        DirectoryUser user = facts.User.Value;
        if (facts.Source.Authority != SourceOfAuthority.ActiveDirectory || facts.Via == ResetVia.ActiveDirectory)
        {
            return new Answer(
                Verdict.NotApplicable, Text.Of($"An administrator's reset that is not written back asks for no licence of the user."),
                facts.Source.Evidence, facts.User.At);
        }

        if (!facts.Organization.Skus.IsKnown)
        {
            return Answer.Unreadable(facts.Organization.Skus, Text.Of($"The tenant's licences"));
        }

        IReadOnlyList<SubscribedSku> skus = facts.Organization.Skus.Value;
        IReadOnlyList<LicenseDetail> licenses = LicenseRules.Details(user.AssignedLicenses, skus);
        string evidence = LicenseRules.Describe(user.AssignedLicenses, skus);
        if (LicenseRules.Reset(licenses, writeback: true) is string by)
        {
            return new Answer(Verdict.Pass, Text.Of($"Licensed for writeback by {by}."), evidence, facts.User.At);
        }

        return licenses.Any(license => LicenseRules.IsUndecided(license.Plans))
            ? new Answer(
                Verdict.Unknown, Text.Of($"The user has only a plan of which the documents do not say enough."), evidence, facts.User.At,
                Text.Of($"Ask the licence reseller, or test a reset with this user."))
            : new Answer(
                Verdict.Warn,
                Text.Of($"No licence of this user includes writeback. The reset may still work, as only the tenant's licence is enforced, "
                + $"yet the terms require one."),
                evidence,
                facts.User.At,
                Text.Of($"Assign Microsoft Entra ID P1 or a product that includes it."))
            {
                Missing = new[] { "licence Microsoft Entra ID P1 for " + user.Name },
            };
    }
}
