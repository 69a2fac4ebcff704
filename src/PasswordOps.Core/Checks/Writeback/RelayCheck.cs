using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Writeback;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Does the connection from the sync server to the cloud hold?</summary>
internal sealed class RelayCheck : WritebackCheck
{
    /// <summary>Trouble longer ago than this, and over, is not worth a word.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromHours(24);

    public RelayCheck()
        : base("writeback.relay")
    {
    }

    protected override Answer Judge(WritebackLog log)
    {
        EventMoment? worked = EventMoment.Latest(log.Alive, log.Started);
        IReadOnlyList<EventTally> open = log.FailuresAfter(Id, worked);
        if (open.Count > 0)
        {
            EventTally worst = open.OrderByDescending(tally => tally.Meaning.Scope).ThenByDescending(tally => tally.Last).First();
            WritebackCode? told = worst.CodesAfter(worked).FirstOrDefault(code => code.Cause is not null);
            string since = worked is EventMoment moment ? $"since {When.Stamp(moment)}" : "in this log";
            return new Answer(
                worst.Meaning.Scope == FailureScope.Service ? Verdict.Fail : Verdict.Warn,
                Text.Of($"{told?.Cause ?? worst.Meaning.Meaning} ({worst.Meaning.Id}, {When.Stamp(worst.Last)}); nothing got through after "
                    + $"it."),
                $"{since}: {string.Join("; ", open.Select(tally => Describe(tally, worked)))}",
                log.Now,
                (told?.Fix ?? worst.Meaning.Fix) + ".");
        }

        EventTally? over = log.FailuresAfter(Id, null).FirstOrDefault();
        string retried = Seen("32014", log.Last(32014));
        if (over is not null && log.To - over.Last.Time <= Recent)
        {
            return new Answer(
                Verdict.Warn, Text.Of($"The connection failed at {When.Stamp(over.Last)} and was back at {When.Stamp(worked!.Value)}."),
                $"{Describe(over, null)}, {retried}", log.Now, over.Meaning.Fix + ".");
        }

        return over is null
            ? new Answer(Verdict.Pass, Text.Of($"No failure of the connection is in the log."), retried, log.Now)
            : new Answer(
                Verdict.Pass,
                Text.Of($"The connection last failed at {When.Stamp(over.Last)} and has worked since."),
                $"{Describe(over, null)}, {retried}",
                log.Now);
    }
}
