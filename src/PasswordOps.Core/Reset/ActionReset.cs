using System;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Reset;

/// <summary>The resetPassword action, which the service carries out by itself: started, then followed to its end.</summary>
internal sealed class ActionReset
{
    // Writeback is synchronous and takes under a second on-premises; what has no end after this is told as unknown, not as failed.
    private static readonly TimeSpan LongestOperation = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly IDirectory directory;
    private readonly ReadBack readBack;
    private readonly IClock clock;

    public ActionReset(IDirectory directory, ReadBack readBack, IClock clock)
    {
        this.directory = directory;
        this.readBack = readBack;
        this.clock = clock;
    }

    public async Task<ResetOutcome> RunAsync(PendingReset reset, CancellationToken settle)
    {
        ResetOperation operation = await directory.StartPasswordResetAsync(reset.Target.Id, reset.Password, settle).ConfigureAwait(false);
        TimeSpan pause = operation.RetryAfter ?? FirstLook;
        while (clock.UtcNow - reset.Start < LongestOperation)
        {
            ResetOperationState state;
            try
            {
                await clock.DelayAsync(pause, settle).ConfigureAwait(false);
                state = await directory.GetPasswordResetAsync(operation, settle).ConfigureAwait(false);
            }
            catch (Exception error) when (error is PasswordOpsException or OperationCanceledException)
            {
                return await UnreadableAsync(reset, operation, error as PasswordOpsException, settle).ConfigureAwait(false);
            }

            if (state.Failed && reset.IsSynced && ResetOutcomes.IsOnlyInDomain(state.Detail))
            {
                // Called a failure, and yet the password that counts is the new one.
                return ResetOutcomes.ByAction(
                    reset, operation.RequestId, null, clock.UtcNow,
                    Text.Of($"The service calls the reset failed for the cloud, and says that Active Directory took the new password."),
                    state.Detail);
            }

            if (state.Succeeded)
            {
                DateTimeOffset? seen = (await readBack.SeeAsync(new[] { reset.Target }, ReadBack.Short, settle).ConfigureAwait(false))[0];
                return ResetOutcomes.ByAction(
                    reset, operation.RequestId, seen, clock.UtcNow, Text.Of($"The service reports the reset as succeeded."), state.Detail);
            }

            if (state.Failed)
            {
                return ResetOutcomes.ActionFailed(reset, operation.RequestId, state.Detail, clock.UtcNow);
            }

            pause = state.RetryAfter ?? TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, Math.Max(FirstLook.Ticks, pause.Ticks * 3 / 2)));
        }

        // The directory can know more than the operation says.
        DateTimeOffset? changed = (await readBack.SeeAsync(new[] { reset.Target }, TimeSpan.Zero, settle).ConfigureAwait(false))[0];
        return changed is null
            ? ResetOutcomes.Unclear(
                reset, operation.RequestId, clock.UtcNow,
                Text.Of($"The service accepted the reset and had not ended it after three minutes."))
            : ResetOutcomes.ByAction(
                reset, operation.RequestId, changed, clock.UtcNow,
                Text.Of($"The operation had no end after three minutes, and the time of the last password change shows the reset."), null);
    }

    // Helpdesk, Password and User Administrators may start a reset and may not read its operation: the directory still shows the change.
    private async Task<ResetOutcome> UnreadableAsync(
        PendingReset reset, ResetOperation operation, PasswordOpsException? error, CancellationToken settle)
    {
        DateTimeOffset? seen = (await readBack.SeeAsync(new[] { reset.Target }, ReadBack.Long, settle).ConfigureAwait(false))[0];
        return seen is null
            ? ResetOutcomes.Unclear(
                reset, operation.RequestId, clock.UtcNow,
                Text.Of($"The service accepted the reset, and its end could not be read: "
                    + $"{error?.Message ?? Text.Of($"The run was stopped.")}"))
            : ResetOutcomes.ByAction(
                reset, operation.RequestId, seen, clock.UtcNow,
                Text.Of($"The operation could not be read, and the time of the last password change shows the reset."), null);
    }
}
