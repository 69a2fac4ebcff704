using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Writeback;

namespace PasswordOps;

/// <summary>One operation of password writeback with all its events, with its words in the view.</summary>
public sealed record WritebackStoryRow : WritebackStory
{
    private readonly CultureInfo language = Text.Language;

    [SetsRequiredMembers]
    internal WritebackStoryRow(WritebackStory original)
        : base(original)
    {
        Events = original.Events.Select(found => new WritebackEventRow(found)).ToList();
        Beside = original.Beside.Select(found => new WritebackEventRow(found)).ToList();
    }

    /// <summary>The view: when (UTC), what, how it ended, whose, why, and what to do.</summary>
    [Hidden]
    public string Card => Text.In(language, () => PasswordOps.Card.Of(
        Started.UtcDateTime.ToString("u", CultureInfo.InvariantCulture) + "  " + Operation + "  " + Outcomes.Painted(Outcome)
            + WritebackEventRow.Words.Of(User ?? UserId?.ToString("D")) + WritebackEventRow.Words.Of(Server)
            + (Duration is null ? string.Empty : "  " + Text.Of($"{Duration.Value.TotalSeconds:0.0} s")),
        ("events", string.Join(" > ", Events.Select(found => found.Id.ToString(CultureInfo.InvariantCulture)))
            + (Beside.Count == 0 ? string.Empty : ", " + Text.Of($"beside by time: {string.Join(", ", Beside.Select(found => found.Id))}"))
            + (IsPartial ? ", " + Text.Of($"not all of it is in the log") : string.Empty)),
        ("why", WritebackEventRow.Words.Why(Cause, Certainty)),
        ("next", Fix)).TrimEnd());

    /// <inheritdoc/>
    public override string ToString() => base.ToString();

    private static class Outcomes
    {
        internal static string Painted(WritebackOutcome outcome) => outcome switch
        {
            WritebackOutcome.Succeeded => Paint.Good("Succeeded"),
            WritebackOutcome.Failed => Paint.Bad("Failed"),
            _ => Paint.Doubt("NoResult"),
        };
    }
}
