using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Bulk;

/// <summary>A write as a journal tells of it. Holds contact data: never log it.</summary>
/// <param name="Sending">When and what was sent.</param>
/// <param name="Outcome">What became of it; null when the journal does not say, or does not say yet.</param>
public sealed record JournalWrite(JournalSending Sending, JournalOutcome? Outcome)
{
    /// <summary>Puts writes and outcomes together, as a stream, in the order in which the outcomes came; those without one are last.
    /// </summary>
    /// <param name="entries">Entries of a journal, from the first on.</param>
    /// <returns>The writes; one that was sent again is there again.</returns>
    public static IEnumerable<JournalWrite> Of(IEnumerable<JournalEntry> entries)
    {
        Dictionary<(int Row, string Field), JournalSending> open = new();
        foreach (JournalEntry entry in entries)
        {
            if (entry is JournalSending sending)
            {
                (int, string) place = (sending.Row, sending.Change.Field);
                if (open.TryGetValue(place, out JournalSending? earlier))
                {
                    yield return new JournalWrite(earlier, null);
                }

                open[place] = sending;
            }
            else if (entry is JournalOutcome outcome && open.TryGetValue((outcome.Row, outcome.Field), out JournalSending? sent))
            {
                open.Remove((outcome.Row, outcome.Field));
                yield return new JournalWrite(sent, outcome);
            }
        }

        foreach (JournalSending sending in open.Values.OrderBy(sending => sending.Row))
        {
            yield return new JournalWrite(sending, null);
        }
    }

    /// <summary>Row and change, without values.</summary>
    /// <returns>For example <c>row 12 Add Mobile</c>.</returns>
    public override string ToString() => Sending.ToString();
}
