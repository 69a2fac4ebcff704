using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.Source;

/// <summary>Can the account sign in at all?</summary>
internal sealed class AccountStateCheck : Check<UserFacts>
{
    public AccountStateCheck()
        : base("source.account", "Microsoft Graph user resource; userRegistrationDetails does not cover disabled users")
    {
    }

    protected override Answer Decide(UserFacts facts)
    {
        DirectoryUser user = facts.User.Value;
        return user.AccountEnabled switch
        {
            true => new Answer(Verdict.Pass, Text.Of($"Sign-in is allowed."), "accountEnabled is true", facts.User.At),
            false => new Answer(
                Verdict.Fail,
                Text.Of($"Sign-in is blocked: a new password does not change that."), "accountEnabled is false", facts.User.At,
                user.OnPremisesSyncEnabled == true
                    ? Text.Of($"Enable the account in Active Directory and let it sync.")
                    : Text.Of($"Enable the account, then let the user reset the password.")),
            null => new Answer(
                Verdict.Unknown, Text.Of($"Whether sign-in is allowed was not readable."), "accountEnabled is missing", facts.User.At,
                Text.Of($"Grant User.Read.All.")),
        };
    }
}
