using PasswordOps.Core.Directory;
using PasswordOps.Core.Reset;

namespace PasswordOps.Core.Checks.Source;

/// <summary>Does it matter where the password was reset?</summary>
internal sealed class ResetPlaceCheck : Check<ResetFacts>
{
    public ResetPlaceCheck()
        : base("source.resetPlace", "Microsoft support article on writeback from the Microsoft 365 admin center (2022-02)")
    {
    }

    protected override Answer Decide(ResetFacts facts) => facts.Source.Authority == SourceOfAuthority.ActiveDirectory
        ? new Answer(
            Verdict.Warn,
            Text.Of($"The password is mastered in Active Directory. A reset in the Microsoft 365 admin center or its mobile app is not "
                + $"written back: the domain keeps the old password, and the next sync puts it back in the cloud."),
            facts.Source.Evidence,
            facts.User.At,
            Text.Of($"Reset again with Reset-AadUserPassword or in the Microsoft Entra admin center, which write back; then look at "
            + $"Get-WritebackHealth."))
        : new Answer(
            Verdict.NotApplicable,
            Text.Of($"No Active Directory holds another password of this user."), facts.Source.Evidence, facts.User.At);
}
