using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Graph.Models;
using PasswordOps.Graph.Pipeline;

namespace PasswordOps.Graph;

/// <summary>
/// Reads what accounts are in the tenant's order of administration. Memberships show the roles held over the whole tenant, also through
/// groups, but have been seen to leave some out, and never show those over an administrative unit; role assignments show both, but only
/// of the account itself. So both are read, and the assignments of the account's role-assignable groups too. Of many accounts at a time
/// <see cref="StandingSnapshot"/> says the same.
/// </summary>
internal sealed class StandingReader
{
    private readonly GraphDirectory directory;

    public StandingReader(GraphDirectory directory)
    {
        this.directory = directory;
    }

    /// <summary>The first reads of one account, to go out together with others.</summary>
    public static GraphCall[] FirstCalls(string principalId, bool isApp) => new StandingDraft(principalId, isApp).Calls();

    /// <summary>The standing of the connection's own account from the answers to <see cref="FirstCalls"/>.</summary>
    public async Task<Reading<Standing>> OwnAsync(
        string principalId,
        bool isApp,
        IReadOnlyList<GraphAnswer> answers,
        CancellationToken stop)
    {
        // Whether the scope of a role is restricted protects its holder from others. It does not bear on what the holder may do, so an
        // account that may not read its own unit still learns of its roles.
        StandingDraft draft = new(principalId, isApp) { ToleratesUnreadableUnits = true };
        await TakeAsync(draft, draft.Calls(), answers, stop).ConfigureAwait(false);
        await CompleteAsync(new List<StandingDraft> { draft }, stop).ConfigureAwait(false);
        return draft.ToReading(directory.Clock.UtcNow);
    }

    /// <summary>True when the service understood and said no: to ask in another way may help then, unlike when it is busy.</summary>
    internal static bool IsRefusal(PasswordOpsException error) => error.Status is >= 400 and < 500 and not (401 or 429);

    public async Task<IReadOnlyList<Reading<Standing>>> ReadAsync(IReadOnlyList<string> principalIds, CancellationToken stop)
    {
        List<StandingDraft> drafts = principalIds.Select(id => new StandingDraft(id, false)).ToList();
        await FillAsync(drafts, stop).ConfigureAwait(false);

        // An id that no user has may be that of an application.
        List<StandingDraft> others = drafts.Where(draft => draft.Error is { Status: 404 }).ToList();
        foreach (StandingDraft draft in others)
        {
            draft.Reset(isApp: true);
        }

        await FillAsync(others, stop).ConfigureAwait(false);
        await CompleteAsync(drafts, stop).ConfigureAwait(false);
        return drafts.Select(draft => draft.ToReading(directory.Clock.UtcNow)).ToArray();
    }

    private async Task FillAsync(List<StandingDraft> drafts, CancellationToken stop)
    {
        if (drafts.Count == 0)
        {
            return;
        }

        GraphCall[][] calls = drafts.Select(draft => draft.Calls()).ToArray();
        GraphCall[] all = calls.SelectMany(some => some).ToArray();
        IReadOnlyList<GraphAnswer> answers = await directory.ReadAllAsync(all, stop).ConfigureAwait(false);
        int next = 0;
        for (int i = 0; i < drafts.Count; i++)
        {
            await TakeAsync(drafts[i], calls[i], answers.Skip(next).Take(calls[i].Length).ToArray(), stop).ConfigureAwait(false);
            next += calls[i].Length;
        }
    }

    private async Task TakeAsync(StandingDraft draft, GraphCall[] calls, IReadOnlyList<GraphAnswer> answers, CancellationToken stop)
    {
        Reading<IReadOnlyList<WireMembership>> memberships =
            await directory.ReadListAsync(answers[0], calls[0], GraphJson.Default.PageWireMembership, stop).ConfigureAwait(false);
        Reading<IReadOnlyList<WireMembership>> owned =
            await directory.ReadListAsync(answers[1], calls[1], GraphJson.Default.PageWireMembership, stop).ConfigureAwait(false);
        Reading<IReadOnlyList<WireRoleAssignment>> assignments =
            await directory.ReadListAsync(answers[2], calls[2], GraphJson.Default.PageWireRoleAssignment, stop).ConfigureAwait(false);
        draft.Error = memberships.Error ?? owned.Error ?? assignments.Error;
        if (draft.Error is null)
        {
            draft.Take(memberships.Value, owned.Value);
            draft.Take(assignments.Value);
        }
    }

    /// <summary>
    /// Second reads, for the few accounts that need them: assignments of role-assignable groups, then units over which a role is held.
    /// </summary>
    private async Task CompleteAsync(List<StandingDraft> drafts, CancellationToken stop)
    {
        List<StandingDraft> known = drafts.Where(draft => draft.Error is null).ToList();
        string[] groups = known.SelectMany(draft => draft.MemberGroups).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        if (groups.Length > 0)
        {
            GraphCall[] calls = groups.Select(id => StandingDraft.AssignmentsOf(id, Text.Of($"group {id}"))).ToArray();
            IReadOnlyList<GraphAnswer> answers = await directory.ReadAllAsync(calls, stop).ConfigureAwait(false);
            for (int i = 0; i < groups.Length; i++)
            {
                Reading<IReadOnlyList<WireRoleAssignment>> held = await directory.ReadListAsync(
                    answers[i], calls[i], GraphJson.Default.PageWireRoleAssignment, stop).ConfigureAwait(false);
                foreach (StandingDraft draft in known.Where(draft => draft.MemberGroups.Contains(groups[i])))
                {
                    draft.Error ??= held.Error;
                    draft.Take(held.IsKnown ? held.Value : Array.Empty<WireRoleAssignment>());
                }
            }
        }

        string[] units = known.SelectMany(draft => draft.UnitsToRead()).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        if (units.Length > 0)
        {
            GraphCall[] calls = units.Select(id => new GraphCall(Routes.Unit, Routes.Unit.With(id),
                Text.Of($"administrative unit {id}"))).ToArray();
            IReadOnlyList<GraphAnswer> answers = await directory.ReadAllAsync(calls, stop).ConfigureAwait(false);
            for (int i = 0; i < units.Length; i++)
            {
                Reading<WireMembership> unit = directory.Read(answers[i], calls[i], GraphJson.Default.WireMembership, read => read);
                foreach (StandingDraft draft in known)
                {
                    draft.TakeUnit(units[i], unit);
                }
            }
        }
    }
}
