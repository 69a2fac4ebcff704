using System;
using PasswordOps.Core.Writeback;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Is the export whole, and does it hold events of password writeback at all?</summary>
internal sealed class ExportCheck : Check<WritebackLog>
{
    private const string Command = "wevtutil qe Application "
        + "/q:\"*[System[Provider[@Name='PasswordResetService' or @Name='ADSync']]]\" /e:Events /f:xml /uni:true > events.xml";

    private static string Export => Text.Of($"On the active sync server run, in cmd: {Command}");

    public ExportCheck()
        : base("writeback.log", "Windows wevtutil (2017-10-16) and the event schema MS-EVEN6")
    {
    }

    protected override Answer Decide(WritebackLog facts)
    {
        EventReadSummary read = facts.Summary;
        string end = read.Truncated ? ", file breaks off" : string.Empty;
        string evidence = FormattableString.Invariant(
            $"{facts.Count} events of writeback, {read.Other} others, {read.Malformed} incomplete{end}");
        if (facts.Count == 0)
        {
            string reason = read.Other > 0
                ? Text.Of($"The file holds events, but none of PasswordResetService or ADSync: another log or server, or they were "
                    + $"overwritten.")
                : Text.Of($"The file holds no events.");
            return new Answer(Verdict.Unknown, reason, evidence, facts.Now, Export);
        }

        if (read.Truncated)
        {
            return new Answer(
                Verdict.Warn, Text.Of($"The export breaks off in the middle; whatever came behind was not judged."), evidence, facts.Now,
                Text.Of($"Export again. {Export}"));
        }

        return read.Malformed > 0
            ? new Answer(
                Verdict.Warn,
                Text.Of($"Some elements of the export lack what an event must have and were not judged."), evidence, facts.Now,
                Text.Of($"Export again. {Export}"))
            : new Answer(Verdict.Pass, Text.Of($"The export is whole."), evidence, facts.Now);
    }
}
