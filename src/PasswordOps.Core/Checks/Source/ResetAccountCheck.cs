using PasswordOps.Core.Directory;
using PasswordOps.Core.Reset;

namespace PasswordOps.Core.Checks.Source;

/// <summary>Will the user be able to sign in with the new password?</summary>
internal sealed class ResetAccountCheck : Check<ResetFacts>
{
    public ResetAccountCheck()
        : base("source.account", "Microsoft Graph user resource, accountEnabled")
    {
    }

    protected override Answer Decide(ResetFacts facts)
    {
        DirectoryUser user = facts.User.Value;
        return user.AccountEnabled switch
        {
            true => new Answer(Verdict.Pass, Text.Of($"Sign-in is allowed."), "accountEnabled is true", facts.User.At),
            false => new Answer(
                Verdict.Warn, Text.Of($"Sign-in is blocked: the password can be reset, and the user still cannot sign in."),
                "accountEnabled is false",
                facts.User.At,
                user.OnPremisesSyncEnabled == true
                    ? Text.Of($"Enable the account in Active Directory and let it sync.")
                    : Text.Of($"Enable the account (accountEnabled) as well, if the user should sign in.")),
            null => new Answer(
                Verdict.Unknown, Text.Of($"Whether sign-in is allowed was not readable."), "accountEnabled is missing", facts.User.At,
                Text.Of($"Grant User.Read.All.")),
        };
    }
}
