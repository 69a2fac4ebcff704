using System;
using PasswordOps.Core.Reset;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Core.Checks.Role;

/// <summary>Is the user somebody else than the caller?</summary>
internal sealed class SelfCheck : Check<ResetFacts>
{
    public SelfCheck()
        : base("role.self", "Microsoft Graph authenticationMethod: resetPassword")
    {
    }

    protected override Answer Decide(ResetFacts facts)
    {
        ConnectionContext caller = facts.Caller;
        bool self = !caller.IsAppOnly && string.Equals(caller.AccountObjectId, facts.User.Value.Id, StringComparison.OrdinalIgnoreCase);
        return !self || facts.Via == ResetVia.ActiveDirectory
            ? new Answer(Verdict.Pass,
                Text.Of($"The user is not the account that would reset, or the domain decides."), "object ids", facts.User.At)
            : new Answer(
                Verdict.Fail,
                Text.Of($"{facts.User.Value.Name} is the account that would reset: an administrator's reset cannot target its own "
                    + $"account."),
                "object ids are the same",
                facts.User.At,
                Text.Of($"Change your own password with Update-AadMyPassword, or at aka.ms/sspr when it is forgotten."));
    }
}
