using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Activity;

/// <summary>
/// Puts rows that come in the order of time together to attempts. Nothing is held longer than <see cref="Span"/>, however long the log is,
/// and attempts leave in the order in which they began.
/// </summary>
internal sealed class AttemptBuilder
{
    /// <summary>Rows further from the first one are of another attempt, whatever else they have in common.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromHours(1);

    /// <summary>How late a row may be (self-service reset reporting: 5 to 10 minutes, up to an hour).</summary>
    public static readonly TimeSpan Lateness = TimeSpan.FromHours(1);

    private readonly DateTimeOffset now;
    private readonly Queue<AttemptDraft> open = new();
    private readonly Dictionary<string, List<AttemptDraft>> byUser = new(StringComparer.OrdinalIgnoreCase);

    public AttemptBuilder(DateTimeOffset now)
    {
        this.now = now;
    }

    public void Add(ActivityStep step)
    {
        string? key = step.Kind is ActivityKind.Setting or ActivityKind.Other ? null : step.UserId ?? step.User;
        if (key is null)
        {
            open.Enqueue(new AttemptDraft(step, null));
            return;
        }

        if (!byUser.TryGetValue(key, out List<AttemptDraft>? drafts))
        {
            byUser[key] = drafts = new List<AttemptDraft>();
        }

        AttemptDraft? draft = drafts.FindLast(one => one.HasActOf(step)) ?? drafts.FindLast(one => one.FitsBeside(step));
        if (draft is not null)
        {
            draft.Add(step);
            return;
        }

        draft = new AttemptDraft(step, key);
        drafts.Add(draft);
        open.Enqueue(draft);
    }

    /// <summary>Takes out the attempts to which no row after this moment can belong.</summary>
    public IEnumerable<ActivityAttempt> TakeBefore(DateTimeOffset moment)
    {
        while (open.Count > 0 && moment - open.Peek().First.At > Span)
        {
            yield return Take();
        }
    }

    /// <summary>Takes out all.</summary>
    public IEnumerable<ActivityAttempt> TakeAll()
    {
        while (open.Count > 0)
        {
            yield return Take();
        }
    }

    private ActivityAttempt Take()
    {
        AttemptDraft draft = open.Dequeue();
        if (draft.Key is string key)
        {
            List<AttemptDraft> drafts = byUser[key];
            drafts.Remove(draft);
            if (drafts.Count == 0)
            {
                byUser.Remove(key);
            }
        }

        return draft.Tell(now);
    }
}
