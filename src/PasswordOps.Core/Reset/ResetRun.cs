using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Core.Reset;

/// <summary>
/// Carries plans out: makes the password, hands it over, sets it, looks whether it took effect. Handing over comes before setting, and what
/// was not set is taken back.
/// </summary>
internal sealed class ResetRun
{
    // Profiles go out in batches; the others are one request each, with a wait for their end.
    private const int ProfilesAtOnce = 20;
    private const int CallsAtOnce = 6;
    private const int ActionsAtOnce = 10;
    private const int DomainResetsAtOnce = 4;

    private readonly IDirectory directory;
    private readonly ResetOptions options;
    private readonly ResetMeans means;
    private readonly Action<ResetOutcome> emit;
    private readonly IClock clock;
    private readonly ReadBack readBack;
    private readonly object gate = new();

    public ResetRun(IDirectory directory, ResetOptions options, ResetMeans means, Action<ResetOutcome> emit, IClock clock)
    {
        this.directory = directory;
        this.options = options;
        this.means = means;
        this.emit = emit;
        this.clock = clock;
        readBack = new ReadBack(directory, clock);
    }

    public async Task RunAsync(IReadOnlyList<ResetPlan> plans, IProgress<BulkProgress>? progress, CancellationToken stop)
    {
        if (plans.FirstOrDefault(plan => plan.Refusal is not null || plan.Target is null) is ResetPlan refused)
        {
            throw refused.Refusal ?? throw new ArgumentException("A plan has no target.", nameof(plans));
        }

        await RunnerOf(ProfilesAtOnce, CallsAtOnce)
            .RunAsync(Of(plans, ResetRoute.PasswordProfile), ProfilesAsync, progress, stop).ConfigureAwait(false);
        ActionReset action = new(directory, readBack, clock);
        await RunnerOf(1, ActionsAtOnce)
            .RunAsync(
                Of(plans, ResetRoute.ResetPasswordAction), (chunk, settle) => EachAsync(chunk, action.RunAsync, settle), progress, stop)
            .ConfigureAwait(false);
        using DomainReset domain = new(means, options, clock);
        await RunnerOf(1, DomainResetsAtOnce)
            .RunAsync(
                Of(plans, ResetRoute.ActiveDirectory), (chunk, settle) => DomainAsync(domain, chunk, settle, stop), progress, stop)
            .ConfigureAwait(false);
    }

    private static ResetPlan[] Of(IReadOnlyList<ResetPlan> plans, ResetRoute route) => plans.Where(plan => plan.Route == route).ToArray();

    private BulkRunner RunnerOf(int chunk, int concurrency) => new(Text.Of($"Resetting passwords"), chunk, concurrency, clock);

    private async Task ProfilesAsync(IReadOnlyList<ResetPlan> chunk, CancellationToken settle)
    {
        List<PendingReset> ready = new();
        foreach (ResetPlan plan in chunk)
        {
            if (await PrepareAsync(plan, options.Length, settle).ConfigureAwait(false) is PendingReset prepared)
            {
                ready.Add(prepared);
            }
        }

        if (ready.Count == 0)
        {
            return;
        }

        IReadOnlyList<WriteOutcome> written;
        try
        {
            written = await directory.SetPasswordsAsync(
                ready.Select(one => new PasswordWrite(one.Target.Id, one.Password, one.Plan.ForceChange)).ToArray(), settle)
                .ConfigureAwait(false);
        }
        catch (PasswordOpsException error)
        {
            written = ready.Select(_ => new WriteOutcome(error, error.RequestId, 1)).ToArray();
        }
        catch (OperationCanceledException)
        {
            foreach (PendingReset one in ready)
            {
                Emit(ResetOutcomes.Unclear(one, null, clock.UtcNow, Text.Of($"The run was stopped before the service answered.")));
            }

            return;
        }

        List<(PendingReset Reset, string? RequestId)> confirmed = new();
        for (int i = 0; i < ready.Count; i++)
        {
            if (written[i].Error is PasswordOpsException error)
            {
                await EndAsync(ready[i], error, settle).ConfigureAwait(false);
            }
            else
            {
                confirmed.Add((ready[i], written[i].RequestId));
            }
        }

        IReadOnlyList<DateTimeOffset?> seen = await readBack.SeeAsync(
            confirmed.Select(one => one.Reset.Target).ToArray(), ReadBack.Short, settle).ConfigureAwait(false);
        await FinishAsync(
            confirmed.Select((one, i) => ResetOutcomes.InCloud(one.Reset, one.RequestId, seen[i], clock.UtcNow)).ToArray(), settle)
            .ConfigureAwait(false);
    }

    private async Task EachAsync(
        IReadOnlyList<ResetPlan> chunk, Func<PendingReset, CancellationToken, Task<ResetOutcome>> reset, CancellationToken settle)
    {
        foreach (ResetPlan plan in chunk)
        {
            if (await PrepareAsync(plan, options.Length, settle).ConfigureAwait(false) is PendingReset prepared)
            {
                await OneAsync(prepared, reset, settle).ConfigureAwait(false);
            }
        }
    }

