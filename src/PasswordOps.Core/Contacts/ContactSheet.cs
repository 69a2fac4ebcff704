using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace PasswordOps.Core.Contacts;

/// <summary>The rows of a sheet. The file is opened anew each time they are gone through.</summary>
public sealed class ContactSheet : IContactSource
{
    private readonly ISheetReader reader;
    private readonly string path;
    private readonly SheetOptions options;

    /// <summary>Reads the header.</summary>
    /// <param name="reader">Reads files.</param>
    /// <param name="path">File.</param>
    /// <param name="options">How its columns are to be taken.</param>
    /// <exception cref="PasswordOpsException">The sheet cannot be used; see <see cref="ISheetReader.Open"/>. Or <c>NothingToDo</c>:
    /// it has no column with contact data.</exception>
    public ContactSheet(ISheetReader reader, string path, SheetOptions options)
    {
        this.reader = reader;
        this.path = path;
        this.options = options;
        using ISheet sheet = reader.Open(path, options);
        Name = sheet.Name;
        EncodingName = sheet.EncodingName;
        Delimiter = sheet.Delimiter;
        Header = sheet.Header;
        if (Fields.Count == 0)
        {
            throw new PasswordOpsException(
                "NothingToDo", ErrorKind.InvalidData, Text.Of($"{Name}: no column has contact data, so there is nothing to set or clear."),
                Text.Of($"Add a column such as Mobile or Email, or say with -ColumnMap which one it is."));
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Name of the encoding that was found out.</summary>
    public string EncodingName { get; }

    /// <summary>The delimiter that was found out.</summary>
    public char Delimiter { get; }

    /// <summary>Headings, each with the column that it was taken for.</summary>
    public IReadOnlyList<SheetHeading> Header { get; }

    /// <summary>The fields that the sheet has a column for.</summary>
    public IReadOnlyList<ContactField> Fields => Header
        .Where(heading => heading.Column is not null and not SheetColumn.Identity)
        .Select(heading => ContactRequest.FieldOf(heading.Column!.Value))
        .ToArray();

    /// <inheritdoc/>
    public string Digest(CancellationToken stop) => reader.Digest(path, stop);

    /// <inheritdoc/>
    public IEnumerable<ContactRequest> Read()
    {
        using ISheet sheet = reader.Open(path, options);
        bool isEmpty = true;
        foreach (SheetRow row in sheet.Rows())
        {
            isEmpty = false;
            yield return ContactRequest.Of(row);
        }

        if (isEmpty)
        {
            throw new PasswordOpsException(
                "SheetEmpty", ErrorKind.InvalidData, Text.Of($"{Name}: there is no row below the column names."),
                Text.Of($"Put one user on each line below them."));
        }
    }
}
