using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Access;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Directory;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Core.Registration;

/// <summary>
/// Reads the registration report beside the directory, so that users whom the report leaves out are told of, not missing. Both lists are
/// read at once, page by page; rows are given as soon as both sides of one are there, in no order.
/// </summary>
public sealed class RegistrationReport
{
    private const int UsersAtOnce = 20;
    private const int CallsAtOnce = 4;

    private readonly IConnection connection;
    private readonly IClock clock;

    /// <summary>Creates the operation.</summary>
    /// <param name="connection">Session with the tenant.</param>
    /// <param name="clock">Time.</param>
    public RegistrationReport(IConnection connection, IClock clock)
    {
        this.connection = connection;
        this.clock = clock;
    }

    private IDirectory Directory => connection.Directory;

    /// <summary>Reads everybody.</summary>
    /// <param name="options">What to read.</param>
    /// <param name="emit">Receives each user; called from any thread, one call at a time.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>Why the report could not be read, or not to its end; null when it could.</returns>
    /// <exception cref="PasswordOpsException">The users could not be read.</exception>
    public Task<PasswordOpsException?> ReadAllAsync(
        RegistrationOptions options, Action<RegistrationRow> emit, IProgress<BulkProgress>? progress, CancellationToken stop) =>
        EachAsync(Everybody(progress), options, (user, line, roles) => emit(RegistrationRow.Of(user, line, roles)), stop);

    /// <summary>Reads the users in a group and in the groups inside it.</summary>
    /// <param name="group">Object id or display name.</param>
    /// <param name="options">What to read.</param>
    /// <param name="emit">Receives each user; called from any thread, one call at a time.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>Why the report could not be read, or not to its end; null when it could.</returns>
    /// <exception cref="PasswordOpsException">There is no such group, or it cannot be read.</exception>
    public async Task<PasswordOpsException?> ReadGroupAsync(
        string group, RegistrationOptions options, Action<RegistrationRow> emit, IProgress<BulkProgress>? progress,
        CancellationToken stop) =>
        await EachAsync(
            await GroupUsers.ReadAsync(connection, group, stop).ConfigureAwait(false), options,
            (user, line, roles) => emit(RegistrationRow.Of(user, line, roles)), progress, stop).ConfigureAwait(false);

    /// <summary>Reads users by name.</summary>
    /// <param name="identities">Whom.</param>
    /// <param name="options">What to read.</param>
    /// <param name="emit">Receives each user, or why there is none; called from any thread, one call at a time.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>Why the report could not be read, or not to its end; null when it could.</returns>
    public async Task<PasswordOpsException?> ReadAsync(
        IReadOnlyList<UserIdentity> identities, RegistrationOptions options, Action<UserIdentity, Reading<RegistrationRow>> emit,
        IProgress<BulkProgress>? progress, CancellationToken stop)
    {
        IReadOnlyList<Reading<DirectoryUser>> users = await Directory.GetUsersAsync(identities, stop).ConfigureAwait(false);
        Dictionary<string, UserIdentity> asked = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < users.Count; i++)
        {
            if (!users[i].IsKnown)
            {
                emit(identities[i], Reading.Failed<RegistrationRow>(users[i].Error!, users[i].At));
            }
            else if (!asked.ContainsKey(users[i].Value.Id))
            {
                asked[users[i].Value.Id] = identities[i];
            }
        }