    private async Task DomainAsync(
        DomainReset domain, IReadOnlyList<ResetPlan> chunk, CancellationToken settle, CancellationToken stop)
    {
        foreach (ResetPlan plan in chunk)
        {
            // The account is looked up first: its policy may ask for a longer password, and where there is none nothing is handed over.
            DateTimeOffset start = clock.UtcNow;
            ActiveDirectoryAccount account;
            try
            {
                account = await domain.FindAsync(plan, stop).ConfigureAwait(false);
            }
            catch (Exception error) when (error is PasswordOpsException or OperationCanceledException)
            {
                // Of the domain, or of its identifier of the account: among many users it has to be told whose it is.
                PasswordOpsException why = error is PasswordOpsException known
                    ? known.Retold($"{plan.User}: {known.Message}")
                    : ResetOutcomes.Stopped(plan);
                Emit(ResetOutcomes.Failed(plan, why, start, clock.UtcNow));
                continue;
            }

            int length = Math.Max(
                options.Length ?? PasswordGenerator.UsualLength(options.Style),
                Math.Min(account.Policy.MinimumLength ?? 0, PasswordGenerator.LongestLength(options.Style)));
            if (await PrepareAsync(plan, length, settle).ConfigureAwait(false) is PendingReset prepared)
            {
                await OneAsync(prepared, (reset, token) => domain.RunAsync(reset, account, token), settle).ConfigureAwait(false);
            }
        }
    }

    private async Task OneAsync(
        PendingReset pending, Func<PendingReset, CancellationToken, Task<ResetOutcome>> reset, CancellationToken settle)
    {
        ResetOutcome outcome;
        try
        {
            outcome = await reset(pending, settle).ConfigureAwait(false);
        }
        catch (PasswordOpsException error)
        {
            await EndAsync(pending, error, settle).ConfigureAwait(false);
            return;
        }
        catch (OperationCanceledException)
        {
            Emit(ResetOutcomes.Unclear(pending, null, clock.UtcNow, Text.Of($"The run was stopped before the service answered.")));
            return;
        }

        if (outcome.Status == ResetStatus.Failed)
        {
            outcome = await WithdrawAsync(pending, outcome, settle).ConfigureAwait(false);
        }

        await FinishAsync(new[] { outcome }, settle).ConfigureAwait(false);
    }

    /// <summary>Makes the password and hands it over; when that fails the reset is not done, and its outcome is emitted here.</summary>
    private async Task<PendingReset?> PrepareAsync(ResetPlan plan, int? length, CancellationToken settle)
    {
        DateTimeOffset start = clock.UtcNow;
        Password? password = null;
        try
        {
            password = options.Password is Password given
                ? new Password((char[])given.Characters.Clone())
                : means.Generator.Next(length, options.Style, plan.Names);
            DeliveredPassword? delivered = means.Delivery is null
                ? null
                : await means.Delivery.DeliverAsync(plan.User, plan.Target!.Id, password, settle).ConfigureAwait(false);
            return new PendingReset(plan, password, delivered, start);
        }
        catch (Exception error) when (error is PasswordOpsException or OperationCanceledException)
        {
            password?.Dispose();
            PasswordOpsException why = error is not PasswordOpsException known ? ResetOutcomes.Stopped(plan)
                : password is null ? known
                : known.Retold(Text.Of($"{plan.User}: the reset was not done, as its password could not be handed over. {known.Message}"));
            Emit(ResetOutcomes.Failed(plan, why, start, clock.UtcNow));
            return null;
        }
    }

    private async Task EndAsync(PendingReset pending, PasswordOpsException error, CancellationToken settle)
    {
        PasswordOpsException named = error.Naming(pending.Target.Id, pending.Plan.User);
        if (named.MayHaveHappened)
        {
            Emit(ResetOutcomes.Unclear(pending, named.RequestId, clock.UtcNow, named.Message, named));
            return;
        }

        pending.Password.Dispose();
        ResetOutcome outcome = ResetOutcomes.Failed(
            pending.Plan,
            error.Kind == ErrorKind.NotFound ? ResetOutcomes.Gone(pending.Plan, named) : ResetOutcomes.Judged(pending.Plan, named),
            pending.Start, clock.UtcNow);
        Emit(await WithdrawAsync(pending, outcome, settle).ConfigureAwait(false));
    }

    private async Task<ResetOutcome> WithdrawAsync(PendingReset pending, ResetOutcome outcome, CancellationToken settle)
    {
        if (pending.Delivered is not DeliveredPassword delivered || means.Delivery is null)
        {
            return outcome;
        }

        try
        {
            await means.Delivery.WithdrawAsync(delivered, settle).ConfigureAwait(false);
            return outcome;
        }
        catch (Exception error) when (error is PasswordOpsException or OperationCanceledException)
        {
            return outcome.With(
                Text.Of($"A password that was not set was left in {delivered.Place}: take {delivered.Reference} out of it."));
        }
    }

    private async Task FinishAsync(IReadOnlyList<ResetOutcome> outcomes, CancellationToken settle)
    {
        ResetOutcome[] changed = outcomes.Where(outcome => outcome.Status == ResetStatus.Succeeded).ToArray();
        if (!options.RevokeSessions || changed.Length == 0)
        {
            Emit(outcomes.ToArray());
            return;
        }

        IReadOnlyList<WriteOutcome> revoked;
        try
        {
            revoked = await directory.RevokeSessionsAsync(changed.Select(outcome => outcome.UserId).ToArray(), settle).ConfigureAwait(
                false);
        }
        catch (Exception error) when (error is PasswordOpsException or OperationCanceledException)
        {
            PasswordOpsException why = error as PasswordOpsException ?? ResetOutcomes.Stopped(null);
            revoked = changed.Select(_ => new WriteOutcome(why, null, 1)).ToArray();
        }

        Emit(outcomes.Select(outcome =>
        {
            int at = Array.IndexOf(changed, outcome);
            return at < 0 ? outcome : outcome.WithSessions(revoked[at].Error?.Naming(outcome.UserId, outcome.User));
        }).ToArray());
    }

    private void Emit(params ResetOutcome[] outcomes)
    {
        lock (gate)
        {
            foreach (ResetOutcome outcome in outcomes)
            {
                emit(outcome);
            }
        }
    }
}
