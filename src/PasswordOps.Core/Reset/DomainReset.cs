using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Reset;

/// <summary>The reset on a domain controller: one modification of the account, then a look at what it left.</summary>
internal sealed class DomainReset : IDisposable
{
    private readonly Dictionary<string, Task<IActiveDirectory>> domains = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource closing = new();
    private readonly ResetMeans means;
    private readonly ResetOptions options;
    private readonly IClock clock;

    public DomainReset(ResetMeans means, ResetOptions options, IClock clock)
    {
        this.means = means;
        this.options = options;
        this.clock = clock;
    }

    /// <summary>Looks the account up; nothing is written yet, so that a stop ends it at once.</summary>
    public async Task<ActiveDirectoryAccount> FindAsync(ResetPlan plan, CancellationToken stop)
    {
        DirectoryUser user = plan.Target!;

        // The security identifier never changes and is never used twice; the names can be others in the domain than in the tenant.
        string name = user.OnPremisesSecurityIdentifier ?? user.OnPremisesDistinguishedName ?? user.OnPremisesSamAccountName
            ?? user.UserPrincipalName;
        IActiveDirectory domain = await OpenAsync(user, stop).ConfigureAwait(false);
        return await domain.FindAsync(new ActiveDirectoryName(name), stop).ConfigureAwait(false);
    }

    public async Task<ResetOutcome> RunAsync(PendingReset reset, ActiveDirectoryAccount before, CancellationToken settle)
    {
        IActiveDirectory domain = await OpenAsync(reset.Target, settle).ConfigureAwait(false);
        DomainResetOptions wish = new() { MustChange = reset.Plan.ForceChange == ForceChange.Yes, Unlock = options.Unlock };
        await domain.ResetPasswordAsync(before, reset.Password, wish, settle).ConfigureAwait(false);
        ActiveDirectoryAccount? after;
        try
        {
            after = await domain.FindAsync(new ActiveDirectoryName(before.SecurityIdentifier), settle).ConfigureAwait(false);
        }
        catch (Exception error) when (error is PasswordOpsException or OperationCanceledException)
        {
            // The domain controller confirmed the write; that it cannot be looked at takes nothing from that.
            after = null;
        }

        return ResetOutcomes.OnDomainController(reset, domain, before, after, wish, clock.UtcNow);
    }

    public void Dispose()
    {
        closing.Cancel();
        foreach (Task<IActiveDirectory> domain in domains.Values)
        {
            if (domain.Status == TaskStatus.RanToCompletion)
            {
                domain.Result.Dispose();
            }
        }

        closing.Dispose();
    }

    // One connection a domain serves all users; one that fails fails for all of them at once. It outlives the reset that opened it, so it
    // does not hang on that one's token; who waits for it may go.
    private async Task<IActiveDirectory> OpenAsync(DirectoryUser user, CancellationToken stop)
    {
        string key = user.OnPremisesDomainName ?? string.Empty;
        Task<IActiveDirectory>? domain;
        lock (domains)
        {
            if (!domains.TryGetValue(key, out domain))
            {
                domain = means.Domain is null
                    ? throw new InvalidOperationException("No domain controller can be opened.")
                    : means.Domain(user.OnPremisesDomainName, closing.Token);
                domains[key] = domain;
            }
        }

        TaskCompletionSource<bool> stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration end = stop.Register(() => stopped.TrySetResult(true));
        return await Task.WhenAny(domain, stopped.Task).ConfigureAwait(false) == domain
            ? await domain.ConfigureAwait(false)
            : throw new OperationCanceledException(stop);
    }
}
