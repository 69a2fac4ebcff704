using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Activity;

namespace PasswordOps;

/// <summary>What happened with passwords, in counts, with its words in the view.</summary>
public sealed record SsprActivitySummary : ActivitySummary
{
    private readonly CultureInfo language = Text.Language;

    private const int ShownReasons = 5;
    private const int BarWidth = 30;

    private readonly TimeZoneInfo zone;

    [SetsRequiredMembers]
    internal SsprActivitySummary(ActivitySummary original, TimeZoneInfo zone)
        : base(original)
    {
        this.zone = zone;
    }

    /// <summary>Self-service resets and unlocks that succeeded, of those that ended; null when none did.</summary>
    public double? SuccessRate => Ended == 0 ? null : (double)Good / Ended;

    /// <summary>The answer in one line.</summary>
    public string Headline => Ended == 0
        ? Text.Of($"nobody tried self-service reset")
        : Text.Of($"{Good} of {Ended} self-service resets succeeded ({Math.Round(100.0 * Good / Ended)}%)");

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => Text.In(language, () => PasswordOps.Card.Of(
        Moment(Since) + " - " + Moment(Until) + "  " + Headline,
        ("went wrong", Good == Ended
            ? null
            : Text.Of($"{Bad(AttemptOutcome.Failed)} failed, {Bad(AttemptOutcome.Abandoned)} abandoned, ")
                + Text.Of($"{Bad(AttemptOutcome.Blocked)} blocked")),
        ("why", Reasons.Count == 0 ? null : string.Join("\n", Reasons.Take(ShownReasons).Select(
            reason => reason.Attempts.ToString(CultureInfo.InvariantCulture).PadLeft(4) + "  " + reason.Why))),
        ("next", Reasons.FirstOrDefault(reason => reason.NextStep is not null)?.NextStep),
        ("by admins", AdministratorWords()),
        ("changes", Text.Of($"{Count(ActivityKind.PasswordChange, Successes)} changed a known password")),
        ("registered", Text.Of($"{Count(ActivityKind.Registration, Successes)} registrations")),
        ("agents", Agents.Count == 0 ? null : string.Join("\n", Agents.Select(agent =>
            ActivityWords.Of(agent.Agent) + ": "
            + (agent.LastSuccess is DateTimeOffset last
                ? Text.Of($"{agent.Succeeded} succeeded, {agent.Failed} failed, last success {Moment(last)}")
                : Text.Of($"{agent.Succeeded} succeeded, {agent.Failed} failed"))))),
        ("by day", Days.Count == 0 ? null : string.Join("\n", Days.Select(Line))),
        ("missing", Gaps.Count == 0 ? null : Paint.Doubt(string.Join("\n", Gaps.Select(
            gap => gap.Service + ": " + gap.Error.Message + " " + gap.Error.Advice)))),
        ("log", Words()),
        ("details", Paint.Dim("| Select-Object -ExpandProperty Reasons, Days or Counts"))));

    private static AttemptOutcome[] Successes => new[] { AttemptOutcome.Succeeded, AttemptOutcome.SucceededOnPremises };

    private int Good => Count(ActivityKind.SelfServiceReset, Successes) + Count(ActivityKind.Unlock, Successes);

    private int Ended => Good + Bad(AttemptOutcome.Failed) + Bad(AttemptOutcome.Abandoned) + Bad(AttemptOutcome.Blocked);

    /// <inheritdoc/>
    public override string ToString() => Headline;

    private int Bad(AttemptOutcome outcome) => Count(ActivityKind.SelfServiceReset, outcome) + Count(ActivityKind.Unlock, outcome);

    private string AdministratorWords()
    {
        int failed = Count(ActivityKind.AdministratorReset, AttemptOutcome.Failed);
        return Text.Of($"{Count(ActivityKind.AdministratorReset, Successes)} reset")
            + (failed > 0 ? Text.Of($", {failed} failed") : string.Empty);
    }

    private string Line(ActivityDay day)
    {
        int most = Math.Max(1, Days.Max(one => one.Succeeded + one.Failed + one.Abandoned + one.Blocked));
        int Wide(int count) => (int)Math.Ceiling(count * BarWidth / (double)most);
        int bad = day.Failed + day.Abandoned + day.Blocked;
        return day.Day.ToString("MM-dd ddd", CultureInfo.InvariantCulture) + "  "
            + Paint.Good(new string('+', Wide(day.Succeeded))) + Paint.Bad(new string('-', Wide(bad))) + " "
            + Text.Of($"{day.Succeeded} good, {bad} not");
    }

    private string Words() =>
        Text.Of($"{Rows} rows, {Attempts} attempts, {Users} users; ")
        + (KeptDays is int days ? Text.Of($"the service keeps {days} days with the tenant's licence")
            : Text.Of($"the service keeps 30 days with P1 or P2, else 7; which of them could not be read"))
        + "; " + Text.Of($"time zone {TimeZone}");

    private string Moment(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
