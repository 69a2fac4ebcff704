using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Core.Reset;

/// <summary>Gives a user a new password by the route that the source of authority asks for: plan, run, verify.</summary>
public sealed class PasswordReset
{
    // Writeback is synchronous and takes under a second on-premises; what has no end after this is told as unknown, not as failed.
    private static readonly TimeSpan LongestOperation = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReadBackTime = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongReadBack = TimeSpan.FromSeconds(30);

    private readonly IConnection connection;
    private readonly PasswordGenerator generator;
    private readonly IClock clock;
    private Task<(Reading<Organization>, Reading<IReadOnlyList<Domain>>)>? tenant;

    /// <summary>Creates the operation.</summary>
    /// <param name="connection">Session with the tenant.</param>
    /// <param name="generator">Makes temporary passwords.</param>
    /// <param name="clock">Time.</param>
    public PasswordReset(IConnection connection, PasswordGenerator generator, IClock clock)
    {
        this.connection = connection;
        this.generator = generator;
        this.clock = clock;
    }

    /// <summary>Says what a reset would do, or why it is refused. Reads only.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The plan; a refusal is in it, not thrown.</returns>
    /// <exception cref="PasswordOpsException">Nothing could be read at all, for example <c>ServiceUnreachable</c>.</exception>
    public async Task<ResetPlan> PlanAsync(ResetRequest request, CancellationToken stop)
    {
        if (request.Password is Password given && PasswordRules.Broken(given) is { Count: > 0 } broken)
        {
            return ResetPlanner.Refused(request, new PasswordOpsException(
                "PasswordTooWeak", ErrorKind.InvalidArgument,
                $"{request.Identity}: the given password breaks Entra ID's rules: {string.Join("; ", broken)}.",
                "Give another password, or leave it out and have one made."));
        }

        tenant ??= ReadTenantAsync(stop);
        Reading<DirectoryUser> user = (await connection.Directory.GetUsersAsync(new[] { request.Identity }, stop).ConfigureAwait(false))[0];
        if (!user.IsKnown)
        {
            return user.Error!.Kind is ErrorKind.Connection or ErrorKind.Authentication
                ? throw user.Error
                : ResetPlanner.Refused(request, user.Error!);
        }

        Reading<Standing> standing = (await connection.Directory.GetStandingsAsync(new[] { user.Value.Id }, stop).ConfigureAwait(false))[0];
        (Reading<Organization> organization, Reading<IReadOnlyList<Domain>> domains) = await tenant.ConfigureAwait(false);
        return ResetPlanner.Plan(request, new ResetFacts
        {
            Caller = connection.Context, User = user, Standing = standing, Organization = organization, Domains = domains,
        });
    }

    /// <summary>Carries a plan out and looks whether it took effect.</summary>
    /// <param name="plan">A plan that is not refused.</param>
    /// <param name="stop">Stops: a reset that was sent is still followed for a short time, since an unknown outcome is worse than a slow
    /// stop.</param>
    /// <returns>The outcome; dispose it. A failure is in it, not thrown.</returns>
    /// <exception cref="OperationCanceledException">It was stopped before anything was sent.</exception>
    public async Task<ResetOutcome> RunAsync(ResetPlan plan, CancellationToken stop)
    {
        if (plan.Refusal is not null || plan.Target is null)
        {
            throw plan.Refusal ?? throw new ArgumentException("The plan has no target.", nameof(plan));
        }

        stop.ThrowIfCancellationRequested();
        using CancellationTokenSource settle = new();
        using CancellationTokenRegistration bound = stop.Register(() => settle.CancelAfter(Bulk.BulkRunner.SettleTime));
        DateTimeOffset start = clock.UtcNow;
        Password password = plan.Request.Password is Password given
            ? new Password((char[])given.Characters.Clone())
            : generator.Next(plan.Request.Length);
        try
        {
            return plan.Route == ResetRoute.PasswordProfile
                ? await PatchAsync(plan, password, start, settle.Token).ConfigureAwait(false)
                : await ActAsync(plan, password, start, settle.Token).ConfigureAwait(false);
        }
        catch (PasswordOpsException error)
        {
            return Ended(plan, error.Naming(plan.Target.Id, plan.User), password, start);
        }
        catch (OperationCanceledException)
        {
            return Unclear(plan, password, null, start, "The run was stopped before the service answered.");
        }
    }

