namespace PasswordOps.Core.Contacts;

/// <summary>One heading of a sheet and what it was taken for.</summary>
/// <param name="Text">As it stands in the file.</param>
/// <param name="Column">The column; null where it is left out, because the caller said so.</param>
public sealed record SheetHeading(string Text, SheetColumn? Column)
{
    /// <summary>Heading and column.</summary>
    /// <returns>For example <c>Mobiel -> Mobile</c>.</returns>
    public override string ToString() => $"{Text} -> {(Column is SheetColumn column ? column.ToString() : "left out")}";
}
