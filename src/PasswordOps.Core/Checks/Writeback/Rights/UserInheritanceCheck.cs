using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Core.Checks.Writeback.Rights;

/// <summary>How many users lack a right because they inherit nothing?</summary>
internal sealed class UserInheritanceCheck : RightsCheck
{
    public UserInheritanceCheck()
        : base("writeback.rights.inheritance", "MS-DTYP 2.4.6 (2026-02)")
    {
    }

    protected override Answer Judge(RightsFacts facts)
    {
        int found = facts.Users.Count(UserObstacle.InheritanceBlocked);
        string evidence = $"{found} of {facts.Users.Users} users: {Some(facts.Users.Examples(UserObstacle.InheritanceBlocked))}";
        if (found > 0)
        {
            return new Answer(
                Verdict.Warn, Text.Of($"{found} users inherit nothing from above, and the rights are not granted on them directly."),
                evidence, facts.Now, RightReasons.Fix(UserObstacle.InheritanceBlocked));
        }

        if (facts.Broken is not null)
        {
            return new Answer(
                Verdict.Unknown, Text.Of($"Reading users ended early: {facts.Broken.Message}"), evidence, facts.Now, facts.Broken.Advice);
        }

        return facts.Users.Users == 0
            ? new Answer(Verdict.NotApplicable, Text.Of($"There was no user to look at."), evidence, facts.Now)
            : new Answer(Verdict.Pass, Text.Of($"No user lacks a right for want of inheritance."), evidence, facts.Now);
    }
}
