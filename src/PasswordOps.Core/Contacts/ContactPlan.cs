using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Contacts;

/// <summary>The plan for a whole run; nothing was written to make it.</summary>
public sealed class ContactPlan
{
    internal ContactPlan(IReadOnlyList<ContactPlanRow> rows)
    {
        Rows = rows;
        Errors = rows.SelectMany(row => row.Errors).ToArray();
    }

    /// <summary>One row a request, in its order.</summary>
    public IReadOnlyList<ContactPlanRow> Rows { get; }

    /// <summary>Everything that is wrong, over all rows.</summary>
    public IReadOnlyList<PasswordOpsException> Errors { get; }

    /// <summary>True when every row can be carried out.</summary>
    public bool IsValid => Errors.Count == 0;

    /// <summary>Counts fields by what is planned for them.</summary>
    /// <param name="action">The plan.</param>
    /// <returns>How many.</returns>
    public int Count(ChangeAction action) => Rows.Sum(row => row.Changes.Count(change => change.Action == action));

    /// <summary>The plan in one line.</summary>
    /// <returns>Counts.</returns>
    public override string ToString() =>
        $"{Rows.Count} {(Rows.Count == 1 ? "row" : "rows")}; values: {Count(ChangeAction.Same)} same, {Count(ChangeAction.Set)} to set, "
        + $"{Count(ChangeAction.Change)} to change, {Count(ChangeAction.Clear)} to clear; "
        + $"rows with errors: {Rows.Count(row => !row.IsValid)}";
}
