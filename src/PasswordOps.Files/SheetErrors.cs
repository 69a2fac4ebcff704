using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PasswordOps.Core;
using PasswordOps.Core.Contacts;

namespace PasswordOps.Files;

/// <summary>What can be wrong with a sheet. No message ever holds the value of a cell.</summary>
internal static class SheetErrors
{
    private const int QuotedHeadingLength = 40;

    public static PasswordOpsException NotFound(string path, Exception inner) => new(
        "SheetNotFound", ErrorKind.NotFound, Text.Of($"The sheet '{path}' does not exist."),
        Text.Of($"Check the path; a relative one starts at the current location."), inner);

    public static PasswordOpsException NotAFile(string path) => new(
        "SheetUnreadable", ErrorKind.InvalidArgument,
        Text.Of($"'{path}' is not a file that can be read twice (a folder, a pipe or a device)."),
        Text.Of($"Save the sheet as a file and give its path."));

    public static PasswordOpsException Unreadable(string path, Exception inner) => new(
        "SheetUnreadable", ErrorKind.PermissionDenied, Text.Of($"The sheet '{path}' cannot be read: {inner.Message}"),
        Text.Of($"Close it in other programs and check that you may read it."), inner);

    public static PasswordOpsException Empty(string name) => new(
        "SheetEmpty", ErrorKind.InvalidData, Text.Of($"{name} is empty."),
        Text.Of($"Put a line of column names on top ({Accepted()}) and one user on each line below."));

    public static PasswordOpsException Workbook(string name) => new(
        "SheetBinary", ErrorKind.InvalidData, Text.Of($"{name} is an Excel workbook, not text."),
        Text.Of($"Open it in Excel, save it as 'CSV UTF-8 (Comma delimited)' and give the new file."));

    public static PasswordOpsException Binary(string name, string sign) => new(
        "SheetBinary", ErrorKind.InvalidData, Text.Of($"{name} is not a text file: {sign}."), Text.Of($"Give a CSV file, saved as UTF-8."));

    public static PasswordOpsException HeaderMissing(string name, string why) => new(
        "SheetHeaderMissing", ErrorKind.InvalidData, Text.Of($"{name} has no usable header: {why}."),
        Text.Of($"Put a line of column names on top; the user's column is mandatory. Names: {Accepted()}."));

    public static PasswordOpsException ColumnUnknown(string name, IReadOnlyList<KeyValuePair<int, string>> columns)
    {
        IEnumerable<string> texts = columns.Take(5).Select(column => Describe(column.Key, column.Value));
        string more = columns.Count > 5 ? Text.Of($" and {columns.Count - 5} more") : string.Empty;
        return new(
            "SheetColumnUnknown", ErrorKind.InvalidData,
            Text.Of($"{name} has columns that are not known: {string.Join(", ", texts)}{more}."),
            Text.Of($"Rename or remove them, say with -ColumnMap what they mean, or leave all such columns out with -IgnoreOtherColumns. "
                + $"Accepted are {Accepted()}, and their usual forms in English, Dutch and German."));
    }

    public static PasswordOpsException MappedColumnMissing(string name, string heading) => new(
        "SheetColumnUnknown", ErrorKind.InvalidArgument, Text.Of($"{name} has no column {Quoted(heading)}, which -ColumnMap speaks of."),
        Text.Of($"Write the heading as it stands in the file, or leave it out of -ColumnMap."));

    public static PasswordOpsException ColumnDoubled(
        string name, SheetColumn column, string first, int firstAt, string second, int secondAt)
    {
        string meaning = SheetColumnNames.Preferred[(int)column];
        return new(
            "SheetColumnDoubled", ErrorKind.InvalidData,
            Text.Of($"{name}: column {firstAt} ({Quoted(first)}) and column {secondAt} ({Quoted(second)}) both mean {meaning}."),
            Text.Of($"Keep one of them, or say with -ColumnMap which one is to be left out."));
    }

    public static PasswordOpsException RowBroken(string name, int row, string? column, string why) => new(
        "SheetRowBroken", ErrorKind.InvalidData,
        column is null ? Text.Of($"{name}, row {row}: {why}.") : Text.Of($"{name}, row {row}, column {Quoted(column)}: {why}."),
        Text.Of($"Correct the row and start again."));

    private static string Describe(int position, string heading)
    {
        string place = position.ToString(CultureInfo.InvariantCulture);
        if (heading.Length == 0)
        {
            return Text.Of($"column {place} (no name)");
        }

        string hint = SheetColumnNames.Nearest(heading) is string nearest ? Text.Of($"; did you mean '{nearest}'?") : string.Empty;
        return Text.Of($"{Quoted(heading)} (column {place}{hint})");
    }

    // The heading comes from a file that may be anything: no control characters and no novel in a message.
    private static string Quoted(string heading)
    {
        string shown = new(heading.Take(QuotedHeadingLength).Select(c => char.IsControl(c) ? ' ' : c).ToArray());
        return heading.Length > QuotedHeadingLength ? $"'{shown}...'" : $"'{shown}'";
    }

    private static string Accepted() => string.Join(", ", SheetColumnNames.Preferred);
}
