using System;

namespace PasswordOps.Core.Bulk;

/// <summary>Refusals for load that belong together: from the first of them until everything that was under way has come back.</summary>
internal sealed class PaceRefusal
{
    private const int Few = 3;

    private int refusedBehind;
    private int admittedBehind;

    public PaceRefusal(double at) => At = at;

    /// <summary>When the first request that was refused was sent.</summary>
    public double At { get; private set; }

    /// <summary>When the service wants to be asked again, counted from the sending.</summary>
    public double ComesBackAt { get; private set; } = double.NegativeInfinity;

    /// <summary>True when the service said how long to wait.</summary>
    public bool IsTold { get; private set; }

    /// <summary>True when the request was alone to feel the way.</summary>
    public bool WasScout { get; private set; }

    /// <summary>True when most requests behind the refused ones were admitted: that is no limit, but a whim.</summary>
    public bool IsWhim => admittedBehind > 2 * refusedBehind;

    /// <summary>True when more than the odd one was refused, or one that went ahead where a limit was to be expected.</summary>
    public bool IsClear => WasScout || refusedBehind >= Few;

    public void Add(PaceSent sent, PaceAnswer answer, double wait)
    {
        At = Math.Min(At, sent.At);
        ComesBackAt = Math.Max(ComesBackAt, sent.At + wait);
        IsTold = answer.RetryAfter is not null;
        WasScout |= sent.IsScout;
        refusedBehind += answer.Refused - 1;
        admittedBehind += answer.AdmittedBehind;
    }
}
