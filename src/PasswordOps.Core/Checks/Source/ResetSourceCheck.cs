using PasswordOps.Core.Reset;

namespace PasswordOps.Core.Checks.Source;

/// <summary>Where is the password mastered? The same question as <see cref="UserSourceCheck"/>, asked before a reset.</summary>
internal sealed class ResetSourceCheck : Check<ResetFacts>
{
    public ResetSourceCheck()
        : base(UserSourceCheck.CheckId, UserSourceCheck.Document)
    {
    }

    protected override Answer Decide(ResetFacts facts) => UserSourceCheck.Decide(facts.User, facts.Source, facts.Organization.Domains);
}
