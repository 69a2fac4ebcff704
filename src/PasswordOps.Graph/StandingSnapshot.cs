using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Graph.Models;
using PasswordOps.Graph.Pipeline;

namespace PasswordOps.Graph;

/// <summary>
/// The tenant's whole order of administration at one moment: who holds which role, who is in or owns a role-assignable group, who is in an
/// administrative unit that matters. It costs requests by the pages of these lists, however many accounts are asked for.
/// </summary>
internal sealed class StandingSnapshot : ITenantStandings
{
    private readonly GraphDirectory directory;
    private readonly Dictionary<string, StandingDraft> drafts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, WireMembership> units = new(StringComparer.OrdinalIgnoreCase);
    private DateTimeOffset at;

    private StandingSnapshot(GraphDirectory directory)
    {
        this.directory = directory;
    }

    /// <summary>Takes the snapshot. A part that cannot be read makes it fail as a whole: nobody's standing is known without it.</summary>
    public static async Task<Reading<ITenantStandings>> TakeAsync(GraphDirectory directory, CancellationToken stop)
    {
        StandingSnapshot snapshot = new(directory);
        PasswordOpsException? error = await snapshot.ReadAsync(stop).ConfigureAwait(false);
        return error is null
            ? Reading.Of<ITenantStandings>(snapshot, snapshot.at)
            : Reading.Failed<ITenantStandings>(error, directory.Clock.UtcNow);
    }

    /// <summary>The standing of an account; null when it depends on a unit that the tenant's list does not have.</summary>
    public Reading<Standing>? Of(string principalId)
    {
        if (!drafts.TryGetValue(principalId, out StandingDraft? draft))
        {
            return Reading.Of(new Standing { ObjectId = principalId }, at);
        }

        lock (draft)
        {
            foreach (string unit in draft.UnitsToRead().ToArray())
            {
                if (!units.TryGetValue(unit, out WireMembership? known))
                {
                    return null;
                }

                draft.TakeUnit(unit, Reading.Of(known, at));
            }

            Reading<Standing> read = draft.ToReading(at);
            return read.IsKnown ? Reading.Of(read.Value with { ObjectId = principalId }, at) : read;
        }
    }

    public IReadOnlyList<string> HoldersOf(string templateId) => drafts.Keys
        .Where(id => Of(id) is { IsKnown: true } standing && standing.Value.Roles.Any(role =>
            role.IsTenantWide && string.Equals(role.TemplateId, templateId, StringComparison.OrdinalIgnoreCase)))
        .ToArray();

    private async Task<PasswordOpsException?> ReadAsync(CancellationToken stop)
    {
        GraphCall[] calls = new[]
        {
            Routes.AllRoleAssignments, Routes.RoleDefinitions, Routes.RoleGroups, Routes.Units, Routes.AllEligibleRoles,
        }.Select(GraphDirectory.ForTenant).ToArray();
        IReadOnlyList<GraphAnswer> answers = await directory.ReadAllAsync(calls, stop).ConfigureAwait(false);
        Task<Reading<IReadOnlyList<T>>> ListAsync<T>(int i, JsonTypeInfo<Page<T>> type) =>
            directory.ReadListAsync(answers[i], calls[i], type, stop);

        Task<Reading<IReadOnlyList<WireRoleAssignment>>> assignments = ListAsync(0, GraphJson.Default.PageWireRoleAssignment);
        Task<Reading<IReadOnlyList<WireRoleDefinition>>> definitions = ListAsync(1, GraphJson.Default.PageWireRoleDefinition);
        Task<Reading<IReadOnlyList<WireMembership>>> groups = ListAsync(2, GraphJson.Default.PageWireMembership);
        Task<Reading<IReadOnlyList<WireMembership>>> allUnits = ListAsync(3, GraphJson.Default.PageWireMembership);
        Task<Reading<IReadOnlyList<WireRoleAssignment>>> eligible = ListAsync(4, GraphJson.Default.PageWireRoleAssignment);
        await Task.WhenAll(assignments, definitions, groups, allUnits, eligible).ConfigureAwait(false);
        Reading<IReadOnlyList<WireRoleAssignment>> held = await assignments.ConfigureAwait(false);
        Reading<IReadOnlyList<WireRoleDefinition>> roles = await definitions.ConfigureAwait(false);
        Reading<IReadOnlyList<WireMembership>> roleGroups = await groups.ConfigureAwait(false);
        Reading<IReadOnlyList<WireMembership>> tenantUnits = await allUnits.ConfigureAwait(false);
        Reading<IReadOnlyList<WireRoleAssignment>> mayHold = await eligible.ConfigureAwait(false);
        if ((held.Error ?? roles.Error ?? roleGroups.Error ?? tenantUnits.Error) is PasswordOpsException error)
        {
            return error;
        }

        at = held.At;
        foreach (WireMembership unit in tenantUnits.Value.Where(unit => unit.Id is not null))
        {
            units[unit.Id!] = unit;
        }

        Dictionary<string, List<HeldRole>> rolesByHolder = RolesByHolder(held.Value, roles.Value);
        return await ReadMembersAsync(
            roleGroups.Value.Where(group => group.Id is not null).ToArray(),
            UnitsThatMatter(held.Value, mayHold),
            rolesByHolder,
            stop).ConfigureAwait(false);
    }

