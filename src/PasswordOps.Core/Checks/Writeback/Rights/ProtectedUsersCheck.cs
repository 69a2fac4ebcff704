using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Core.Checks.Writeback.Rights;

/// <summary>How many users are protected accounts, which writeback cannot serve?</summary>
internal sealed class ProtectedUsersCheck : RightsCheck
{
    public ProtectedUsersCheck()
        : base("writeback.rights.protected", "MS-ADTS 3.1.1.6.1 AdminSDHolder (2025-11-12)")
    {
    }

    protected override Answer Judge(RightsFacts facts)
    {
        if (!facts.All)
        {
            return new Answer(
                Verdict.NotApplicable, Text.Of($"Protected accounts were left out."), $"{facts.Users.Users} users", facts.Now);
        }

        int found = facts.Users.Count(UserObstacle.Protected);
        string evidence = $"{found} of {facts.Users.Users} users: {Some(facts.Users.Examples(UserObstacle.Protected))}";
        return facts.ProtectedPeople > 0
            ? new Answer(
                Verdict.Warn,
                Text.Of($"{facts.ProtectedPeople} protected accounts (adminCount 1) cannot be served; former members of an "
                    + $"administrative group stay protected until somebody clears the mark."),
                evidence, facts.Now,
                Text.Of($"For former members clear adminCount and enable inheritance; administrators reset their password in Active "
                    + $"Directory. Leave AdminSDHolder as it is."))
            : new Answer(
                facts.Broken is null ? Verdict.Pass : Verdict.Unknown,
                facts.Broken is null
                    ? Text.Of($"No protected account beside those that every domain has stands out.")
                    : Text.Of($"Reading users ended early: {facts.Broken.Message}"),
                evidence, facts.Now, facts.Broken?.Advice);
    }
}
