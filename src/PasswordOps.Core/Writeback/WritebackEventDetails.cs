using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Writeback;

/// <summary>What stands in the text of an event, by the forms that are known. Holds a user's name: never log it.</summary>
public sealed record WritebackEventDetails
{
    private const int GuidLength = 36;

    /// <summary>Id that the events of one operation share; null when the event has none.</summary>
    public Guid? TrackingId { get; init; }

    /// <summary>Object id of the user in Entra ID; null when the event does not name a user.</summary>
    public Guid? UserId { get; init; }

    /// <summary>User principal name; null when the event does not name a user.</summary>
    public string? UserPrincipalName { get; init; }

    /// <summary>Codes and telling texts.</summary>
    public IReadOnlyList<WritebackCode> Codes { get; init; } = Array.Empty<WritebackCode>();

    /// <summary>Reads the text of an event.</summary>
    /// <param name="source">The event.</param>
    /// <returns>What was found.</returns>
    public static WritebackEventDetails Of(WritebackEvent source) => new()
    {
        TrackingId = TrackingIdIn(source.Data),
        UserId = GuidAfter(source.Data, "cloudAnchor:", "User_"),
        UserPrincipalName = NameAfter(source.Data, "UserPrincipalName:"),
        Codes = WritebackCode.In(source.Data),
    };

    /// <inheritdoc/>
    public override string ToString() => TrackingId is Guid id ? "TrackingId " + id.ToString("D") : "no tracking id";

    internal static Guid? TrackingIdIn(string data) => GuidAfter(data, "TrackingId:", string.Empty);

    private static Guid? GuidAfter(string data, string label, string prefix)
    {
        int start = ValueAfter(data, label);
        if (start < 0 || string.CompareOrdinal(data, start, prefix, 0, prefix.Length) != 0)
        {
            return null;
        }

        start += prefix.Length;
        return data.Length - start >= GuidLength && Guid.TryParseExact(data.Substring(start, GuidLength), "D", out Guid id) ? id : null;
    }

    private static string? NameAfter(string data, string label)
    {
        int start = ValueAfter(data, label);
        if (start < 0)
        {
            return null;
        }

        int end = start;
        while (end < data.Length && data[end] is not (',' or ';') && !char.IsWhiteSpace(data[end]))
        {
            end++;
        }

        string name = data.Substring(start, end - start);
        return name.IndexOf('@') > 0 ? name : null;
    }

    // The blank after the colon is missing in some versions.
    private static int ValueAfter(string data, string label)
    {
        int at = data.IndexOf(label, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return -1;
        }

        at += label.Length;
        while (at < data.Length && data[at] == ' ')
        {
            at++;
        }

        return at;
    }
}