    private static Dictionary<string, List<HeldRole>> RolesByHolder(
        IReadOnlyList<WireRoleAssignment> assignments, IReadOnlyList<WireRoleDefinition> definitions)
    {
        Dictionary<string, WireRoleDefinition> byId = new(StringComparer.OrdinalIgnoreCase);
        foreach (WireRoleDefinition definition in definitions.Where(definition => definition.Id is not null))
        {
            byId[definition.Id!] = definition;
        }

        Dictionary<string, List<HeldRole>> roles = new(StringComparer.OrdinalIgnoreCase);
        foreach (WireRoleAssignment assignment in assignments)
        {
            assignment.RoleDefinition ??=
                assignment.RoleDefinitionId is string id && byId.TryGetValue(id, out WireRoleDefinition? known) ? known : null;
            if (assignment.PrincipalId is string holder && Translate.Role(assignment) is HeldRole role)
            {
                if (!roles.TryGetValue(holder, out List<HeldRole>? held))
                {
                    roles[holder] = held = new List<HeldRole>();
                }

                held.Add(role);
            }
        }

        return roles;
    }

    /// <summary>
    /// Units that protect their members, and those through which somebody reaches them or could after activating a role. Membership of any
    /// other unit changes nothing for anybody. Where eligible roles cannot be read every unit may be one of these.
    /// </summary>
    private WireMembership[] UnitsThatMatter(
        IReadOnlyList<WireRoleAssignment> held, Reading<IReadOnlyList<WireRoleAssignment>> mayHold)
    {
        if (!mayHold.IsKnown)
        {
            return units.Values.ToArray();
        }

        HashSet<string> scopes = new(
            held.Concat(mayHold.Value).Select(role => role.DirectoryScopeId ?? string.Empty), StringComparer.OrdinalIgnoreCase);
        return units.Values
            .Where(unit => unit.IsMemberManagementRestricted == true || scopes.Contains(StandingDraft.UnitScope + unit.Id))
            .ToArray();
    }

    private async Task<PasswordOpsException?> ReadMembersAsync(
        WireMembership[] groups, WireMembership[] unitsThatMatter, Dictionary<string, List<HeldRole>> roles, CancellationToken stop)
    {
        List<(GraphCall Call, Action<StandingDraft> Take)> lists = new();
        foreach (WireMembership group in groups)
        {
            List<HeldRole>? ofGroup = roles.TryGetValue(group.Id!, out List<HeldRole>? held) ? held : null;
            lists.Add((Members(Routes.GroupMembers, isUnit: false, group), draft =>
            {
                draft.TakeGroup(group, isMember: true);
                ofGroup?.ForEach(draft.Add);
            }));
            lists.Add((Members(Routes.GroupOwners, isUnit: false, group), draft => draft.TakeGroup(group, isMember: false)));
        }

        foreach (WireMembership unit in unitsThatMatter)
        {
            lists.Add((Members(Routes.UnitMembers, isUnit: true, unit), draft => draft.TakeMembership(unit)));
        }

        foreach (KeyValuePair<string, List<HeldRole>> holder in roles)
        {
            Note(holder.Key, draft => holder.Value.ForEach(draft.Add));
        }

        IReadOnlyList<GraphAnswer> answers =
            await directory.ReadAllAsync(lists.Select(list => list.Call).ToArray(), stop).ConfigureAwait(false);
        PasswordOpsException?[] errors = await Task.WhenAll(
            lists.Select((list, i) => TakeMembersAsync(answers[i], list.Call, list.Take, stop))).ConfigureAwait(false);
        return errors.FirstOrDefault(error => error is not null);
    }

    private static GraphCall Members(Route route, bool isUnit, WireMembership of) =>
        new(route, route.With(of.Id!), isUnit ? Text.Of($"administrative unit {of.Id}") : Text.Of($"group {of.Id}"));

    private async Task<PasswordOpsException?> TakeMembersAsync(
        GraphAnswer first, GraphCall call, Action<StandingDraft> take, CancellationToken stop)
    {
        // Deleted since the list of groups or units was read: nobody is in it any more.
        if (first.Status == 404)
        {
            return null;
        }

        Reading<int> pages = await directory.ReadPagesAsync(first, call, GraphJson.Default.PageWireMembership, page =>
        {
            foreach (WireMembership member in page)
            {
                Note(member.Id, take);
            }
        }, stop).ConfigureAwait(false);
        return pages.Error;
    }

    /// <summary>Notes a thing of an account. Lists arrive at the same time.</summary>
    private void Note(string? id, Action<StandingDraft> take)
    {
        if (id is null)
        {
            return;
        }

        lock (drafts)
        {
            if (!drafts.TryGetValue(id, out StandingDraft? draft))
            {
                drafts[id] = draft = new StandingDraft(id, false);
            }

            take(draft);
        }
    }
}
