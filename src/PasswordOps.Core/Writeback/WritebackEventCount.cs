using System;
using System.Collections.Generic;
using System.Globalization;

namespace PasswordOps.Core.Writeback;

/// <summary>All events of one id in a log.</summary>
public record WritebackEventCount
{
    /// <summary>What is published about the id.</summary>
    public required WritebackEventMeaning Meaning { get; init; }

    /// <summary>Event id.</summary>
    public int Id => Meaning.Id;

    /// <summary>Name that Microsoft gives the event; null when it gives none.</summary>
    public string? Name => Meaning.Name;

    /// <summary>What sort of event it is.</summary>
    public WritebackEventGroup Group => Meaning.Group;

    /// <summary>How many there are.</summary>
    public required long Count { get; init; }

    /// <summary>
    /// How many came after the last operation that succeeded; only failures are counted, others have 0. No more than 1,000 are told apart.
    /// </summary>
    public required int SinceSuccess { get; init; }

    /// <summary>Time of the oldest, UTC.</summary>
    public required DateTimeOffset First { get; init; }

    /// <summary>Time of the newest, UTC.</summary>
    public required DateTimeOffset Last { get; init; }

    /// <summary>Tracking id of the newest one that has one, for a support case; null when none has.</summary>
    public Guid? LastTrackingId { get; init; }

    /// <summary>Codes and telling texts that they hold, at most 32.</summary>
    public IReadOnlyList<WritebackCode> Codes { get; init; } = Array.Empty<WritebackCode>();

    /// <inheritdoc/>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}: {1}", Meaning, Count);
}
