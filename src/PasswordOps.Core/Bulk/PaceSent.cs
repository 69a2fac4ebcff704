namespace PasswordOps.Core.Bulk;

/// <summary>Requests that went out together.</summary>
internal sealed class PaceSent
{
    public PaceSent(double at, int count, bool isBatch, bool isScout)
    {
        At = at;
        Count = count;
        Admitted = count;
        IsBatch = isBatch;
        IsScout = isScout;
    }

    /// <summary>Seconds on the meter's scale.</summary>
    public double At { get; }

    public int Count { get; }

    /// <summary>Those that were not refused; the ones still under way count as admitted.</summary>
    public int Admitted { get; set; }

    public bool IsBatch { get; }

    /// <summary>True when those that were refused wait by themselves, since the others are not held.</summary>
    public bool WaitsAlone { get; set; }

    /// <summary>True for a single request that feels whether more would be admitted.</summary>
    public bool IsScout { get; }
}
