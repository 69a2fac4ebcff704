using System.Collections.Generic;

namespace PasswordOps.Core.Writeback;

/// <summary>The newest thousand moments of any number, whatever the order in which they come.</summary>
internal sealed class NewestMoments
{
    public const int Limit = 1_000;

    private readonly List<EventMoment> moments = new();

    public void Add(EventMoment moment)
    {
        moments.Add(moment);
        if (moments.Count >= 2 * Limit)
        {
            Shrink();
        }
    }

    public int CountAfter(EventMoment? border)
    {
        Shrink();
        return moments.FindAll(moment => EventMoment.After(moment, border)).Count;
    }

    private void Shrink()
    {
        moments.Sort((one, other) => other.CompareTo(one));
        if (moments.Count > Limit)
        {
            moments.RemoveRange(Limit, moments.Count - Limit);
        }
    }
}
