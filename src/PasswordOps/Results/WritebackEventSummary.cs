using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Writeback;

namespace PasswordOps;

/// <summary>All events of one id in a log, with their words in the view.</summary>
public sealed record WritebackEventSummary : WritebackEventCount
{
    private readonly CultureInfo language = Text.Language;

    [SetsRequiredMembers]
    internal WritebackEventSummary(WritebackEventCount original)
        : base(original)
    {
    }

    /// <summary>The view: id, name, how often, and when last.</summary>
    [Hidden]
    public string Card => Text.In(language, () => PasswordOps.Card.Row(
        Text.Of($"{Count.ToString("N0", CultureInfo.CurrentCulture)} times, last {Last.UtcDateTime:u}"),
        (Id.ToString(CultureInfo.InvariantCulture), 5),
        (Paint.Of(Group, Name ?? Text.Of($"(not published)")), 32)));

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
