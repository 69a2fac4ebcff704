using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Writeback;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>What failed since a password last got through, and does it concern everybody?</summary>
internal sealed class OperationErrorsCheck : WritebackCheck
{
    private const int Shown = 4;

    public OperationErrorsCheck()
        : base("writeback.errors")
    {
    }

    protected override Answer Judge(WritebackLog log)
    {
        EventMoment? success = log.Success;
        IReadOnlyList<EventTally> failures = log.FailuresAfter(Id, success);
        if (failures.Count == 0)
        {
            EventTally? earlier = log.FailuresAfter(Id, null).FirstOrDefault();
            return earlier is null
                ? new Answer(Verdict.Pass, Text.Of($"No failed operation is in the log."), Seen("success", success), log.Now)
                : new Answer(
                    Verdict.Pass, Text.Of($"Nothing failed since the last success at {When.Stamp(success!.Value)}."),
                    $"before it: {Describe(earlier, null)}", log.Now);
        }

        // The one that concerns most people first, then the one that says most: AD's own event, the engine's, the outcome.
        EventTally worst = failures
            .OrderByDescending(tally => Scope(tally, success))
            .ThenByDescending(tally => tally.Meaning.Id >= 32000)
            .ThenByDescending(tally => tally.CodesAfter(success).Any(code => code.Cause is not null))
            .ThenByDescending(tally => tally.Last)
            .First();
        FailureScope scope = Scope(worst, success);
        WritebackCode? told = failures.SelectMany(tally => tally.CodesAfter(success))
            .Where(code => code.Cause is not null && code.Scope == scope)
            .OrderByDescending(code => code.Certainty)
            .FirstOrDefault();
        string cause = told is null ? worst.Meaning.Meaning
            : told.Certainty == WritebackCertainty.Likely ? Text.Of($"Likely: {told.Cause} (code {told.Code})")
            : Text.Of($"{told.Cause} (code {told.Code})");
        string concern = scope switch
        {
            FailureScope.Service when told?.Certainty == WritebackCertainty.Confirmed => Text.Of($"It stops everybody."),
            FailureScope.Service => Text.Of($"No password got through since: it may stop everybody."),
            FailureScope.User => Text.Of($"It concerns single accounts or passwords; the chain itself answered."),
            _ => Text.Of($"The events do not say whether it stops everybody."),
        };
        string since = success is EventMoment moment ? $"since the success at {When.Stamp(moment)}" : "no success in the log";
        string list = string.Join("; ", failures.Take(Shown).Select(tally => Describe(tally, success)));
        return new Answer(
            scope == FailureScope.Service ? Verdict.Fail : Verdict.Warn,
            Text.Of($"{cause}. Last seen in {worst.Meaning.Id} at {When.Stamp(worst.Last)}. {concern}"),
            failures.Count > Shown ? $"{since}: {list}; and more" : $"{since}: {list}",
            log.Now,
            (told?.Fix ?? worst.Meaning.Fix) + ".");
    }

    // The codes in the events know better than the ids: 33004 is a matter of everybody, unless its code names a protected account.
    private static FailureScope Scope(EventTally tally, EventMoment? border)
    {
        FailureScope[] told = tally.CodesAfter(border).Where(code => code.Cause is not null).Select(code => code.Scope).ToArray();
        return told.Length > 0 ? told.Max() : tally.Meaning.Scope;
    }
}
