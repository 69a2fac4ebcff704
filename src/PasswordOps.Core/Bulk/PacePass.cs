using System;

namespace PasswordOps.Core.Bulk;

/// <summary>
/// Leave to send some requests now. Hand it back with the answer; disposed of without one, it counts as sent and never answered.
/// </summary>
internal sealed class PacePass : IDisposable
{
    private readonly Pace pace;
    private bool isOver;

    public PacePass(Pace pace, PaceBudget budget, PaceSent sent)
    {
        this.pace = pace;
        Budget = budget;
        Sent = sent;
    }

    public PaceBudget Budget { get; }

    public PaceSent Sent { get; }

    public int Count => Sent.Count;

    /// <summary>Takes in what came of the requests.</summary>
    /// <returns>False when the service has refused everything of this budget for so long that waiting has no sense.</returns>
    public bool Answered(PaceAnswer answer)
    {
        isOver = true;
        return pace.Answered(this, answer);
    }

    public void Dispose()
    {
        if (!isOver)
        {
            Answered(PaceAnswer.Admitted);
        }
    }
}
