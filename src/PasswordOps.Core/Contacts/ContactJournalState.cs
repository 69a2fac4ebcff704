using System;
using System.Collections.Generic;
using PasswordOps.Core.Bulk;

namespace PasswordOps.Core.Contacts;

/// <summary>What a journal knows of each row: four bytes a row, whatever the run did.</summary>
internal sealed class ContactJournalState
{
    private const byte IsPlanned = 1;
    private const byte IsWrong = 2;

    private readonly Dictionary<(int Row, ContactField Field), DateTimeOffset> open = new();
    private byte[] flags = new byte[1024];
    private byte[] due = new byte[1024];
    private byte[] written = new byte[1024];
    private byte[] lost = new byte[1024];

    private ContactJournalState()
    {
    }

    /// <summary>True when a life of the run finished its plan, so that writes may have begun.</summary>
    public bool HasPlan { get; private set; }

    /// <summary>Rows of the plan.</summary>
    public int Rows { get; private set; }

    /// <summary>True when every row had its turn.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>When the latest write was sent that has no outcome; null when every one has.</summary>
    public DateTimeOffset? LatestOpen { get; private set; }

    public static ContactJournalState Of(IEnumerable<JournalEntry> entries)
    {
        ContactJournalState state = new();
        foreach (JournalEntry entry in entries)
        {
            state.Take(entry);
        }

        foreach (DateTimeOffset sent in state.open.Values)
        {
            state.LatestOpen = state.LatestOpen is DateTimeOffset latest && latest > sent ? latest : sent;
        }

        return state;
    }

    /// <summary>True when there is nothing left to do for a row: it needed nothing, every write was confirmed, or it is wrong in itself.
    /// </summary>
    public bool IsComplete(int row) =>
        Has(flags, row, IsPlanned) && (due[row] == 0 || (flags[row] & IsWrong) != 0);

    public bool IsWrongRow(int row) => Has(flags, row, IsWrong);

    /// <summary>True when a write of the row was sent and has no outcome.</summary>
    public bool IsOpen(int row)
    {
        foreach (ContactField field in AllFields)
        {
            if (open.ContainsKey((row, field)))
            {
                return true;
            }
        }

        return false;
    }

    public bool IsOpen(int row, ContactField field) => open.ContainsKey((row, field));

    /// <summary>True when a write was confirmed, or nobody can tell.</summary>
    public bool MayHaveWritten(int row, ContactField field) =>
        Has(written, row, Bit(field)) || Has(lost, row, Bit(field)) || open.ContainsKey((row, field));

    /// <summary>Counts rows by how they ended.</summary>
    public ContactSummary Count(ContactSummary empty)
    {
        int earlier = 0;
        int invalid = 0;
        int unknown = 0;
        int failed = 0;
        for (int row = 0; row < flags.Length; row++)
        {
            if (!Has(flags, row, IsPlanned))
            {
                continue;
            }

            if (IsWrongRow(row))
            {
                invalid++;
            }
            else if (IsComplete(row))
            {
                earlier++;
            }
            else if (lost[row] != 0 || IsOpen(row))
            {
                unknown++;
            }
            else
            {
                failed++;
            }
        }

        return empty with { Rows = Rows, Earlier = earlier, Invalid = invalid, Unknown = unknown, Failed = failed };
    }

    public int CountMayHaveWritten(int row)
    {
        int count = 0;
        foreach (ContactField field in AllFields)
        {
            count += MayHaveWritten(row, field) ? 1 : 0;
        }

        return count;
    }

    private static ContactField[] AllFields { get; } = (ContactField[])Enum.GetValues(typeof(ContactField));

    private static byte Bit(ContactField field) => (byte)(1 << (int)field);

    private static bool Has(byte[] table, int row, byte bit) => row >= 0 && row < table.Length && (table[row] & bit) != 0;

    private void Take(JournalEntry entry)
    {
        switch (entry)
        {
            case JournalBegun when !HasPlan:
                // Nothing was sent before the plan was complete: it is made anew.
                Array.Clear(flags, 0, flags.Length);
                Array.Clear(due, 0, due.Length);
                break;
            case JournalPlanEnd end:
                HasPlan = true;
                Rows = end.Rows;
                break;
            case JournalPlanned row:
                Grow(row.Row);
                flags[row.Row] = (byte)(IsPlanned | (row.ErrorId is null ? 0 : IsWrong));
                due[row.Row] = 0;
                foreach (JournalChange change in row.Changes)
                {
                    due[row.Row] |= Bit(FieldOf(change.Field));
                }

                break;
            case JournalSending sending:
                Grow(sending.Row);
                open[(sending.Row, FieldOf(sending.Change.Field))] = sending.At;
                break;
            case JournalOutcome outcome:
                Grow(outcome.Row);
                ContactField field = FieldOf(outcome.Field);
                open.Remove((outcome.Row, field));
                if (outcome.Kind is JournalOutcomeKind.Written or JournalOutcomeKind.Found)
                {
                    written[outcome.Row] |= Bit(field);
                    due[outcome.Row] &= (byte)~Bit(field);
                }

                lost[outcome.Row] = outcome.Kind == JournalOutcomeKind.Unknown
                    ? (byte)(lost[outcome.Row] | Bit(field))
                    : (byte)(lost[outcome.Row] & ~Bit(field));
                break;
            case JournalEnd:
                HasEnded = true;
                break;
        }
    }

    public static ContactField FieldOf(string name) =>
        Enum.TryParse(name, out ContactField field)
            ? field
            : throw new PasswordOpsException(
                "JournalBroken", ErrorKind.InvalidData, Text.Of($"The journal names a field '{name}' that contact data does not have."),
                Text.Of($"Give the journal of a run over contact data."));

    private void Grow(int row)
    {
        if (row < flags.Length)
        {
            return;
        }

        int length = Math.Max(row + 1, flags.Length * 2);
        Array.Resize(ref flags, length);
        Array.Resize(ref due, length);
        Array.Resize(ref written, length);
        Array.Resize(ref lost, length);
    }
}
