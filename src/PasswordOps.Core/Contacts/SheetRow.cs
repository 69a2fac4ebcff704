using System.Collections.Generic;

namespace PasswordOps.Core.Contacts;

/// <summary>One row of a sheet as it was read. Holds contact data: never log it.</summary>
/// <param name="Number">Line of the file on which the row begins, from 1; the header is usually 1.</param>
/// <param name="Cells">Cells by the column that they belong to; a column that the sheet does not have is absent.</param>
public sealed record SheetRow(int Number, IReadOnlyDictionary<SheetColumn, string> Cells)
{
    /// <summary>Only the number.</summary>
    /// <returns>The row's number.</returns>
    public override string ToString() => "row " + Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