        return await EachAsync(
            users.Where(user => user.IsKnown).Select(user => user.Value).GroupBy(user => user.Id).Select(same => same.First()).ToArray(),
            options,
            (user, line, roles) => emit(asked[user.Id], Reading.Of(RegistrationRow.Of(user, line, roles), line.At)),
            progress, stop).ConfigureAwait(false);
    }

    /// <summary>Reads everybody and counts, holding no rows.</summary>
    /// <param name="row">Receives each row on the way; may be null.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The counts, with those by role where roles could be read.</returns>
    /// <exception cref="PasswordOpsException">The users could not be read.</exception>
    public async Task<RegistrationSummary> SummarizeAsync(
        Action<RegistrationRow>? row, IProgress<BulkProgress>? progress, CancellationToken stop)
    {
        RegistrationTally tally = new();
        PasswordOpsException? problem = await EachAsync(
            Everybody(progress), new RegistrationOptions { WithRoles = true },
            (user, line, roles) =>
            {
                RegistrationRow one = RegistrationRow.Of(user, line, roles);
                tally.Add(one);
                row?.Invoke(one);
            },
            stop).ConfigureAwait(false);
        RegistrationSummary summary = tally.Summarize();
        return problem is null ? summary : summary with { Problem = Text.Of($"{problem.Message} {problem.Advice}") };
    }

    /// <summary>
    /// Finds users who are enabled, cannot reset yet, and whose profile holds contact data that is well formed: it can be filled in at
    /// once.
    /// </summary>
    /// <param name="group">Object id or display name of a group; null for everybody.</param>
    /// <param name="emit">Receives each; called from any thread, one call at a time.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>A task that ends with the work.</returns>
    /// <exception cref="PasswordOpsException">Users or report could not be read: without the report nobody is proposed.</exception>
    public async Task FindCandidatesAsync(
        string? group, Action<ContactCandidate> emit, IProgress<BulkProgress>? progress, CancellationToken stop)
    {
        IReadOnlyList<Domain> domains = await Directory.GetDomainsAsync(stop).ConfigureAwait(false);
        string[] own = domains.Select(domain => domain.Name).ToArray();
        void Look(DirectoryUser user, Reading<RegistrationDetail> line, IReadOnlyList<string>? roles)
        {
            if (line.IsKnown && ContactCandidate.Of(user, line.Value, UserSource.Of(user, own).IsHere) is ContactCandidate candidate)
            {
                emit(candidate);
            }
        }

        RegistrationOptions options = new();
        PasswordOpsException? problem = group is null
            ? await EachAsync(Everybody(progress), options, Look, stop).ConfigureAwait(false)
            : await EachAsync(
                await GroupUsers.ReadAsync(connection, group, stop).ConfigureAwait(false), options, Look, progress, stop)
                .ConfigureAwait(false);
        if (problem is not null)
        {
            throw problem;
        }
    }

    private Func<Action<IReadOnlyList<DirectoryUser>>, CancellationToken, Task> Everybody(IProgress<BulkProgress>? progress) =>
        PagedProgress.Over(Directory, Text.Of($"Reading the registration report"), progress, clock);

    /// <summary>Of few users each line is asked for by itself; of many the whole report is read.</summary>
    private async Task<PasswordOpsException?> EachAsync(
        IReadOnlyList<DirectoryUser> users, RegistrationOptions options,
        Action<DirectoryUser, Reading<RegistrationDetail>, IReadOnlyList<string>?> emit, IProgress<BulkProgress>? progress,
        CancellationToken stop)
    {
        if (users.Count == 0)
        {
            return null;
        }

        if (await ReportPages.AreFewerAsync(Directory, users.Count, stop).ConfigureAwait(false))
        {
            return await EachAsync(
                (take, _) =>
                {
                    take(users);
                    return Task.CompletedTask;
                },
                options, emit, stop).ConfigureAwait(false);
        }

        Task<Reading<ITenantStandings>>? everybody = options.WithRoles ? Directory.GetTenantStandingsAsync(stop) : null;
        PasswordOpsException? problem = null;
        BulkRunner runner = new(Text.Of($"Reading the registration report"), UsersAtOnce, CallsAtOnce, clock);
        await runner.RunInOrderAsync(
            users, users.Count,
            async chunk =>
            {
                string[] ids = chunk.Select(user => user.Id).ToArray();
                IReadOnlyList<Reading<RegistrationDetail>> lines =
                    await Directory.GetRegistrationsAsync(ids, stop).ConfigureAwait(false);
                IReadOnlyList<Reading<Standing>>? standings = options.WithRoles
                    ? await Standings.ReadAsync(Directory, ids, everybody, stop).ConfigureAwait(false)
                    : null;
                return chunk.Select((user, i) => (user, lines[i], Names(standings?[i]))).ToArray();
            },
            rows =>
            {
                foreach ((DirectoryUser user, Reading<RegistrationDetail> line, IReadOnlyList<string>? roles) in rows)
                {
                    problem ??= line.Error?.Id == UnlistedUser.ErrorId ? null : line.Error;
                    if (!options.OnlyNotRegistered || IsToRegister(line))
                    {
                        emit(user, line, roles);
                    }
                }
            },
            progress, stop).ConfigureAwait(false);
        return problem;
    }

    private async Task<PasswordOpsException?> EachAsync(
        Func<Action<IReadOnlyList<DirectoryUser>>, CancellationToken, Task> readUsers, RegistrationOptions options,
        Action<DirectoryUser, Reading<RegistrationDetail>, IReadOnlyList<string>?> emit, CancellationToken stop)
    {
        Reading<ITenantStandings>? standings = options.WithRoles
            ? await Directory.GetTenantStandingsAsync(stop).ConfigureAwait(false)
            : null;
        object gate = new();
        RegistrationJoin join = new(
            options.OnlyNotRegistered,
            met =>
            {
                lock (gate)
                {
                    foreach ((DirectoryUser user, Reading<RegistrationDetail> line) in met)
                    {
                        if (!options.OnlyNotRegistered || IsToRegister(line))
                        {
                            emit(user, line, standings is { IsKnown: true } ? Names(standings.Value.Of(user.Id)) : null);
                        }
                    }
                }
            },
            clock);
        PasswordOpsException? problem = await join.RunAsync(
            readUsers, (take, token) => Directory.ReadRegistrationsAsync(options.OnlyNotRegistered, take, token), stop)
            .ConfigureAwait(false);
        return problem is not null && options.OnlyNotRegistered ? throw problem : problem;
    }

    private static bool IsToRegister(Reading<RegistrationDetail> line) =>
        line is { IsKnown: true, Value: { IsSsprEnabled: true, IsSsprRegistered: false } };

    private static IReadOnlyList<string>? Names(Reading<Standing>? standing) =>
        standing is { IsKnown: true } ? standing.Value.Roles.Select(RoleCatalog.NameOf).Distinct().ToArray() : null;
}
