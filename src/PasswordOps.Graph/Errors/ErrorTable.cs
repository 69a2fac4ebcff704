using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PasswordOps.Core;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Graph.Errors;

/// <summary>Knowledge/errors.tsv: what a code of the service means here.</summary>
internal static class ErrorTable
{
    internal const string SignIn = "sign-in";
    internal const string Graph = "graph";

    private static readonly IReadOnlyList<ErrorEntry> Entries = KnowledgeTable.Load("errors").Rows
        .Select(row => new ErrorEntry(
            row["service"],
            row["code"].Split(' '),
            row["id"],
            (ErrorKind)Enum.Parse(typeof(ErrorKind), row["kind"]),
            row["message"],
            row["advice"]))
        .ToArray();

    public static IReadOnlyList<ErrorEntry> All => Entries;

    /// <summary>A moment as messages name it.</summary>
    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The first entry of a service whose words all hold.</summary>
    public static ErrorEntry Find(string service, ICollection<string> words) =>
        Entries.First(entry => entry.Service == service && entry.Words.All(word => word == "*" || words.Contains(word)));

    /// <summary>The entry of an id that the product itself finds out.</summary>
    public static ErrorEntry Own(string id) => Entries.First(entry => entry.Id == id && entry.Words[0] == "-");
}
