using System;

namespace PasswordOps.Core.Bulk;

/// <summary>How far a long piece of work is.</summary>
/// <param name="Activity">What is being done.</param>
/// <param name="Done">Items that are finished.</param>
/// <param name="Total">Items in all; null while that is not known.</param>
/// <param name="PerSecond">Items finished a second since the start.</param>
/// <param name="Remaining">Estimated time left; null while it cannot be said.</param>
public sealed record BulkProgress(string Activity, long Done, long? Total, double PerSecond, TimeSpan? Remaining)
{
    /// <summary>How the service holds the work back; null when it does not, or nobody asked.</summary>
    public PaceState? Held { get; init; }
}
