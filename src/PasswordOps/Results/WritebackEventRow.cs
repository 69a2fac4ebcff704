using System.Globalization;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Writeback;

namespace PasswordOps;

/// <summary>One event of password writeback, explained, with its words in the view.</summary>
public sealed record WritebackEventRow : WritebackEventRecord
{
    private readonly CultureInfo language = Text.Language;

    internal WritebackEventRow(WritebackEventRecord original)
        : base(original)
    {
    }

    /// <summary>The view: when (UTC and local), what, whose, why, and what to do.</summary>
    [Hidden]
    public string Card => Text.In(language, () => PasswordOps.Card.Of(
        Time.UtcDateTime.ToString("u", CultureInfo.InvariantCulture) + "  " + LocalTime.ToString("HH:mm", CultureInfo.InvariantCulture)
            + "  " + Id.ToString(CultureInfo.InvariantCulture) + " " + Paint.Of(Group, Name ?? Provider)
            + Words.Of(User) + Words.Of(Server),
        ("why", Words.Why(Cause, Certainty)),
        ("next", Fix)).TrimEnd());

    /// <inheritdoc/>
    public override string ToString() => base.ToString();

    /// <summary>Words that events and stories share.</summary>
    internal static class Words
    {
        internal static string Of(string? name) => string.IsNullOrEmpty(name) ? string.Empty : "  " + name;

        internal static string? Why(string? cause, WritebackCertainty? certainty) =>
            cause is not null && certainty == WritebackCertainty.Likely ? Text.Of($"{cause} (likely)") : cause;
    }
}
