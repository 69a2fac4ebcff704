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
/// of the account itself. So both are read, and the assignments of the account's role-assignable groups too.
/// </summary>
internal sealed class StandingReader
{
    private const string UnitScope = "/administrativeUnits/";

    private readonly GraphDirectory directory;

    public StandingReader(GraphDirectory directory)
    {
        this.directory = directory;
    }

    public async Task<IReadOnlyList<Reading<Standing>>> ReadAsync(IReadOnlyList<string> principalIds, CancellationToken stop)
    {
        List<Draft> drafts = principalIds.Select(id => new Draft(id, false)).ToList();
        await FillAsync(drafts, stop).ConfigureAwait(false);

        // An id that no user has may be that of an application.
        List<Draft> others = drafts.Where(draft => draft.Error is { Status: 404 }).ToList();
        foreach (Draft draft in others)
        {
            draft.Reset(isApp: true);
        }

        await FillAsync(others, stop).ConfigureAwait(false);
        await CompleteAsync(drafts, stop).ConfigureAwait(false);
        return drafts.Select(draft => draft.ToReading(directory.Clock.UtcNow)).ToArray();
    }

    /// <summary>The first reads of one account, to go out together with others.</summary>
    public static GraphCall[] FirstCalls(string principalId, bool isApp) => new Draft(principalId, isApp).Calls();

    /// <summary>The standing of the connection's own account from the answers to <see cref="FirstCalls"/>.</summary>
    public async Task<Reading<Standing>> OwnAsync(
        string principalId,
        bool isApp,
        IReadOnlyList<GraphAnswer> answers,
        CancellationToken stop)
    {
        // Whether the scope of a role is restricted protects its holder from others. It does not bear on what the holder may do, so an
        // account that may not read its own unit still learns of its roles.
        Draft draft = new(principalId, isApp) { ToleratesUnreadableUnits = true };
        await TakeAsync(draft, draft.Calls(), answers, stop).ConfigureAwait(false);
        await CompleteAsync(new List<Draft> { draft }, stop).ConfigureAwait(false);
        return draft.ToReading(directory.Clock.UtcNow);
    }

    private async Task FillAsync(List<Draft> drafts, CancellationToken stop)
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

    private async Task TakeAsync(Draft draft, GraphCall[] calls, IReadOnlyList<GraphAnswer> answers, CancellationToken stop)
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
    private async Task CompleteAsync(List<Draft> drafts, CancellationToken stop)
    {
        List<Draft> known = drafts.Where(draft => draft.Error is null).ToList();
        string[] groups = known.SelectMany(draft => draft.MemberGroups).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        if (groups.Length > 0)
        {
            GraphCall[] calls = groups.Select(id => Draft.AssignmentsOf(id, "group " + id)).ToArray();
            IReadOnlyList<GraphAnswer> answers = await directory.ReadAllAsync(calls, stop).ConfigureAwait(false);
            for (int i = 0; i < groups.Length; i++)
            {
                Reading<IReadOnlyList<WireRoleAssignment>> held = await directory.ReadListAsync(
                    answers[i], calls[i], GraphJson.Default.PageWireRoleAssignment, stop).ConfigureAwait(false);
                foreach (Draft draft in known.Where(draft => draft.MemberGroups.Contains(groups[i])))
                {
                    draft.Error ??= held.Error;
                    draft.Take(held.IsKnown ? held.Value : Array.Empty<WireRoleAssignment>());
                }
            }
        }

        string[] units = known.SelectMany(draft => draft.UnitsToRead()).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        if (units.Length > 0)
        {
            GraphCall[] calls = units.Select(id => new GraphCall(Routes.Unit, Routes.Unit.With(id), "administrative unit " + id)).ToArray();
            IReadOnlyList<GraphAnswer> answers = await directory.ReadAllAsync(calls, stop).ConfigureAwait(false);
            for (int i = 0; i < units.Length; i++)
            {
                Reading<WireMembership> unit = directory.Read(answers[i], calls[i], GraphJson.Default.WireMembership, read => read);
                foreach (Draft draft in known)
                {
                    draft.TakeUnit(units[i], unit);
                }
            }
        }
    }

    /// <summary>A standing in the making.</summary>
    private sealed class Draft
    {
        private readonly string id;
        private readonly Dictionary<(string Template, string Scope), HeldRole> roles = new();
        private readonly HashSet<string> groupNames = new(StringComparer.Ordinal);
        private readonly Dictionary<string, bool> memberUnits = new(StringComparer.OrdinalIgnoreCase);
        private readonly HashSet<string> restrictedScopes = new(StringComparer.OrdinalIgnoreCase);
        private bool isApp;

        public Draft(string id, bool isApp)
        {
            this.id = id;
            this.isApp = isApp;
        }

