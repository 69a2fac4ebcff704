using System;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Writeback.Chain;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Is self-service password reset on for anybody? No interface shows the switch itself; its effect on users shows.</summary>
internal sealed class CloudEnabledCheck : Check<EnabledFacts>
{
    public CloudEnabledCheck()
        : base("writeback.cloud.enabled", "Microsoft Graph userRegistrationDetails; tutorial-enable-sspr-writeback (2023-09-13)")
    {
    }

    protected override Answer Decide(EnabledFacts facts)
    {
        if (!facts.Totals.IsKnown)
        {
            return Answer.Unreadable(facts.Totals, Text.Of($"The registration report"));
        }

        RegistrationTotals totals = facts.Totals.Value;
        string evidence = FormattableString.Invariant(
            $"of {totals.Users} users in the report {totals.Enabled} enabled, {totals.Capable} capable");
        return totals.Enabled switch
        {
            null => new Answer(
                Verdict.Unknown, Text.Of($"The registration report does not count who is enabled."), evidence, facts.Totals.At,
                Text.Of($"Look at Password reset, Properties, in the Entra admin center.")),
            0 => new Answer(
                Verdict.Fail, Text.Of($"Self-service password reset is on for nobody."), evidence, facts.Totals.At,
                Text.Of($"In the Entra admin center, Password reset, Properties, switch it on for all or for a group.")),
            _ => new Answer(
                Verdict.Pass, Text.Of($"Self-service password reset is on for {totals.Enabled} users."), evidence, facts.Totals.At),
        };
    }
}
