using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Contacts;

/// <summary>
/// What somebody asked for one user: fields to set or clear; a field that is not mentioned is left. Holds contact data: never log it.
/// </summary>
public sealed class ContactRequest
{
    /// <summary>The word that, as the value of a field, asks to take the value away. An empty value leaves the field as it is.</summary>
    public const string ClearWord = "(clear)";

    /// <summary>Creates a request.</summary>
    /// <param name="identity">User as typed.</param>
    /// <param name="values">Values as typed, by field; empty values are dropped, <see cref="ClearWord"/> clears.</param>
    /// <param name="clear">Fields to clear beside those.</param>
    /// <param name="row">Row of the sheet; null when there is none.</param>
    public ContactRequest(
        string identity, IEnumerable<KeyValuePair<ContactField, string>> values, IEnumerable<ContactField>? clear = null, int? row = null)
        : this((identity ?? string.Empty).Trim(), row, Wishes(identity, values, clear))
    {
    }

    private ContactRequest(string identity, int? row, IReadOnlyDictionary<ContactField, string?> wanted)
    {
        Identity = identity;
        Row = row;
        Place = row ?? 0;
        Wanted = wanted;
    }

    /// <summary>User as typed.</summary>
    public string Identity { get; }

    /// <summary>Row of the sheet; null when there is none.</summary>
    public int? Row { get; }

    /// <summary>How messages call the user; null when they say the identity.</summary>
    internal string? Name { get; private init; }

    /// <summary>Row of the sheet, or place in the list that it stands in.</summary>
    internal int Place { get; private init; }

    /// <summary>Values as typed by field, or in the service's form when a run is undone; null clears.</summary>
    internal IReadOnlyDictionary<ContactField, string?> Wanted { get; }

    /// <summary>
    /// When a run is undone: the value that it had left by field, which must still be there. Else null.
    /// </summary>
    internal IReadOnlyDictionary<ContactField, string?>? Expected { get; private init; }

    /// <summary>Why the row cannot be read; null when it can.</summary>
    internal PasswordOpsException? Error { get; private init; }

    /// <summary>Makes the request of a sheet's row.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The request.</returns>
    public static ContactRequest Of(SheetRow row)
    {
        row.Cells.TryGetValue(SheetColumn.Identity, out string? identity);
        IReadOnlyDictionary<ContactField, string?> wanted = Wishes(
            identity,
            row.Cells.Where(cell => cell.Key != SheetColumn.Identity)
                .Select(cell => new KeyValuePair<ContactField, string>(FieldOf(cell.Key), cell.Value)),
            null);
        return new ContactRequest((identity ?? string.Empty).Trim(), row.Number, wanted) { Error = row.Error };
    }

    /// <summary>Makes the request that undoes what a run did to one user.</summary>
    internal static ContactRequest Undoing(
        string userId, string name, int row, IReadOnlyDictionary<ContactField, string?> before,
        IReadOnlyDictionary<ContactField, string?> after) => new(userId, row, before) { Name = name, Expected = after };

    /// <summary>Row and user only.</summary>
    /// <returns>Where the request comes from.</returns>
    public override string ToString() => Row is int row ? $"row {row} {Identity}" : Identity;

    internal static ContactField FieldOf(SheetColumn column) => column switch
    {
        SheetColumn.Mobile => ContactField.Mobile,
        SheetColumn.AlternateMobile => ContactField.AlternateMobile,
        SheetColumn.Office => ContactField.Office,
        SheetColumn.Email => ContactField.Email,
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };

    /// <summary>The same request at a place of a list; one with a row of a sheet keeps it.</summary>
    internal ContactRequest At(int place) =>
        Row is null ? new ContactRequest(Identity, Row, Wanted) { Place = place, Name = Name, Expected = Expected, Error = Error } : this;

    private static IReadOnlyDictionary<ContactField, string?> Wishes(
        string? identity, IEnumerable<KeyValuePair<ContactField, string>> values, IEnumerable<ContactField>? clear)
    {
        Dictionary<ContactField, string?> wanted = new();
        foreach (KeyValuePair<ContactField, string> value in values)
        {
            string text = (value.Value ?? string.Empty).Trim();
            if (text.Length > 0)
            {
                wanted[value.Key] = string.Equals(text, ClearWord, StringComparison.OrdinalIgnoreCase) ? null : text;
            }
        }

        foreach (ContactField field in clear ?? Enumerable.Empty<ContactField>())
        {
            if (wanted.TryGetValue(field, out string? present) && present is not null)
            {
                throw new PasswordOpsException(
                    "FieldSetAndCleared", ErrorKind.InvalidArgument, Text.Of($"{identity}: {field} is both set and cleared."),
                    Text.Of($"Give a value or clear it, not both."));
            }

            wanted[field] = null;
        }

        return wanted;
    }
}
