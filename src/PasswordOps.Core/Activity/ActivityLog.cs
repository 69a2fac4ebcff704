using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Checks.License;
using PasswordOps.Core.Directory;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Core.Activity;

/// <summary>
/// Reads what the audit log has about passwords: the rows of three services in one order of time, read and put together to attempts. It
/// holds a page of each service and the attempts of the last hour, however long the log is.
/// </summary>
public sealed class ActivityLog
{
    private static string Title => Text.Of($"Reading the audit log");

    /// <summary>The directory logs far more than passwords, so that its rows are asked for by name.</summary>
    private static readonly string[] OfDirectory = ActivityName.All()
        .Where(name => name.Service == ActivityName.CoreDirectory || name.Kind == ActivityKind.Setting)
        .Select(name => name.Name).ToArray();

    private readonly IConnection connection;
    private readonly IClock clock;

    /// <summary>Creates it.</summary>
    /// <param name="connection">The session in the tenant.</param>
    /// <param name="clock">Gives the moment of the reading.</param>
    public ActivityLog(IConnection connection, IClock clock)
    {
        this.connection = connection;
        this.clock = clock;
    }

    /// <summary>Reads.</summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="step">Takes each row, in the order of time; may be null.</param>
    /// <param name="attempt">Takes each attempt, by its beginning; may be null.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>How it went. What one service does not let read is a gap, and the others still answer.</returns>
    /// <exception cref="PasswordOpsException">Nothing can be read.</exception>
    public async Task<ActivityReading> ReadAsync(
        ActivityQuery query,
        Action<ActivityStep>? step,
        Action<ActivityAttempt>? attempt,
        IProgress<BulkProgress>? progress,
        CancellationToken stop)
    {
        DateTimeOffset now = clock.UtcNow;
        DateTimeOffset since = (query.Checkpoint?.From ?? query.Since).ToUniversalTime();
        DateTimeOffset until = (query.Until ?? now).ToUniversalTime();
        (string? id, string? name) = await FindAsync(query.User, stop).ConfigureAwait(false);
        Task<int?> keeping = KeptDaysAsync(stop);
        AuditFilter filter = new() { Since = since, Until = query.Until is null ? null : until, TargetId = id };
        AuditFeed[] feeds =
        {
            new(connection.Directory, filter with { Service = ActivityName.SelfService }),
            new(connection.Directory, filter with { Service = ActivityName.Methods }),
            new(connection.Directory, filter with { Service = ActivityName.CoreDirectory, Activities = OfDirectory }),
        };
        Run run = new(query, connection.Context.TenantId, now) { Step = step, Attempt = attempt };
        Stopwatch watch = Stopwatch.StartNew();

        // The first pages are fetched side by side.
        await Task.WhenAll(feeds.Select(feed => feed.PeekAsync(stop))).ConfigureAwait(false);
        while (await EarliestAsync(feeds, stop).ConfigureAwait(false) is AuditFeed feed)
        {
            DirectoryAudit row = feed.Take();
            if (name is null || row.Targets.Any(target => string.Equals(target.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                run.Take(row);
            }

            if (progress is not null && run.Rows % 100 == 1)
            {
                progress.Report(Progress(run.Rows, since, row.At, until, watch.Elapsed));
            }
        }

        run.Finish();
        ActivityGap[] gaps = feeds.Where(feed => feed.Gap is not null).Select(feed => feed.Gap!).ToArray();
        if (gaps.Length == feeds.Length)
        {
            throw gaps[0].Error;
        }

        int? kept = await keeping.ConfigureAwait(false);
        return new ActivityReading
        {
            Since = since,
            Until = until,
            Rows = run.Rows,
            FirstRow = run.FirstRow,
            KeptDays = kept,
            Gaps = gaps,
            Checkpoint = gaps.Length == 0 ? run.Next() : null,
            HasMissed = query.Checkpoint is ActivityCheckpoint last && last.Until < now.AddDays(-(kept ?? MostKeptDays)),
        };
    }

    /// <summary>How many days the service keeps the log with P1 or P2.</summary>
    public const int MostKeptDays = 30;

    private const int FreeKeptDays = 7;

    private static async Task<AuditFeed?> EarliestAsync(AuditFeed[] feeds, CancellationToken stop)
    {
        AuditFeed? earliest = null;
        DirectoryAudit? first = null;
        foreach (AuditFeed feed in feeds)
        {
            DirectoryAudit? row = await feed.PeekAsync(stop).ConfigureAwait(false);
            if (row is not null && (first is null || row.At < first.At
                || (row.At == first.At && string.CompareOrdinal(row.Id, first.Id) < 0)))
            {
                earliest = feed;
                first = row;
            }
        }

        return earliest;
    }

    private static BulkProgress Progress(long rows, DateTimeOffset since, DateTimeOffset at, DateTimeOffset until, TimeSpan spent)
    {
        // How many rows there are the service does not say; how much of the time is behind can be seen.
        double share = until > since ? (at - since).TotalSeconds / (until - since).TotalSeconds : 1;
        return new BulkProgress(
            Title, rows, null, rows / Math.Max(0.001, spent.TotalSeconds),
            share is > 0.02 and <= 1 ? TimeSpan.FromSeconds(spent.TotalSeconds * (1 - share) / share) : null);
    }

    /// <summary>
    /// The log can be asked for a user by object id only; a user who cannot be found may still be in it, and is then picked out by name.
    /// </summary>
    private async Task<(string? Id, string? Name)> FindAsync(UserIdentity? user, CancellationToken stop)
    {
        if (user is null)
        {
            return (null, null);
        }

        if (Guid.TryParse(user.Value, out Guid id))
        {
            return (id.ToString("D"), null);
        }

        Reading<DirectoryUser> found =
            (await connection.Directory.GetUsersAsync(new[] { user }, stop).ConfigureAwait(false))[0];
        return found.IsKnown ? (found.Value.Id, null) : (null, user.Value);
    }

    private async Task<int?> KeptDaysAsync(CancellationToken stop)
    {
        Reading<IReadOnlyList<SubscribedSku>> skus =
            await Reading.TryAsync(() => connection.Directory.GetSubscribedSkusAsync(stop), clock).ConfigureAwait(false);
        return !skus.IsKnown ? null
            : skus.Value.Any(sku => LicenseRules.IsUsable(sku) && LicenseRules.WritebackPlan(sku.Plans) is not null) ? MostKeptDays
            : FreeKeptDays;
    }

    /// <summary>One reading: passes over what was given before and remembers what is given now.</summary>
    private sealed class Run
    {
        private readonly ActivityQuery query;
        private readonly string tenant;
        private readonly AttemptBuilder builder;
        private readonly DateTimeOffset settled;
        private readonly HashSet<string> before;
        private readonly HashSet<string> given = new(StringComparer.Ordinal);
        private readonly HashSet<string> seen = new(StringComparer.Ordinal);
        private readonly Queue<DirectoryAudit> recent = new();

        public Run(ActivityQuery query, string tenant, DateTimeOffset now)
        {
            this.query = query;
            this.tenant = tenant;
            builder = new AttemptBuilder(now);
            before = new HashSet<string>(query.Checkpoint?.Given ?? Array.Empty<string>(), StringComparer.Ordinal);

            // An attempt that began later may get further rows; a row by itself does not change.
            settled = query.StepsOnly ? now : now - AttemptBuilder.Span - AttemptBuilder.Lateness;
            if (query.Checkpoint is ActivityCheckpoint last && last.Until > settled)
            {
                // Of two runs in a row the second has nothing more that settled; and a clock may have been set back.
                settled = last.Until;
            }
        }

        public Action<ActivityStep>? Step { get; init; }

        public Action<ActivityAttempt>? Attempt { get; init; }

        public long Rows { get; private set; }

        public DateTimeOffset? FirstRow { get; private set; }

        public void Take(DirectoryAudit row)
        {
            if (before.Contains(row.Id))
            {
                Remember(row.Id, row.At);
                return;
            }

            if (!IsNew(row))
            {
                return;
            }

            Rows++;
            FirstRow ??= row.At;
            ActivityStep read = ActivityStep.Of(row);
            Step?.Invoke(read);
            if (query.StepsOnly)
            {
                Remember(row.Id, row.At);
                return;
            }

            builder.Add(read);
            Give(builder.TakeBefore(row.At));
        }

        public void Finish() => Give(builder.TakeAll());

        public ActivityCheckpoint? Next() => !query.IsContinued ? null : new ActivityCheckpoint
        {
            TenantId = tenant,
            User = query.User?.Value,
            StepsOnly = query.StepsOnly,
            Until = settled,
            Given = given.ToArray(),
        };

        /// <summary>A row that slips from one page to the next comes twice.</summary>
        private bool IsNew(DirectoryAudit row)
        {
            while (recent.Count > 0 && row.At - recent.Peek().At > AttemptBuilder.Span)
            {
                seen.Remove(recent.Dequeue().Id);
            }

            if (!seen.Add(row.Id))
            {
                return false;
            }

            recent.Enqueue(row);
            return true;
        }

        private void Give(IEnumerable<ActivityAttempt> attempts)
        {
            foreach (ActivityAttempt attempt in attempts)
            {
                if (query.IsContinued && attempt.At >= settled)
                {
                    continue;
                }

                Attempt?.Invoke(attempt);
                foreach (ActivityStep step in attempt.Steps)
                {
                    Remember(step.Id, step.At);
                }
            }
        }

        private void Remember(string id, DateTimeOffset at)
        {
            if (query.IsContinued && at >= settled - ActivityCheckpoint.Overlap)
            {
                given.Add(id);
            }
        }
    }
}
