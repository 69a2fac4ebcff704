using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Writeback.Servers;

/// <summary>What is published about versions of Entra Connect Sync.</summary>
internal sealed record ConnectVersion
{
    private static readonly Regex Number = new(@"^\s*([0-9]{1,9}(\.[0-9]{1,9}){1,3})(?![0-9.])", RegexOptions.CultureInvariant);

    private static readonly Lazy<KnowledgeTable> Table = new(() => KnowledgeTable.Load("connect-versions"));

    private static readonly Lazy<IReadOnlyList<ConnectVersion>> Rows = new(() => Table.Value.Rows.Select(Parse).ToArray());

    public required Version Version { get; init; }

    public required string Kind { get; init; }

    /// <summary>Midnight UTC of the row's day; null for none.</summary>
    public required DateTimeOffset? Date { get; init; }

    public required bool IsConfirmed { get; init; }

    public required string Meaning
    {
        get => Text.Translated(field);
        init;
    }

    public required string Source { get; init; }

    public static IReadOnlyList<ConnectVersion> All => Rows.Value;

    public static DateTime ReviewedOn => Table.Value.ReviewedOn;

    public static IEnumerable<ConnectVersion> Of(string kind) => All.Where(row => row.Kind == kind);

    /// <summary>Reads a version as Windows shows it: a text that begins with two to four numbers; null for anything else.</summary>
    public static Version? Read(string text)
    {
        Match match = Number.Match(text);
        return match.Success && Version.TryParse(match.Groups[1].Value, out Version? version) ? Filled(version) : null;
    }

    // 2.5 and 2.5.0.0 are the same to people, and not to Version.
    private static Version Filled(Version version) =>
        new(version.Major, version.Minor, Math.Max(version.Build, 0), Math.Max(version.Revision, 0));

    private static ConnectVersion Parse(IReadOnlyDictionary<string, string> row) => new()
    {
        Version = Filled(Version.Parse(row["version"])),
        Kind = row["kind"],
        Date = row["date"] == "-"
            ? null
            : new DateTimeOffset(DateTime.ParseExact(row["date"], "yyyy-MM-dd", CultureInfo.InvariantCulture), TimeSpan.Zero),
        IsConfirmed = row["certainty"] == "confirmed",
        Meaning = row["meaning"],
        Source = row["source"],
    };
}
