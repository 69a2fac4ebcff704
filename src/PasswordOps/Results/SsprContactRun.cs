using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Contacts;

namespace PasswordOps;

/// <summary>How a run over contact data ended, in counts, with its words in the view.</summary>
public sealed record SsprContactRun : ContactSummary
{
    [SetsRequiredMembers]
    internal SsprContactRun(ContactSummary original)
        : base(original)
    {
    }

    /// <summary>Complete when every row is as the input wants it, else Incomplete. Never a status of a row.</summary>
    public string Status => IsComplete ? "Complete" : "Incomplete";

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => "\n" + PasswordOps.Card.Of(
        Source + (Shard == "1/1" ? string.Empty : " (" + Shard + ")") + "  " + (IsComplete ? Paint.Good(Status) : Paint.Bad(Status)),
        ("rows", Number(Rows)),
        ("succeeded", Some(Succeeded)),
        ("unchanged", Some(Unchanged)),
        ("earlier", Some(Earlier)),
        ("failed", Some(Failed)),
        ("unknown", Some(Unknown)),
        ("invalid", Some(Invalid)),
        ("not sent", Some(NotSent)),
        ("writes", Text.Of($"{Number(Writes)} in {Time()}")),
        ("journal", Journal));

    /// <inheritdoc/>
    public override string ToString() => base.ToString();

    private static string Number(long count) => count.ToString("N0", CultureInfo.CurrentCulture);

    private static string? Some(int count) => count == 0 ? null : Number(count);

    private string Time() => Duration.TotalMinutes < 1
        ? Duration.TotalSeconds.ToString("0.0", CultureInfo.CurrentCulture) + " s"
        : Duration.ToString(Duration.TotalDays < 1 ? @"h\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);
}
