using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Activity;

/// <summary>An attempt to which rows are still added, and the rules of which belong to it.</summary>
internal sealed class AttemptDraft
{
    /// <summary>A session of self-service reset ends after 15 minutes (password reset FAQ).</summary>
    private static readonly TimeSpan Session = TimeSpan.FromMinutes(15);

    /// <summary>Rows that different services write of one act lie closer together than two acts of a person.</summary>
    private static readonly TimeSpan Near = TimeSpan.FromMinutes(2);

    private readonly List<ActivityStep> steps = new();
    private readonly HashSet<string> correlations = new(StringComparer.OrdinalIgnoreCase);
    private ActivityKind kind;

    public AttemptDraft(ActivityStep first, string? key)
    {
        Key = key;
        kind = Wanted(first);
        Add(first);
    }

    /// <summary>The user by whom it is found; null for one that takes no further row.</summary>
    public string? Key { get; }

    public ActivityStep First => steps[0];

    private ActivityStep Last => steps[steps.Count - 1];

    /// <summary>True when the row is of the same act by its correlation id.</summary>
    public bool HasActOf(ActivityStep step) =>
        step.CorrelationId is string id && correlations.Contains(id) && step.At - First.At <= AttemptBuilder.Span && IsOfKind(step);

    /// <summary>True when the row has another correlation id, or none, and belongs here by user, time and what is still missing.</summary>
    public bool FitsBeside(ActivityStep step)
    {
        if (step.At - First.At > AttemptBuilder.Span || !IsOfKind(step))
        {
            return false;
        }

        if (kind == ActivityKind.Registration)
        {
            // The log has a row for each number and address that is registered.
            return step.At - First.At <= Session && step.By?.Id == First.By?.Id;
        }

        bool isForeign = steps.TrueForAll(one => one.Service != step.Service);
        if (IsOfDirectory(step) || steps.TrueForAll(IsOfDirectory))
        {
            return isForeign && (kind == ActivityKind.SelfServiceReset && !steps.TrueForAll(IsOfDirectory)
                ? step.At - First.At <= Session
                : step.At - Last.At <= Near);
        }

        if (kind is ActivityKind.SelfServiceReset)
        {
            bool begins = step.ReasonId == "UserIdSubmitted";
            bool mayJoin = isForeign || step.CorrelationId is null || correlations.Count == 0;
            return mayJoin && !begins && step.At - First.At <= Session;
        }

        return isForeign && step.At - Last.At <= Near && (step.By?.Id is null || First.By?.Id is null || step.By.Id == First.By.Id);
    }

    public void Add(ActivityStep step)
    {
        if (steps.Count > 0 && steps.TrueForAll(IsOfDirectory))
        {
            kind = Wanted(step);
        }

        steps.Add(step);
        if (step.CorrelationId is string id)
        {
            correlations.Add(id);
        }
    }

    public ActivityAttempt Tell(DateTimeOffset now)
    {
        // What the directory logs beside is a consequence of the act, and says nothing of why.
        List<ActivityStep> own = steps.Where(step => !IsOfDirectory(step)).ToList();
        own = own.Count > 0 ? own : steps;
        (ActivityStep? by, AttemptOutcome outcome) = Decide(own);
        if (by is null && now - Last.At <= AttemptBuilder.Lateness + (kind == ActivityKind.AdministratorReset ? Near : Session))
        {
            outcome = AttemptOutcome.Open;
        }

        string? reached =
            own.LastOrDefault(step => step.Part == ActivityPart.Step && step.Known is { Ends: null, Id: not "None" })?.Meaning;
        ActivityReason? reason = (by ?? own[own.Count - 1]).Known;
        ActivityStep decided = by ?? own[own.Count - 1];
        bool hasReason = by is not null && reason is not null && reason.Id != "None";
        return new ActivityAttempt
        {
            At = First.At,
            Ended = Last.At,
            User = steps.Select(step => step.User).FirstOrDefault(name => name is not null),
            UserId = steps.Select(step => step.UserId).FirstOrDefault(id => id is not null),
            Kind = own.Exists(step => step.Kind == ActivityKind.Unlock) ? ActivityKind.Unlock : kind,
            Outcome = outcome,
            Why = Why(outcome, by, hasReason ? reason : null, reached),
            Cause = hasReason ? reason!.Cause : null,
            NextStep = hasReason ? reason!.NextStep : NextStep(outcome),
            ReasonId = hasReason ? reason!.Id
                : outcome == AttemptOutcome.Abandoned && kind == ActivityKind.SelfServiceReset ? "LeftOff"
                : outcome == AttemptOutcome.Blocked ? "Blocked"
                : null,
            Reason = hasReason ? by!.Reason : null,
            Reached = reached,
            Methods = own.Select(step => step.Known?.Method).Where(method => method is not null).Select(method => method!)
                .Distinct(StringComparer.OrdinalIgnoreCase).ToArray(),
            By = decided.By ?? First.By,
            Agent = own.Select(step => step.Agent).LastOrDefault(agent => agent != OnPremisesAgent.Unknown),
            CorrelationId = decided.CorrelationId,
            Steps = steps,
        };
    }

