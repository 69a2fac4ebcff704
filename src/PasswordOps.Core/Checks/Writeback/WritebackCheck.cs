using System;
using PasswordOps.Core.Writeback;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>A question about the events of password writeback; does not arise while there are none.</summary>
internal abstract class WritebackCheck : Check<WritebackLog>
{
    protected const string EventTable = "Microsoft Entra troubleshoot-sspr-writeback, event log codes (2024-06-24)";

    protected WritebackCheck(string id)
        : base(id, EventTable)
    {
    }

    protected sealed override Answer Decide(WritebackLog facts) => facts.Count == 0
        ? new Answer(Verdict.NotApplicable, Text.Of($"The file holds no event of password writeback."), "0 events", facts.Now)
        : Judge(facts);

    protected abstract Answer Judge(WritebackLog log);

    /// <summary>The last of an event as evidence.</summary>
    protected static string Seen(string what, EventMoment? moment) =>
        moment is EventMoment seen ? $"{what} {When.Stamp(seen)}" : $"no {what}";

    /// <summary>A sort of failure in a few words.</summary>
    protected static string Describe(EventTally tally, EventMoment? border)
    {
        int count = tally.CountAfter(border);
        string times = count >= NewestMoments.Limit ? "at least 1,000 times"
            : count == 1 ? "once"
            : FormattableString.Invariant($"{count} times");
        string name = tally.Meaning.Name is string known ? " " + known : string.Empty;
        return FormattableString.Invariant($"{tally.Meaning.Id}{name} {times}, last {When.Stamp(tally.Last)}");
    }
}
