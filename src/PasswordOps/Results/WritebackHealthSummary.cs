using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Writeback;

namespace PasswordOps;

/// <summary>Answer to "does password writeback work?", with its words in the view.</summary>
public sealed record WritebackHealthSummary : WritebackHealthReport
{
    private readonly CultureInfo language = Text.Language;

    [SetsRequiredMembers]
    internal WritebackHealthSummary(WritebackHealthReport original, string path)
        : base(original)
    {
        Path = path;
        Checks = original.Checks.Select(check => new SsprCheck(check)).ToArray();
        Events = original.Events.Select(count => new WritebackEventSummary(count)).ToArray();
    }

    /// <summary>The export that was judged.</summary>
    public string Path { get; }

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => Text.In(language, () => PasswordOps.Card.Of(
        System.IO.Path.GetFileName(Path) + "  " + Paint.Word(Verdict),
        ("answer", Headline),
        ("next", NextStep ?? Text.Of($"nothing to do")),
        ("started", Moment(LastStart)),
        ("stopped", Moment(LastStop)),
        ("heartbeat", Moment(LastHeartbeat)),
        ("success", Moment(LastSuccess)),
        ("failure", Moment(LastFailure)),
        ("checks", CheckWords.Count(Checks)),
        ("events", Text.Of($"{Events.Sum(count => count.Count).ToString("N0", CultureInfo.CurrentCulture)} of writeback")
            + (From is null ? string.Empty : ", " + Text.Of($"{Moment(From)} to {Moment(To)}"))
            + (Servers.Count == 0 ? string.Empty : ", " + string.Join(", ", Servers))),
        ("limits", string.Join("\n", Limits)),
        ("details", Paint.Dim("| Select-Object -ExpandProperty Checks, or Events"))));

    /// <inheritdoc/>
    public override string ToString() => base.ToString();

    private static string Moment(DateTimeOffset? time) =>
        time is null ? Text.Of($"not in the log") : time.Value.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
}
