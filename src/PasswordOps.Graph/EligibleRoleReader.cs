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
/// Reads the roles that an account may activate in Privileged Identity Management. The service keeps an eligibility after it was
/// activated, so what the account holds at the moment is taken off where that can be read.
/// </summary>
internal sealed class EligibleRoleReader
{
    private readonly GraphDirectory directory;

    public EligibleRoleReader(GraphDirectory directory)
    {
        this.directory = directory;
    }

    /// <summary>The roles, the account's own and those of role-assignable groups that it is a member of.</summary>
    /// <exception cref="Core.PasswordOpsException">They cannot be read.</exception>
    public async Task<IReadOnlyList<HeldRole>> ReadAsync(string principalId, CancellationToken stop)
    {
        string subject = Text.Of($"user {principalId}");
        GraphCall[] calls =
        {
            EligibilitiesOf(principalId, subject),
            new(Routes.Memberships, Routes.Memberships.With(principalId), subject),
            new(Routes.RoleAssignments, Routes.RoleAssignments.With(principalId), subject),
        };
        IReadOnlyList<GraphAnswer> answers = await directory.ReadAllAsync(calls, stop).ConfigureAwait(false);
        List<HeldRole> eligible = await RolesAsync(answers[0], calls[0], stop).ConfigureAwait(false);
        Reading<IReadOnlyList<WireMembership>> memberships =
            await directory.ReadListAsync(answers[1], calls[1], GraphJson.Default.PageWireMembership, stop).ConfigureAwait(false);

        // An application is no user, and nobody activates a role for it through a group.
        IReadOnlyList<WireMembership> known =
            memberships.Error is { Status: 404 } ? Array.Empty<WireMembership>() : memberships.Value;
        GraphCall[] groups = known
            .Where(one => one.IsAssignableToRole == true && one.Id is not null)
            .Select(group => EligibilitiesOf(group.Id!, Text.Of($"group {group.Id}")))
            .ToArray();
        if (groups.Length > 0)
        {
            IReadOnlyList<GraphAnswer> held = await directory.ReadAllAsync(groups, stop).ConfigureAwait(false);
            for (int i = 0; i < groups.Length; i++)
            {
                eligible.AddRange(await RolesAsync(held[i], groups[i], stop).ConfigureAwait(false));
            }
        }

        Reading<IReadOnlyList<WireRoleAssignment>> active =
            await directory.ReadListAsync(answers[2], calls[2], GraphJson.Default.PageWireRoleAssignment, stop).ConfigureAwait(false);
        HashSet<string> done = new(
            active.IsKnown ? active.Value.Select(Translate.Role).OfType<HeldRole>().Select(Key) : Enumerable.Empty<string>(),
            StringComparer.OrdinalIgnoreCase);
        return eligible.Where(role => done.Add(Key(role))).ToArray();
    }

    private static GraphCall EligibilitiesOf(string principalId, string subject) =>
        new(Routes.EligibleRoles, Routes.EligibleRoles.With(principalId), subject);

    private static string Key(HeldRole role) => role.TemplateId + role.Scope;

    private async Task<List<HeldRole>> RolesAsync(GraphAnswer answer, GraphCall call, CancellationToken stop) =>
        (await directory.ReadListAsync(answer, call, GraphJson.Default.PageWireRoleAssignment, stop).ConfigureAwait(false))
            .Value.Select(Translate.Role).OfType<HeldRole>().ToList();
}
