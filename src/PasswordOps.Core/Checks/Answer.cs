using System;
using System.Collections.Generic;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks;

/// <summary>What a check decides, before id and source are put on it.</summary>
internal sealed record Answer(Verdict Verdict, string Reason, string Evidence, DateTimeOffset At, string? Fix = null)
{
    /// <summary>What is missing, by name.</summary>
    public IReadOnlyList<string> Missing { get; init; } = Array.Empty<string>();

    /// <summary>The answer when a fact could not be read: Unknown, with why and what to grant.</summary>
    public static Answer Unreadable<T>(Reading<T> reading, string what) =>
        new(
            Verdict.Unknown, Text.Of($"{what} could not be read: {reading.Error!.Message}"), $"error {reading.Error.Id}", reading.At,
            reading.Error.Advice);
}