    private async Task<ResetOutcome> PatchAsync(ResetPlan plan, Password password, DateTimeOffset start, CancellationToken settle)
    {
        DirectoryUser target = plan.Target!;
        WriteOutcome outcome = (await connection.Directory.SetPasswordsAsync(
            new[] { new PasswordWrite(target.Id, password, plan.ForceChange) }, settle).ConfigureAwait(false))[0];
        if (outcome.Error is not null)
        {
            throw outcome.Error;
        }

        string? requestId = outcome.RequestId;
        DateTimeOffset? seen = await SeeAsync(target, ReadBackTime, settle).ConfigureAwait(false);
        return new ResetOutcome
        {
            User = plan.User, UserId = target.Id, Status = ResetStatus.Succeeded, Route = plan.Route, ForceChange = plan.ForceChange,
            Password = password,
            Changed = "the password in Microsoft Entra ID", SeenChangedAt = seen, RequestId = requestId, Duration = clock.UtcNow - start,
            Reason = seen is null
                ? "The service confirmed the new password; the time of the last change does not show it yet, which it does within minutes."
                : "The service confirmed the new password, and the time of the last change shows it.",
        };
    }

    private async Task<ResetOutcome> ActAsync(ResetPlan plan, Password password, DateTimeOffset start, CancellationToken settle)
    {
        DirectoryUser target = plan.Target!;
        bool synced = target.OnPremisesSyncEnabled == true;
        ResetOperation operation = await connection.Directory.StartPasswordResetAsync(target.Id, password, settle).ConfigureAwait(false);
        if (operation.Generated is Password made)
        {
            password.Dispose();
            password = made;
        }

        TimeSpan pause = operation.RetryAfter ?? FirstLook;
        while (clock.UtcNow - start < LongestOperation)
        {
            ResetOperationState state;
            try
            {
                await clock.DelayAsync(pause, settle).ConfigureAwait(false);
                state = await connection.Directory.GetPasswordResetAsync(operation, settle).ConfigureAwait(false);
            }
            catch (Exception error) when (error is PasswordOpsException or OperationCanceledException)
            {
                // Helpdesk, Password and User Administrators may start a reset and may not read its operation: the directory still shows
                // the change.
                DateTimeOffset? seen = await SeeAsync(target, LongReadBack, settle).ConfigureAwait(false);
                string why = error is PasswordOpsException known ? known.Message : "The run was stopped.";
                return seen is null
                    ? Unclear(
                        plan, password, operation.RequestId, start, "The service accepted the reset, and its end could not be read: " + why)
                    : Done(
                        plan, password, operation, seen, start,
                        "The operation could not be read, and the time of the last password change shows the reset.");
            }

            if (state.Succeeded)
            {
                DateTimeOffset? seen = await SeeAsync(target, ReadBackTime, settle).ConfigureAwait(false);
                return Done(plan, password, operation, seen, start, "The service reports the reset as succeeded.");
            }

            if (state.Failed)
            {
                password.Dispose();
                string detail = string.IsNullOrEmpty(state.Detail) ? "the service gave no detail" : "the service says: " + state.Detail;
                PasswordOpsException failure = new(
                    "ResetFailed", ErrorKind.InvalidOperation, $"{plan.User}: the service carried the reset out without success; {detail}.",
                    synced
                        ? "Look at the events of the sync server with Get-WritebackHealth -EventLog, then try another password."
                        : "Try another password.")
                {
                    RequestId = operation.RequestId,
                };
                return new ResetOutcome
                {
                    User = plan.User, UserId = target.Id, Status = ResetStatus.Failed, Route = plan.Route, Changed = "nothing",
                    Error = failure, Reason = failure.Message,
                    NextStep = failure.Advice, RequestId = operation.RequestId, Duration = clock.UtcNow - start,
                };
            }

            pause = state.RetryAfter ?? TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, Math.Max(FirstLook.Ticks, pause.Ticks * 3 / 2)));
        }

        return Unclear(
            plan, password, operation.RequestId, start, "The service accepted the reset and had not ended it after three minutes.");
    }

    private ResetOutcome Done(
        ResetPlan plan, Password password, ResetOperation operation, DateTimeOffset? seen, DateTimeOffset start, string reason)
    {
        DirectoryUser target = plan.Target!;
        bool synced = target.OnPremisesSyncEnabled == true;
        return new ResetOutcome
        {
            User = plan.User, UserId = target.Id, Status = ResetStatus.Succeeded, Route = plan.Route, ForceChange = ForceChange.Yes,
            Password = password,
            Changed = synced
                ? $"the password in {target.OnPremisesDomainName ?? "Active Directory"} by writeback, and in Microsoft Entra ID"
                : "the password in Microsoft Entra ID",
            SeenChangedAt = seen, RequestId = operation.RequestId, Duration = clock.UtcNow - start, Reason = reason,
            NextStep = synced
                ? "If the account has 'Password never expires' in Active Directory, ask the user to change the password: "
                    + "the forced change is not set there."
                : null,
        };
    }

    // The write is confirmed already; the read-back shows which password changed, and lists lag behind writes: a short look, never a
    // verdict of failure.
    private async Task<DateTimeOffset?> SeeAsync(DirectoryUser target, TimeSpan time, CancellationToken settle)
    {
        try
        {
            DateTimeOffset until = clock.UtcNow + time;
            while (true)
            {
                Reading<DirectoryUser> now =
                    (await connection.Directory.GetUsersAsync(new[] { new UserIdentity(target.Id) }, settle).ConfigureAwait(false))[0];
                if (now.IsKnown
                    && now.Value.LastPasswordChange is DateTimeOffset changed
                    && (target.LastPasswordChange is null || changed > target.LastPasswordChange))
                {
                    return changed;
                }

                if (!now.IsKnown || clock.UtcNow >= until)
                {
                    return null;
                }

                await clock.DelayAsync(FirstLook, settle).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is PasswordOpsException or OperationCanceledException)
        {
            return null;
        }
    }

    private ResetOutcome Ended(ResetPlan plan, PasswordOpsException error, Password password, DateTimeOffset start)
    {
        if (error.MayHaveHappened)
        {
            return Unclear(plan, password, error.RequestId, start, error.Message, error);
        }

        // Where the documents conflict the service was left to decide; now that it has, the check knows more than the error.
        CheckResult? doubt = plan.Checks.FirstOrDefault(check => check.Verdict == Verdict.Warn
            && check.Id == (error.Id == "RoleMissing" ? "role.canReset" : error.Id == "ResetRejected" ? "source.authority" : null));
        if (doubt is not null)
        {
            error = error.Retold($"{error.Message} {doubt.Reason}", doubt.Fix);
        }

        password.Dispose();
        return new ResetOutcome
        {
            User = plan.User, UserId = plan.Target!.Id, Status = ResetStatus.Failed, Route = plan.Route, Changed = "nothing", Error = error,
            Reason = error.Message, NextStep = error.Advice, RequestId = error.RequestId, Duration = clock.UtcNow - start,
        };
    }

    private ResetOutcome Unclear(
        ResetPlan plan, Password password, string? requestId, DateTimeOffset start, string why, PasswordOpsException? cause = null)
    {
        bool synced = plan.Target!.OnPremisesSyncEnabled == true;
        string find = "Look at 'Reset password' in the audit log after a few minutes"
            + (synced ? ", or for event 31010 on the sync server" : string.Empty)
            + ", before you reset again: the password may be in force.";
        PasswordOpsException error = new("OutcomeUnknown", ErrorKind.Timeout, $"{plan.User}: {why}", find)
        {
            MayHaveHappened = true, RequestId = requestId, ServiceCode = cause?.ServiceCode, Status = cause?.Status,
        };
        return new ResetOutcome
        {
            User = plan.User, UserId = plan.Target.Id, Status = ResetStatus.Unknown, Route = plan.Route, Changed = "not known",
            Password = password, Error = error,
            Reason = why, NextStep = find, RequestId = requestId, Duration = clock.UtcNow - start, ForceChange = plan.ForceChange,
        };
    }

    private async Task<(Reading<Organization>, Reading<IReadOnlyList<Domain>>)> ReadTenantAsync(CancellationToken stop)
    {
        Task<Reading<Organization>> organization = Reading.TryAsync(() => connection.Directory.GetOrganizationAsync(stop), clock);
        Task<Reading<IReadOnlyList<Domain>>> domains = Reading.TryAsync(() => connection.Directory.GetDomainsAsync(stop), clock);
        await Task.WhenAll(organization, domains).ConfigureAwait(false);
        return (await organization.ConfigureAwait(false), await domains.ConfigureAwait(false));
    }
}
