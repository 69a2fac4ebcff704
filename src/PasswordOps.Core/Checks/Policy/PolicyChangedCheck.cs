using System.Globalization;
using System.Linq;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.Policy;

/// <summary>Was a policy changed so lately that the change may not have reached every data centre?</summary>
internal sealed class PolicyChangedCheck : Check<WholeTenantFacts>
{
    public PolicyChangedCheck()
        : base("policy.changed", "Microsoft Entra concept-sspr-policy (2025-05-15): up to 60 minutes; howto-sspr-reporting (2025-03-04)")
    {
    }

    protected override Answer Decide(WholeTenantFacts facts)
    {
        if (!facts.PolicyChanges.IsKnown)
        {
            return Answer.Unreadable(facts.PolicyChanges, Text.Of($"The audit log"));
        }

        if (facts.PolicyChanges.Value.Count == 0)
        {
            return new Answer(
                Verdict.Pass, Text.Of($"The audit log shows no change of a policy in the last hour."), "no such row",
                facts.PolicyChanges.At);
        }

        DirectoryAudit last = facts.PolicyChanges.Value.OrderByDescending(row => row.At).First();
        string when = last.At.UtcDateTime.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return new Answer(
            Verdict.Warn,
            Text.Of($"A policy was changed at {when} ({last.Activity}): it takes up to an hour until the change holds everywhere, ")
            + Text.Of($"so a test now may still see the old one."),
            string.Join(", ", facts.PolicyChanges.Value.Select(row => row.Activity).Distinct()),
            facts.PolicyChanges.At,
            Text.Of($"Wait an hour, then test with an ordinary user."));
    }
}
