namespace PasswordOps.Core.Contacts;

/// <summary>What a plan comes to.</summary>
public sealed record ContactTally
{
    /// <summary>Rows that were looked at.</summary>
    public int Rows { get; init; }

    /// <summary>Rows that something would be written for.</summary>
    public int ToWrite { get; init; }

    /// <summary>Rows that need nothing.</summary>
    public int Unchanged { get; init; }

    /// <summary>Rows with errors.</summary>
    public int Wrong { get; init; }

    /// <summary>Rows with errors among those that are left to other shards.</summary>
    public int WrongElsewhere { get; init; }

    /// <summary>Values that are there already.</summary>
    public int Same { get; init; }

    /// <summary>Values to set where there is none.</summary>
    public int Set { get; init; }

    /// <summary>Values to replace.</summary>
    public int Change { get; init; }

    /// <summary>Values to take away.</summary>
    public int Clear { get; init; }

    /// <summary>Values that cannot be written.</summary>
    public int Blocked { get; init; }

    /// <summary>The plan in one line.</summary>
    /// <returns>Counts.</returns>
    public override string ToString() =>
        (Rows == 1 ? Text.Of($"1 row") : Text.Of($"{Rows} rows"))
        + Text.Of($"; values: {Same} same, {Set} to set, {Change} to change, {Clear} to clear; rows with errors: {Wrong}");

    internal ContactTally And(ContactPlanRow row)
    {
        ContactTally sum = this with
        {
            Rows = Rows + 1,
            Wrong = Wrong + (row.IsValid ? 0 : 1),
            ToWrite = ToWrite + (row.IsValid && row.HasWrites ? 1 : 0),
            Unchanged = Unchanged + (row.IsValid && !row.HasWrites ? 1 : 0),
        };
        foreach (ContactChange change in row.Changes)
        {
            sum = change.Action switch
            {
                ChangeAction.Same => sum with { Same = sum.Same + 1 },
                ChangeAction.Set => sum with { Set = sum.Set + 1 },
                ChangeAction.Change => sum with { Change = sum.Change + 1 },
                ChangeAction.Clear => sum with { Clear = sum.Clear + 1 },
                _ => sum with { Blocked = sum.Blocked + 1 },
            };
        }

        return sum;
    }
}
