using System;
using System.Linq;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Activity;

/// <summary>One row of the audit log about passwords, read.</summary>
public record ActivityStep
{
    /// <summary>Id of the row.</summary>
    public required string Id { get; init; }

    /// <summary>Moment of the act, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What somebody wanted.</summary>
    public required ActivityKind Kind { get; init; }

    /// <summary>User principal name whom it is about; null when the log names nobody, or the act is about the tenant.</summary>
    public string? User { get; init; }

    /// <summary>Object id of that user; null when the log leaves it out.</summary>
    public string? UserId { get; init; }

    /// <summary>Who acted; null when the log does not say.</summary>
    public AuditActor? By { get; init; }

    /// <summary>What the row says, in plain words.</summary>
    public required string Meaning { get; init; }

    /// <summary>How it ended, as the log has it: some things that went wrong are a success there.</summary>
    public AuditResult Result { get; init; }

    /// <summary>Stable name of the reason; null when the log gives none.</summary>
    public string? ReasonId { get; init; }

    /// <summary>The reason in the service's words; null when the log gives none.</summary>
    public string? Reason { get; init; }

    /// <summary>What carried a password to Active Directory.</summary>
    public OnPremisesAgent Agent { get; init; }

    /// <summary>Name of the activity in the service's words.</summary>
    public required string Activity { get; init; }

    /// <summary>Service that wrote the row.</summary>
    public required string Service { get; init; }

    /// <summary>Joins the rows of one act; null when the log leaves it out.</summary>
    public string? CorrelationId { get; init; }

    internal ActivityPart Part { get; init; }

    internal ActivityReason? Known { get; init; }

    /// <summary>Reads a row.</summary>
    /// <param name="row">The row.</param>
    /// <returns>What it says.</returns>
    public static ActivityStep Of(DirectoryAudit row)
    {
        ActivityName? name = ActivityName.Find(row.Activity);
        ActivityReason? reason = ActivityReason.Of(row.ResultReason);
        ActivityKind kind = name?.Kind ?? ActivityKind.Other;
        AuditTarget? target = row.Targets.FirstOrDefault(one => string.Equals(one.Type, "User", StringComparison.OrdinalIgnoreCase))
            ?? row.Targets.FirstOrDefault(one => one.Type is null);
        bool isOfTenant = kind is ActivityKind.Setting;

        // A row of the flow may leave the target out: it is about the one who acts.
        if (!isOfTenant && target is null && row.InitiatedBy is { IsApplication: false } actor)
        {
            target = new AuditTarget("User", actor.Id, actor.Name);
        }

        return new ActivityStep
        {
            Id = row.Id,
            At = row.At,
            Kind = kind,
            User = isOfTenant ? null : Filled(target?.Name),
            UserId = isOfTenant ? null : Filled(target?.Id),
            By = row.InitiatedBy,
            Meaning = Says(name, reason, row),
            Result = row.Result,
            ReasonId = reason?.Id,
            Reason = row.ResultReason,
            Agent = AgentOf(row),
            Activity = row.Activity,
            Service = row.Service,
            CorrelationId = row.CorrelationId,
            Part = name?.Part ?? ActivityPart.Result,
            Known = reason,
        };
    }

    /// <summary>What carried a password to Active Directory, as a row says.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The agent; unknown when the row does not say, or in a word that is not known.</returns>
    public static OnPremisesAgent AgentOf(DirectoryAudit row)
    {
        string said = (row.Detail("OnPremisesAgent") ?? string.Empty).Replace(" ", string.Empty);
        return string.Equals(said, "None", StringComparison.OrdinalIgnoreCase) ? OnPremisesAgent.None
            : said.IndexOf("CloudSync", StringComparison.OrdinalIgnoreCase) >= 0 ? OnPremisesAgent.CloudSync
            : said.EndsWith("Connect", StringComparison.OrdinalIgnoreCase) ? OnPremisesAgent.Connect
            : OnPremisesAgent.Unknown;
    }

    /// <inheritdoc/>
    public override string ToString() => Activity + " " + Id;

    private static string Says(ActivityName? name, ActivityReason? reason, DirectoryAudit row)
    {
        if (name is null)
        {
            return row.Activity;
        }

        bool isPlain = reason is null or { Id: "None" };
        return name.Part == ActivityPart.Step && !isPlain ? reason!.Meaning
            : row.Result == AuditResult.Success && (isPlain || reason!.Ends is null or AttemptOutcome.Succeeded) ? name.Meaning
            : row.Result == AuditResult.Success ? Text.Of($"{name.Meaning}: {reason!.Meaning}")
            : isPlain ? Text.Of($"{name.Meaning}: it failed, and the log does not say why")
            : Text.Of($"{name.Meaning}: it failed: {reason!.Meaning}");
    }

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
