using System;
using System.Collections.Generic;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Activity;
using PasswordOps.Core.Directory;

namespace PasswordOps;

/// <summary>Tells what happened with passwords: attempts, their outcome and reasons, out of the tenant's audit log.</summary>
[Cmdlet(VerbsCommon.Get, "SsprActivity", DefaultParameterSetName = AttemptSet)]
[OutputType(typeof(SsprActivityAttempt), ParameterSetName = new[] { AttemptSet })]
[OutputType(typeof(SsprActivityStep), ParameterSetName = new[] { StepSet })]
[OutputType(typeof(SsprActivitySummary), ParameterSetName = new[] { SummarySet })]
[RequiresPermission("audits.read", "users.read", "products.read")]
public sealed class GetSsprActivityCommand : ConnectedCmdlet, IHasLanguage
{
    private const string AttemptSet = "Attempts";
    private const string StepSet = "Steps";
    private const string SummarySet = "Summary";
    private const int StandardDays = 7;

    private IActivityCheckpointFile? checkpoint;
    private TimeZoneInfo zone = TimeZoneInfo.Local;

    /// <summary>One user only: user principal name, object id or user object. Without it everybody.</summary>
    [Parameter(Position = 0)]
    [Alias("Identity", "UserPrincipalName", "UPN", "ObjectId", "Id")]
    [IdentityTransformation]
    [ValidateNotNullOrEmpty]
    public string? User { get; set; }

    /// <summary>
    /// Earliest moment; without it seven days ago. A time without a zone is one of -TimeZone. With -Checkpoint it counts for the first run.
    /// </summary>
    [Parameter]
    public DateTime? Since { get; set; }

    /// <summary>Latest moment; without it now.</summary>
    [Parameter]
    public DateTime? Until { get; set; }

    /// <summary>Rows of the audit log as they are, read but not put together.</summary>
    [Parameter(Mandatory = true, ParameterSetName = StepSet)]
    public SwitchParameter Step { get; set; }

    /// <summary>Counts, trend by day and top reasons in place of attempts.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SummarySet)]
    public SwitchParameter Summary { get; set; }

    /// <summary>Only attempts that failed, were blocked or were abandoned.</summary>
    [Parameter(ParameterSetName = AttemptSet)]
    public SwitchParameter FailedOnly { get; set; }

    /// <summary>Time zone of days and shown times, as Europe/Amsterdam; without it this computer's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TimeZone { get; set; }

    /// <summary>File that remembers where this run ended, for the next one to go on: nothing is lost, and nothing comes twice.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Checkpoint { get; set; }

    /// <summary>Language of the answer, en or nl; without it that of PowerShell ($PSUICulture).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LanguageCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Language { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        zone = Zones.Named(TimeZone);
        if (Checkpoint is not null && Until is not null)
        {
            throw new PasswordOpsException(
                "CheckpointWithUntil", ErrorKind.InvalidArgument,
                Text.Of($"A run with a checkpoint goes up to now, so it takes no -Until."),
                Text.Of($"Leave out -Until or -Checkpoint."));
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        ActivityQuery query = new()
        {
            Since = Since is DateTime since ? Zones.Moment(since, zone) : SystemClock.Instance.UtcNow.AddDays(-StandardDays),
            Until = Until is DateTime until ? Zones.Moment(until, zone) : null,
            User = User is null ? null : new UserIdentity(User),
            StepsOnly = Step,
        };
        if (Checkpoint is not null)
        {
            checkpoint = Adapters.ActivityCheckpoints().Open(GetUnresolvedProviderPathFromPSPath(Checkpoint));
            RequireSame(checkpoint.Value, query);
            query = query with { IsContinued = true, Checkpoint = checkpoint.Value };
        }

        ActivityTally? tally = Summary ? new ActivityTally(zone) : null;
        ActivityLog log = new(Session, SystemClock.Instance);
        ActivityReading reading = Await(stop => log.ReadAsync(
            query,
            Step ? step => Send(() => WriteObject(new SsprActivityStep(step, zone))) : null,
            Step ? null : tally is not null ? tally.Add : attempt => Emit(attempt),
            Progress,
            stop));
        if (tally is not null)
        {
            WriteObject(new SsprActivitySummary(tally.Tell(reading), zone));
        }

        Tell(reading, query);

        // Last of all: where the pipeline took no more, or a stop came, the old one still stands.
        if (reading.Checkpoint is ActivityCheckpoint next)
        {
            checkpoint?.Save(next);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            checkpoint?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Emit(ActivityAttempt attempt)
    {
        if (!FailedOnly || attempt.IsFailure)
        {
            Send(() => WriteObject(new SsprActivityAttempt(attempt, zone)));
        }
    }

    private void RequireSame(ActivityCheckpoint? last, ActivityQuery query)
    {
        if (last is null)
        {
            return;
        }

        string? other = !string.Equals(last.TenantId, Session.Context.TenantId, StringComparison.OrdinalIgnoreCase)
            ? Text.Of($"another tenant")
            : !string.Equals(last.User, query.User?.Value, StringComparison.OrdinalIgnoreCase) ? Text.Of($"another -User")
            : last.StepsOnly != query.StepsOnly ? Text.Of($"runs of the other kind: with -Step, or without")
            : null;
        if (other is not null)
        {
            throw new PasswordOpsException(
                "CheckpointOfOther", ErrorKind.InvalidArgument, Text.Of($"The checkpoint '{Checkpoint}' is of {other}."),
                Text.Of($"Give each sort of run a checkpoint of its own."));
        }
    }

    private void Tell(ActivityReading reading, ActivityQuery query)
    {
        foreach (ActivityGap gap in reading.Gaps)
        {
            WriteError(Errors.Record(
                gap.Error.Retold(Text.Of($"The rows of {gap.Service} are missing from the answer: {gap.Error.Message}")), gap.Service));
        }

        if (reading.HasMissed)
        {
            WriteWarning(Text.Of($"The log no longer reaches back to the last run: what happened in between is lost in part. ")
                + Text.Of($"Run at least every {reading.KeptDays ?? ActivityLog.MostKeptDays} days."));
        }
        else if (query.Checkpoint is null
            && reading.Since < SystemClock.Instance.UtcNow.AddDays(-(reading.KeptDays ?? ActivityLog.MostKeptDays)).AddHours(-1))
        {
            int days = reading.KeptDays ?? ActivityLog.MostKeptDays;
            WriteWarning(Text.Of($"The service keeps {days} days of the audit log; of older ones nothing is known."));
        }
    }
}