        public PasswordOpsException? Error { get; set; }

        public bool ToleratesUnreadableUnits { get; init; }

        /// <summary>Role-assignable groups of which the account is a member; owning one gives no role.</summary>
        public HashSet<string> MemberGroups { get; } = new(StringComparer.OrdinalIgnoreCase);

        public static GraphCall AssignmentsOf(string principalId, string subject) =>
            new(Routes.RoleAssignments, Routes.RoleAssignments.With(principalId), subject);

        public void Reset(bool isApp)
        {
            this.isApp = isApp;
            Error = null;
        }

        public GraphCall[] Calls()
        {
            string subject = (isApp ? "application " : "user ") + id;
            Route memberships = isApp ? Routes.AppMemberships : Routes.Memberships;
            Route owned = isApp ? Routes.AppOwnedGroups : Routes.OwnedGroups;
            return new[]
            {
                new GraphCall(memberships, memberships.With(id), subject),
                new GraphCall(owned, owned.With(id), subject),
                AssignmentsOf(id, subject),
            };
        }

        public void Take(IReadOnlyList<WireMembership> memberships, IReadOnlyList<WireMembership> owned)
        {
            foreach (WireMembership one in memberships)
            {
                string type = one.Type ?? string.Empty;
                if (type.EndsWith(".directoryRole", StringComparison.OrdinalIgnoreCase) && one.RoleTemplateId is string template)
                {
                    Add(new HeldRole(template, one.DisplayName ?? string.Empty, "/"));
                }
                else if (type.EndsWith(".group", StringComparison.OrdinalIgnoreCase) && one.IsAssignableToRole == true)
                {
                    groupNames.Add(one.DisplayName ?? one.Id ?? string.Empty);
                    MemberGroups.Add(one.Id ?? string.Empty);
                }
                else if (type.EndsWith(".administrativeUnit", StringComparison.OrdinalIgnoreCase) && one.Id is not null)
                {
                    memberUnits[one.Id] = one.IsMemberManagementRestricted == true;
                }
            }

            foreach (WireMembership group in owned.Where(group => group.IsAssignableToRole == true))
            {
                groupNames.Add(group.DisplayName ?? group.Id ?? string.Empty);
            }
        }

        public void Take(IReadOnlyList<WireRoleAssignment> assignments)
        {
            foreach (HeldRole role in assignments.Select(Translate.Role).OfType<HeldRole>())
            {
                Add(role);
            }
        }

        /// <summary>Units over which a role is held and of which the list of memberships said nothing.</summary>
        public IEnumerable<string> UnitsToRead() => ScopeUnits().Where(unit => !memberUnits.ContainsKey(unit));

        public void TakeUnit(string unit, Reading<WireMembership> reading)
        {
            if (!ScopeUnits().Contains(unit, StringComparer.OrdinalIgnoreCase))
            {
                return;
            }

            if (reading.IsKnown && reading.Value.IsMemberManagementRestricted == true)
            {
                restrictedScopes.Add(unit);
            }
            else if (!reading.IsKnown && !ToleratesUnreadableUnits)
            {
                Error ??= reading.Error;
            }
        }

        public Reading<Standing> ToReading(DateTimeOffset at) =>
            Error is not null
                ? Reading.Failed<Standing>(Error, at)
                : Reading.Of(
                    new Standing
                    {
                        ObjectId = id,
                        Roles = roles.Values.ToArray(),
                        RoleAssignableGroups = groupNames.ToArray(),
                        AdministrativeUnits = memberUnits.Keys.ToArray(),
                        RestrictedUnits = memberUnits.Where(unit => unit.Value).Select(unit => unit.Key).ToArray(),
                        RestrictedRoleScopes = ScopeUnits()
                            .Where(unit => restrictedScopes.Contains(unit) || IsRestricted(unit))
                            .Select(unit => UnitScope + unit)
                            .ToArray(),
                    },
                    at);

        private bool IsRestricted(string unit) => memberUnits.TryGetValue(unit, out bool restricted) && restricted;

        private IEnumerable<string> ScopeUnits() =>
            roles.Values
                .Where(role => role.Scope.StartsWith(UnitScope, StringComparison.OrdinalIgnoreCase))
                .Select(role => role.Scope.Substring(UnitScope.Length))
                .Distinct(StringComparer.OrdinalIgnoreCase);

        /// <summary>An assignment says more of a role than a membership does, so it takes its place.</summary>
        private void Add(HeldRole role)
        {
            (string, string) key = (role.TemplateId.ToUpperInvariant(), role.Scope.ToUpperInvariant());
            if (!roles.TryGetValue(key, out HeldRole? present) || present.IsBuiltIn is null)
            {
                roles[key] = role.Name.Length == 0 && present is not null ? role with { Name = present.Name } : role;
            }
        }
    }
}
