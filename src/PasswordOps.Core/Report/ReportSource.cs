using System;

namespace PasswordOps.Core.Report;

/// <summary>One of the things that a report was made from.</summary>
/// <param name="Name">What.</param>
/// <param name="State">What is known of it, in a sentence: how much, from when to when, how late it may be.</param>
/// <param name="Advice">What to grant, where it could not be read; otherwise null.</param>
/// <param name="ReadAt">When it was read, UTC.</param>
public sealed record ReportSource(string Name, string State, string? Advice, DateTimeOffset ReadAt)
{
    /// <summary>False where it could not be read.</summary>
    public bool IsKnown => Advice is null;
}
