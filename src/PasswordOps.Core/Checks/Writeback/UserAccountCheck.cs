using System;
using System.Collections.Generic;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Writeback;
using PasswordOps.Core.Writeback.Chain;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Is the account in a state in which a password can be set and used?</summary>
internal sealed class UserAccountCheck : Check<WrittenUser>
{
    public UserAccountCheck()
        : base("writeback.user.account", "Microsoft Entra troubleshoot-sspr-writeback (2024-06-24); concept-sspr-writeback (2023-09-14)")
    {
    }

    protected override Answer Decide(WrittenUser facts)
    {
        if (facts.Account is not Reading<ActiveDirectoryAccount> reading)
        {
            return new Answer(
                Verdict.Unknown, Text.Of($"The account was not looked up in Active Directory."), "not asked", facts.Now,
                Text.Of($"Give a domain controller with -DomainController."));
        }

        if (!reading.IsKnown)
        {
            return Answer.Unreadable(reading, Text.Of($"The account"));
        }

        ActiveDirectoryAccount account = reading.Value;
        string evidence = FormattableString.Invariant(
            $"disabled {account.IsDisabled}, locked {account.IsLockedOut}, adminCount {account.IsProtected}, ")
            + $"expires {(account.Expires is DateTimeOffset at ? When.Stamp(at) : "never or not readable")}, "
            + $"never-expiring password {account.PasswordNeverExpires}, class {account.ObjectClass ?? "?"}";
        (Verdict verdict, string reason, string fix)? trouble = Trouble(account, facts.Now);
        return trouble is null
            ? new Answer(Verdict.Pass, Text.Of($"The account {account.SamAccountName} can take a password and use it."), evidence,
                reading.At)
            : new Answer(trouble.Value.verdict, trouble.Value.reason, evidence, reading.At, trouble.Value.fix);
    }

    private static (Verdict Verdict, string Reason, string Fix)? Trouble(ActiveDirectoryAccount account, DateTimeOffset now)
    {
        string name = account.SamAccountName;
        if (account.IsDisabled)
        {
            return (Verdict.Fail, Text.Of($"The account {name} is disabled (33005)."), Text.Of($"Enable the account in Active Directory."));
        }

        if (account.IsProtected)
        {
            return (
                Verdict.Fail,
                Text.Of($"The account {name} is or was in a protected group (adminCount): writeback cannot reset it, by design. A "
                    + $"change by "
                    + $"its owner goes through."),
                Text.Of($"Take it out of protected groups, clear adminCount and let it inherit again; or reset it in Active Directory."));
        }

        if (account.Expires is DateTimeOffset expires && expires <= now)
        {
            return (
                Verdict.Warn, Text.Of($"The account {name} expired at {When.Stamp(expires)}: no password signs it in."),
                Text.Of($"Set another expiry of the account in Active Directory."));
        }

        if (account.IsLockedOut)
        {
            return (
                Verdict.Warn, Text.Of($"The account {name} is locked out (33006); a reset by writeback unlocks it, a change does not."),
                Text.Of($"Unlock the account, or reset its password."));
        }

        if (account.SmartCardRequired)
        {
            return (
                Verdict.Warn, Text.Of($"The account {name} needs a smart card: a password is set, and nobody can sign in with it."),
                Text.Of($"Clear 'Smart card is required for interactive logon', or leave the password alone."));
        }

        return account.PasswordNeverExpires
            ? (
                Verdict.Warn,
                Text.Of($"The password of {name} never expires: 'must change at next sign-in' is not set in Active Directory."),
                Text.Of($"Clear 'Password never expires' where a forced change is wanted."))
            : null;
    }
}
