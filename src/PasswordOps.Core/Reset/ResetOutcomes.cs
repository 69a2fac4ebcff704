using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Reset;

/// <summary>Words for how resets ended: which password changed, by what that is known, and what to do next.</summary>
internal static class ResetOutcomes
{
    public static PasswordOpsException Stopped(ResetPlan? plan) => new(
        "Stopped", ErrorKind.InvalidOperation,
        Text.Of($"{plan?.User ?? Text.Of($"It")}: the run was stopped before this was sent."),
        Text.Of($"Run it again."));

    /// <summary>The service has a word of its own for a password that Active Directory has and the cloud not yet.</summary>
    public static bool IsOnlyInDomain(string? detail) =>
        detail?.IndexOf("OnPremisesSuccessCloudFailure", StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>The new password is in force in the cloud, where it is mastered.</summary>
    public static ResetOutcome InCloud(PendingReset reset, string? requestId, DateTimeOffset? seen, DateTimeOffset now) => new()
    {
        User = reset.Plan.User, UserId = reset.Target.Id, Status = ResetStatus.Succeeded, Route = reset.Plan.Route,
        ForceChange = reset.Plan.ForceChange, Password = reset.Password, Delivered = reset.Delivered,
        Changed = Text.Of($"the password in Microsoft Entra ID"), SeenChangedAt = seen, RequestId = requestId, Duration = now - reset.Start,
        Warnings = Cautions(reset.Plan),
        Reason = seen is null
            ? Text.Of($"The service confirmed the new password; the time of the last change does not show it yet, which it does within "
                + $"minutes.")
            : Text.Of($"The service confirmed the new password, and the time of the last change shows it."),
    };

    /// <summary>The action succeeded.</summary>
    public static ResetOutcome ByAction(
        PendingReset reset, string? requestId, DateTimeOffset? seen, DateTimeOffset now, string reason, string? detail)
    {
        bool cloudLate = IsOnlyInDomain(detail);
        List<string> warnings = Cautions(reset.Plan);
        if (cloudLate)
        {
            warnings.Add(
                Text.Of($"Active Directory has the new password and Microsoft Entra ID not yet: sign-in to the cloud follows with the next "
                    + $"sync."));
        }

        return new ResetOutcome
        {
            User = reset.Plan.User, UserId = reset.Target.Id, Status = ResetStatus.Succeeded, Route = reset.Plan.Route,
            ForceChange = ForceChange.Yes, Password = reset.Password, Delivered = reset.Delivered,
            Changed = !reset.IsSynced ? Text.Of($"the password in Microsoft Entra ID")
                : cloudLate ? Text.Of($"the password in {reset.Domain} by writeback; not yet the one in Microsoft Entra ID")
                : Text.Of($"the password in {reset.Domain} by writeback, and in Microsoft Entra ID"),
            SeenChangedAt = seen, RequestId = requestId, Duration = now - reset.Start, Reason = reason, Warnings = warnings,
            NextStep = reset.IsSynced
                ? Text.Of($"If the account has 'Password never expires' in Active Directory, ask the user to change the password: "
                    + $"the forced change is not set there.")
                : null,
        };
    }

    /// <summary>The service carried the action out without success.</summary>
    public static ResetOutcome ActionFailed(PendingReset reset, string? requestId, string? detail, DateTimeOffset now)
    {
        reset.Password.Dispose();
        string words = string.IsNullOrEmpty(detail) ? Text.Of($"the service gave no detail") : Text.Of($"the service says: {detail}");
        PasswordOpsException failure = new(
            "ResetFailed", ErrorKind.InvalidOperation,
            Text.Of($"{reset.Plan.User}: the service carried the reset out without success; {words}."),
            reset.IsSynced
                ? Text.Of($"Look at the events of the sync server with Get-WritebackHealth -EventLog, then try another password.")
                : Text.Of($"Try another password."))
        {
            RequestId = requestId,
        };
        return Failed(reset.Plan, failure, reset.Start, now);
    }

    /// <summary>The domain controller confirmed the modification.</summary>
    public static ResetOutcome OnDomainController(
        PendingReset reset, IActiveDirectory domain, ActiveDirectoryAccount before, ActiveDirectoryAccount? after, DomainResetOptions wish,
        DateTimeOffset now)
    {
        List<string> warnings = new();
        if (domain.Controller.ClockWarning is string clocks)
        {
            warnings.Add(clocks);
        }

        if (before.IsDisabled)
        {
            warnings.Add(Text.Of($"The account is disabled in Active Directory: the user still cannot sign in."));
        }

        if (before.SmartCardRequired)
        {
            warnings.Add(Text.Of($"The account signs in by smart card only: nobody can sign in with the password."));
        }

        if (before.IsLockedOut && !wish.Unlock)
        {
            warnings.Add(Text.Of($"The account is locked out in Active Directory, and a reset alone does not end that: add -Unlock."));
        }

        if (wish.MustChange && before.PasswordNeverExpires)
        {
            warnings.Add(Text.Of($"'Password never expires' is set on the account: Active Directory does not ask for a change at the next "
                + $"sign-in."));
        }

        bool expected = after is not null
            && (wish.MustChange
                ? after.MustChangePassword == true
                : after.PasswordLastSet is not null && (before.PasswordLastSet is null || after.PasswordLastSet >= before.PasswordLastSet));
        if (after is not null && !wish.MustChange && after.MustChangePassword == true)
        {
            warnings.Add(
                Text.Of($"Active Directory asks for a change at the next sign-in all the same: the domain account lacks the right "
                + $"'Unexpire Password' on the domain."));
        }

        bool? asks = before.PasswordNeverExpires ? false : after?.MustChangePassword;
        return new ResetOutcome
        {
            User = reset.Plan.User, UserId = reset.Target.Id, Status = ResetStatus.Succeeded, Route = ResetRoute.ActiveDirectory,
            ForceChange = asks is bool must ? (must ? ForceChange.Yes : ForceChange.No) : reset.Plan.ForceChange,
            Password = reset.Password, Delivered = reset.Delivered,
            Changed = Text.Of($"the password in {reset.Domain}; the one in Microsoft Entra ID follows with password hash sync"),
            SeenChangedAt = after?.PasswordLastSet, Duration = now - reset.Start,
            Unlocked = before.IsLockedOut ? after is null ? null : !after.IsLockedOut : null,
            Warnings = warnings,
            Reason = after is null
                ? Text.Of($"{domain.Server} confirmed the new password of {before.SamAccountName}; it could not be read back.")
                : !expected
                ? Text.Of($"{domain.Server} confirmed the new password of {before.SamAccountName}; pwdLastSet does not show it.")
                : wish.MustChange && asks == true
                ? Text.Of($"{domain.Server} confirmed the new password of {before.SamAccountName}, and shows that it must be changed.")
                : Text.Of($"{domain.Server} confirmed the new password of {before.SamAccountName}, and pwdLastSet shows it."),
            NextStep = wish.MustChange
                ? Text.Of($"With password hash sync the cloud takes a password that must be changed only where the feature "
                    + $"ForcePasswordChangeOnLogOn is on; else sign in once on a domain computer.")
                : Text.Of($"Sign-in to the cloud follows in about two minutes with password hash sync, at once with pass-through "
                    + $"authentication."),
        };
    }

    /// <summary>Nothing changed.</summary>
    public static ResetOutcome Failed(ResetPlan plan, PasswordOpsException error, DateTimeOffset start, DateTimeOffset now) => new()
    {
        User = plan.User, UserId = plan.Target!.Id, Status = ResetStatus.Failed, Route = plan.Route, Changed = Text.Of($"nothing"),
        Error = error, Reason = error.Message, NextStep = error.Advice, RequestId = error.RequestId, Duration = now - start,
    };

    /// <summary>Where the documents conflict the service was left to decide; now that it has, the check knows more than the
    /// error.</summary>
    public static PasswordOpsException Judged(ResetPlan plan, PasswordOpsException error)
    {
        CheckResult? doubt = plan.Checks.FirstOrDefault(check => check.Verdict == Verdict.Warn
            && check.Id == (error.Id == "RoleMissing" ? "role.canReset" : error.Id == "ResetRejected" ? "source.authority" : null));
        return doubt is null ? error : error.Retold($"{error.Message} {doubt.Reason}", doubt.Fix);
    }

    /// <summary>The user was there when the reset was planned.</summary>
    public static PasswordOpsException Gone(ResetPlan plan, PasswordOpsException error) => error.Retold(
        Text.Of($"{plan.User} was there when the reset was planned, and is there no more: nothing was changed."),
        Text.Of($"Look for the user among the deleted ones; restored, the user can be reset."));

    /// <summary>Sent, and nobody can tell: the password is kept, for it may be in force.</summary>
    public static ResetOutcome Unclear(
        PendingReset reset, string? requestId, DateTimeOffset now, string why, PasswordOpsException? cause = null)
    {
        string find = reset.Plan.Route == ResetRoute.ActiveDirectory
            ? Text.Of($"Look at pwdLastSet of the account on a domain controller of {reset.Domain} before you reset again: the password "
                + $"may be in force.")
            : reset.IsSynced
            ? Text.Of($"Look at 'Reset password' in the audit log after a few minutes, or for event 31010 on the sync server, before you "
                + $"reset again: the password may be in force.")
            : Text.Of($"Look at 'Reset password' in the audit log after a few minutes, before you reset again: the password may be in "
                + $"force.");
        PasswordOpsException error = new("OutcomeUnknown", ErrorKind.Timeout, $"{reset.Plan.User}: {why}", find)
        {
            MayHaveHappened = true, RequestId = requestId, ServiceCode = cause?.ServiceCode, Status = cause?.Status,
        };
        return new ResetOutcome
        {
            User = reset.Plan.User, UserId = reset.Target.Id, Status = ResetStatus.Unknown, Route = reset.Plan.Route,
            Changed = Text.Of($"not known"), Password = reset.Password, Delivered = reset.Delivered, Error = error, Reason = why,
            NextStep = find, RequestId = requestId, Duration = now - reset.Start, ForceChange = reset.Plan.ForceChange,
        };
    }

    // What stood in the plan and keeps the user from the new password although it is set.
    private static List<string> Cautions(ResetPlan plan) => plan.Checks
        .Where(check => check.Verdict == Verdict.Warn
            && (check.Id == "source.account" || (check.Id == "source.authority" && UserSource.DependsOnTransfer(plan.Target!))))
        .Select(check => check.Fix is null ? check.Reason : $"{check.Reason} {check.Fix}")
        .ToList();
}
