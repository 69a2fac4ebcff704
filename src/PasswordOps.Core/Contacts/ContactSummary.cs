using System;

namespace PasswordOps.Core.Contacts;

/// <summary>How a run ended, in counts of rows.</summary>
public record ContactSummary
{
    /// <summary>Name of the sheet without folder, or what else the rows came from.</summary>
    public required string Source { get; init; }

    /// <summary>Full path of the journal; null when there is none.</summary>
    public string? Journal { get; init; }

    /// <summary>Part of the users that the run worked on, such as <c>1/1</c>.</summary>
    public required string Shard { get; init; }

    /// <summary>Rows in all.</summary>
    public int Rows { get; init; }

    /// <summary>Rows whose every write was confirmed, or found done.</summary>
    public int Succeeded { get; init; }

    /// <summary>Rows that needed nothing.</summary>
    public int Unchanged { get; init; }

    /// <summary>Rows that an earlier life of this run had finished.</summary>
    public int Earlier { get; init; }

    /// <summary>Rows with a write that was refused.</summary>
    public int Failed { get; init; }

    /// <summary>Rows with a write of which nobody can tell whether it took effect.</summary>
    public int Unknown { get; init; }

    /// <summary>Rows with errors of their own, left out because the caller said so.</summary>
    public int Invalid { get; init; }

    /// <summary>Rows whose turn did not come, because the run ended early.</summary>
    public int NotSent { get; init; }

    /// <summary>Writes that were sent, repetitions included.</summary>
    public long Writes { get; init; }

    /// <summary>When the run began, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>True when every row is as the input wants it.</summary>
    public bool IsComplete => Failed + Unknown + Invalid + NotSent == 0;

    /// <summary>Counts.</summary>
    /// <returns>One line.</returns>
    public override string ToString() =>
        (Rows == 1 ? Text.Of($"{Source}: 1 row") : Text.Of($"{Source}: {Rows} rows"))
        + Text.Of($", {Succeeded} succeeded, {Unchanged} unchanged, {Earlier} earlier, {Failed} failed, {Unknown} unknown, "
            + $"{Invalid} invalid, {NotSent} not sent");
}
