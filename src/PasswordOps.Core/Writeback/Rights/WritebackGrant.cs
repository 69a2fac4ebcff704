using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>
/// Grants the connector account what writeback needs and it has not: plans without writing, writes what was planned when nobody else wrote
/// meanwhile, reads back, and takes it back again.
/// </summary>
public static class WritebackGrant
{
    /// <summary>Finds out which entries are missing.</summary>
    /// <param name="rights">Connection to a domain controller of the domain; the same must be written on.</param>
    /// <param name="options">What and where.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The plan; with a refusal in it where it must not be done.</returns>
    /// <exception cref="PasswordOpsException"><c>ConnectorNotFound</c>, <c>ConnectorAmbiguous</c> and what a connection can
    /// suffer.</exception>
    public static Task<GrantPlan> PlanAsync(IDirectoryRights rights, GrantOptions options, CancellationToken stop)
    {
        if (rights is null)
        {
            throw new ArgumentNullException(nameof(rights));
        }

        return options is null ? throw new ArgumentNullException(nameof(options)) : GrantPlanner.PlanAsync(rights, options, stop);
    }

    /// <summary>What takes a plan back. Write it down before the plan is run.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="clock">Time.</param>
    /// <returns>The record.</returns>
    public static GrantUndo UndoOf(GrantPlan plan, IClock clock) => new()
    {
        Domain = plan.Domain.DistinguishedName,
        DomainSid = plan.Domain.Sid?.ToString(),
        Server = plan.Server,
        Account = plan.Account.SamAccountName,
        AccountSid = plan.Account.Sid.ToString(),
        At = clock.UtcNow,
        Steps = plan.Steps.Select(step => new GrantUndoStep
        {
            DistinguishedName = step.DistinguishedName, Before = step.Before, After = step.After,
            DescriptorBefore = Convert.ToBase64String(step.DescriptorBefore),
            DescriptorAfter = Convert.ToBase64String(step.DescriptorAfter),
        }).ToArray(),
    };

    /// <summary>Runs a plan: reads each object once more, writes when its list is still the planned one, reads back and compares.</summary>
    /// <param name="rights">Connection to the domain controller that was planned on.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="stop">Ends the work between two objects; a write that was begun is read back.</param>
    /// <returns>What became of every step.</returns>
    /// <exception cref="PasswordOpsException">The plan's refusal.</exception>
    public static async Task<IReadOnlyList<GrantResult>> RunAsync(IDirectoryRights rights, GrantPlan plan, CancellationToken stop)
    {
        if (plan.Refusal is not null)
        {
            throw plan.Refusal;
        }

        List<GrantResult> results = new();
        foreach (GrantStep step in plan.Steps)
        {
            stop.ThrowIfCancellationRequested();
            results.Add(await ListChange.RunAsync(
                rights, step.DistinguishedName, step.DescriptorBefore, step.DescriptorAfter, step.Added, stop).ConfigureAwait(false));
        }

        return results;
    }

    /// <summary>
    /// Takes a grant back: on every object whose own entries are still those that the grant left, those before it are put in their place. A
    /// record can only take entries away.
    /// </summary>
    /// <param name="rights">Connection to a domain controller of the domain.</param>
    /// <param name="undo">The record.</param>
    /// <param name="stop">Ends the work between two objects; a write that was begun is read back.</param>
    /// <returns>What became of every step, the last first.</returns>
    /// <exception cref="PasswordOpsException"><c>GrantUndoInvalid</c>: the record is of another form, of another domain or
    /// damaged.</exception>
    public static async Task<IReadOnlyList<GrantResult>> UndoAsync(IDirectoryRights rights, GrantUndo undo, CancellationToken stop)
    {
        IReadOnlyList<UndoStep> steps = UndoStep.Of(undo, rights.Controller.DomainName);
        List<GrantResult> results = new();
        foreach (UndoStep step in steps.Reverse())
        {
            stop.ThrowIfCancellationRequested();
            results.Add(await ListChange.UndoAsync(rights, step, stop).ConfigureAwait(false));
        }

        return results;
    }
}