    private static bool IsOfDirectory(ActivityStep step) =>
        string.Equals(step.Service, ActivityName.CoreDirectory, StringComparison.OrdinalIgnoreCase);

    private static ActivityKind Wanted(ActivityStep step) =>
        step.Kind == ActivityKind.Unlock ? ActivityKind.SelfServiceReset : step.Kind;

    private bool IsOfKind(ActivityStep step)
    {
        ActivityKind other = Wanted(step);
        return other == kind
            || (IsOfDirectory(step) && kind is ActivityKind.SelfServiceReset or ActivityKind.PasswordChange)
            || (steps.TrueForAll(IsOfDirectory)
                && other is ActivityKind.SelfServiceReset or ActivityKind.PasswordChange or ActivityKind.AdministratorReset);
    }

    /// <summary>
    /// The row that decided. Who succeeded in the end succeeded; a failure counts more than leaving after it.
    /// </summary>
    private static (ActivityStep? By, AttemptOutcome Outcome) Decide(List<ActivityStep> own)
    {
        (ActivityStep Step, AttemptOutcome Ends)[] ends = own
            .Select(step => (Step: step, Ends: EndOf(step))).Where(end => end.Ends is not null)
            .Select(end => (end.Step, end.Ends!.Value)).ToArray();
        if (ends.Length == 0)
        {
            return (null, own[0].Part == ActivityPart.Start && own[0].Kind == ActivityKind.AdministratorReset
                ? AttemptOutcome.Unknown
                : own.Exists(step => step.Part == ActivityPart.Result) ? AttemptOutcome.Unknown : AttemptOutcome.Abandoned);
        }

        bool IsSuccess((ActivityStep Step, AttemptOutcome Ends) end) =>
            end.Ends is AttemptOutcome.Succeeded or AttemptOutcome.SucceededOnPremises;
        (ActivityStep Step, AttemptOutcome Ends)[] best =
            ends.Any(IsSuccess) ? ends.Where(IsSuccess).ToArray()
            : ends.Any(end => end.Ends != AttemptOutcome.Abandoned) ? ends.Where(end => end.Ends != AttemptOutcome.Abandoned).ToArray()
            : ends;

        // The result itself says more than the step before it.
        (ActivityStep Step, AttemptOutcome Ends) last = best.LastOrDefault(end => end.Ends == AttemptOutcome.SucceededOnPremises);
        last = last.Step is null ? best.LastOrDefault(end => end.Step.Part == ActivityPart.Result) : last;
        last = last.Step is null ? best[best.Length - 1] : last;
        return (last.Step, last.Ends);
    }

    /// <summary>How a row ends the attempt; null when it does not.</summary>
    private static AttemptOutcome? EndOf(ActivityStep step)
    {
        AttemptOutcome? known = step.Known?.Ends;
        switch (step.Part)
        {
            case ActivityPart.Blocked:
                // The log calls it a success.
                return AttemptOutcome.Blocked;
            case ActivityPart.Cancelled:
                return AttemptOutcome.Abandoned;
            case ActivityPart.Result when step.Result == AuditResult.Success:
                return known is null or AttemptOutcome.Abandoned ? AttemptOutcome.Succeeded : known;
            case ActivityPart.Result when step.Result is AuditResult.Failure or AuditResult.Timeout:
                return known is AttemptOutcome.Blocked or AttemptOutcome.Abandoned ? known : AttemptOutcome.Failed;
            default:
                return known ?? (step.Result is AuditResult.Failure or AuditResult.Timeout ? AttemptOutcome.Failed : null);
        }
    }

    private static string? NextStep(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Blocked =>
            Text.Of($"Tell the user to wait 24 hours without trying, or reset the password with Reset-AadUserPassword."),
        AttemptOutcome.Unknown => Text.Of($"Look at the last password change of the user to see whether it took effect."),
        _ => null,
    };

    private string? Why(AttemptOutcome outcome, ActivityStep? by, ActivityReason? reason, string? reached) => outcome switch
    {
        AttemptOutcome.Succeeded => null,
        AttemptOutcome.Open => Text.Of($"it may still be going on, or its end has not arrived in the log"),
        AttemptOutcome.Unknown => Text.Of($"the log has no end of it"),
        AttemptOutcome.Blocked when reason is null => Text.Of($"blocked for 24 hours after too many tries"),
        AttemptOutcome.Abandoned when by is null && reached is not null => Text.Of($"left off; the last step: {reached}"),
        AttemptOutcome.Abandoned when reason is null => Text.Of($"begun and not ended"),
        _ => reason?.Meaning ?? Text.Of($"the log does not say why"),
    };
}
