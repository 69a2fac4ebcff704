using PasswordOps.Core.Reset;

namespace PasswordOps.Core.Checks.Source;

/// <summary>Is there a way for this caller to give this user a password?</summary>
internal sealed class ResetRouteCheck : Check<ResetFacts>
{
    public ResetRouteCheck()
        : base("source.route", "Microsoft Graph user: update and authenticationMethod: resetPassword; concept-sspr-writeback (2023-09)")
    {
    }

    protected override Answer Decide(ResetFacts facts)
    {
        RouteChoice choice = facts.Route;
        if (choice.Refusal is not null)
        {
            return new Answer(Verdict.Fail, choice.Refusal.Message, choice.Refusal.Id, facts.User.At, choice.Refusal.Advice);
        }

        return choice.Route switch
        {
            ResetRoute.None => new Answer(
                Verdict.NotApplicable, Text.Of($"The password is not mastered here."), facts.Source.Evidence, facts.User.At),
            ResetRoute.ResetPasswordAction when facts.Source.Authority == Directory.SourceOfAuthority.ActiveDirectory => new Answer(
                Verdict.Pass,
                Text.Of($"By {choice.Words}. Whether writeback works there, Microsoft Graph does not show: Get-WritebackHealth does."),
                facts.Source.Evidence, facts.User.At),
            _ => new Answer(Verdict.Pass, Text.Of($"By {choice.Words}."), facts.Source.Evidence, facts.User.At),
        };
    }
}
