using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Writeback;

namespace PasswordOps;

/// <summary>How often what happened, by user, day, event and cause, with its words in the view.</summary>
public sealed record WritebackActivitySummary : WritebackActivity
{
    private readonly CultureInfo language = Text.Language;

    private const int Shown = 5;

    [SetsRequiredMembers]
    internal WritebackActivitySummary(WritebackActivity original)
        : base(original) => Events = original.Events.Select(count => new WritebackEventSummary(count)).ToArray();

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => Text.In(language, () => PasswordOps.Card.Of(
        Text.Of($"Password writeback") + "  " + Paint.Good(Text.Of($"{Succeeded} succeeded")) + "  "
            + (Failed == 0 ? Text.Of($"0 failed") : Paint.Bad(Text.Of($"{Failed} failed"))) + "  " + Text.Of($"{NoResult} without result"),
        ("log", From is null || To is null ? Text.Of($"no events")
            : Text.Of($"{EventCount} events, {Moment(From.Value)} to {Moment(To.Value)}")
            + (Servers.Count == 0 ? string.Empty : ", " + string.Join(", ", Servers))),
        ("causes", Causes.Count == 0 ? null : string.Join("\n", Causes.Take(Shown).Select(cause =>
            Text.Of($"{cause.Count} x {WritebackEventRow.Words.Why(cause.Cause, cause.Certainty) ?? Text.Of($"cause not published")}")))),
        ("next", Causes.FirstOrDefault()?.Fix),
        ("users", Users.Count == 0 ? null : string.Join("\n", Users.Take(Shown).Select(user =>
            (user.User ?? user.UserId?.ToString("D") ?? Text.Of($"user not in the log")) + "  " + user))),
        ("days", Days.Count == 0 ? null : string.Join("\n", Days.Skip(Math.Max(0, Days.Count - Shown)))),
        ("service", ServiceFailures == 0 ? null : Text.Of($"{ServiceFailures} failures that belong to no operation")),
        ("details", Paint.Dim("| Select-Object -ExpandProperty Users, Days, Events or Causes"))));

    /// <inheritdoc/>
    public override string ToString() => base.ToString();

    private static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
}
