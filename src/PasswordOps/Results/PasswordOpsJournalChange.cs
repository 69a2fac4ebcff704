using System;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Bulk;

namespace PasswordOps;

/// <summary>A write that a journal tells of. Values are there only when the caller asked for them.</summary>
public sealed class PasswordOpsJournalChange
{
    internal PasswordOpsJournalChange(JournalWrite write, bool showsValues)
    {
        Row = write.Sending.Row;
        User = write.Sending.User;
        UserId = write.Sending.UserId;
        Field = write.Sending.Change.Field;
        Action = write.Sending.Change.Action;
        Before = showsValues ? write.Sending.Change.Before : null;
        After = showsValues ? write.Sending.Change.After : null;
        SentAt = write.Sending.At;
        Outcome = write.Outcome?.Kind;
        OutcomeAt = write.Outcome?.At;
        ErrorId = write.Outcome?.ErrorId;
        RequestId = write.Outcome?.RequestId;
        Attempts = write.Outcome?.Attempts;
    }

    /// <summary>Row of the sheet, or place in the input.</summary>
    public int Row { get; }

    /// <summary>User principal name.</summary>
    public string User { get; }

    /// <summary>Object id.</summary>
    public string UserId { get; }

    /// <summary>Which field.</summary>
    public string Field { get; }

    /// <summary>Add, Replace or Remove.</summary>
    public string Action { get; }

    /// <summary>Value before; null when there was none, or when values were not asked for.</summary>
    public string? Before { get; }

    /// <summary>Value after; null when it was taken away, or when values were not asked for.</summary>
    public string? After { get; }

    /// <summary>When it was about to be sent, UTC.</summary>
    public DateTimeOffset SentAt { get; }

    /// <summary>What became of it; null when the journal does not say, or does not say yet.</summary>
    public JournalOutcomeKind? Outcome { get; }

    /// <summary>When that was put down, UTC; null when it was not.</summary>
    public DateTimeOffset? OutcomeAt { get; }

    /// <summary>Id of the failure; null when there is none.</summary>
    public string? ErrorId { get; }

    /// <summary>The service's request id; null when there was no answer.</summary>
    public string? RequestId { get; }

    /// <summary>How often it was sent; null when no outcome tells.</summary>
    public int? Attempts { get; }

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => PasswordOps.Card.Row(
        Action + " " + Field
            + (Before is null && After is null ? string.Empty : ": " + (Before ?? Text.Of($"none")) + " -> " + (After ?? Text.Of($"none")))
            + (ErrorId is null ? string.Empty : " (" + ErrorId + ")"),
        (RowWord.Of(Row), 6),
        (User, 28),
        (Outcome?.ToString() ?? Text.Of($"open"), 8));

    /// <summary>Row, user and field, without values.</summary>
    /// <returns>For example <c>row 12 Add Mobile</c>.</returns>
    public override string ToString() => $"row {Row} {Action} {Field}";
}
