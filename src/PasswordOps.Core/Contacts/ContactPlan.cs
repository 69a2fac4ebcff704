using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Contacts;

/// <summary>The plan for a whole run; nothing was written to make it.</summary>
public sealed class ContactPlan
{
    private readonly Func<IEnumerable<ContactPlanRow>> rows;

    internal ContactPlan(ContactTally tally, ContactPlanRow? first, Func<IEnumerable<ContactPlanRow>> rows)
    {
        Tally = tally;
        First = first;
        this.rows = rows;
    }

    /// <summary>What it comes to.</summary>
    public ContactTally Tally { get; }

    /// <summary>The first row; null when there is none.</summary>
    public ContactPlanRow? First { get; }

    /// <summary>One row a request, in its order; those of a run with a journal come from there, as a stream.</summary>
    public IEnumerable<ContactPlanRow> Rows => rows();

    /// <summary>True when every row can be carried out.</summary>
    public bool IsValid => Tally is { Wrong: 0, WrongElsewhere: 0 };

    /// <summary>The plan in one line.</summary>
    /// <returns>Counts.</returns>
    public override string ToString() => Tally.ToString();
}
