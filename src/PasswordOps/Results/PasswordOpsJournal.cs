using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Bulk;

namespace PasswordOps;

/// <summary>What the journal of a run says, with its words in the view.</summary>
public sealed record PasswordOpsJournal : JournalReport
{
    internal PasswordOpsJournal(JournalReport original, IJournal journal, bool isInUse)
        : base(original)
    {
        IsInUse = isInUse;
        Path = journal.Path;
        RunId = journal.Head.RunId;
        Operation = journal.Head.Operation;
        TenantId = journal.Head.TenantId;
        Account = journal.Head.Account;
        Source = journal.Head.Source;
        SourceDigest = journal.Head.SourceDigest;
        Options = journal.Head.Options;
        Started = journal.Head.Started;
        ModuleVersion = journal.Head.ModuleVersion;
    }

    /// <summary>True when a process had it open for writing when it was read.</summary>
    public bool IsInUse { get; }

    /// <summary>Full path of the file.</summary>
    public string Path { get; }

    /// <summary>Id of the run.</summary>
    public Guid RunId { get; }

    /// <summary>The cmdlet.</summary>
    public string Operation { get; }

    /// <summary>Tenant id.</summary>
    public string TenantId { get; }

    /// <summary>Who ran it.</summary>
    public string Account { get; }

    /// <summary>Name of the sheet, or what else the rows came from.</summary>
    public string Source { get; }

    /// <summary>SHA-256 of what the rows came from.</summary>
    public string SourceDigest { get; }

    /// <summary>What decided how rows were understood.</summary>
    public IReadOnlyDictionary<string, string> Options { get; }

    /// <summary>When the run began, UTC.</summary>
    public DateTimeOffset Started { get; }

    /// <summary>Version of the module that began it.</summary>
    public string ModuleVersion { get; }

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => PasswordOps.Card.Of(
        System.IO.Path.GetFileName(Path) + "  " + Word(),
        ("run", Text.Of($"{Operation} {Source}, by {Account}")),
        ("started", Moment(Started) + (LastEntry is DateTimeOffset last ? ", " + Text.Of($"last entry {Moment(last)}") : string.Empty)
            + (Lives > 1 ? ", " + Text.Of($"{Lives.ToString(CultureInfo.CurrentCulture)} processes") : string.Empty)),
        ("rows", Text.Of($"{Number(Rows)}, {Number(ToWrite)} to write") + Some(Wrong, Text.Of($"with errors"))),
        ("writes", Text.Of($"{Number(Sent)} sent: {Number(Written)} written") + Some(Found, Text.Of($"found written"))
            + Some(Refused, Text.Of($"refused")) + Some(NotSent, Text.Of($"not sent after all")) + Some(Unknown, Text.Of($"unknown"))
            + Some(Open, Text.Of($"open"))),
        ("next", Phase switch
        {
            JournalPhase.Unplanned or JournalPhase.Unfinished when IsInUse => Text.Of($"a process is working at it"),
            JournalPhase.Unplanned => Text.Of($"nothing was sent: {GoOn}"),
            JournalPhase.Unfinished => GoOn,
            _ => Sent > 0 ? Text.Of($"Restore-SsprContactData takes it back") : null,
        }));

    private string GoOn => Operation == "Set-SsprContactData"
        ? Text.Of($"run the same command with -Resume")
        : Text.Of($"run it again with another journal");

    /// <summary>Operation and source.</summary>
    /// <returns>For example <c>Set-SsprContactData hr.csv</c>.</returns>
    public override string ToString() => Operation + " " + Source;

    private static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);

    private static string Some(int count, string word) => count == 0 ? string.Empty : ", " + Number(count) + " " + word;

    private string Word() => Phase switch
    {
        JournalPhase.Ended => Paint.Good("Ended"),
        JournalPhase.Unfinished => Paint.Doubt("Unfinished"),
        _ => Paint.Dim("Unplanned"),
    };
}
