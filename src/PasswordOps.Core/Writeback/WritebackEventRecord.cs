using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PasswordOps.Core.Writeback;

/// <summary>One event of password writeback, explained. Holds a user's name and the text of the event: never log it.</summary>
public record WritebackEventRecord
{
    private WritebackEventRecord(WritebackEvent source)
    {
        Source = source;
        Explained = WritebackEventMeaning.Of(source.Provider, source.Id);
    }

    /// <summary>When it was written, UTC.</summary>
    public DateTimeOffset Time => Source.Time;

    /// <summary>When it was written, in the time of this machine.</summary>
    public DateTime LocalTime => Source.Time.LocalDateTime;

    /// <summary>Server that wrote it; empty when the log does not say.</summary>
    public string Server => Source.Computer;

    /// <summary>PasswordResetService or ADSync.</summary>
    public string Provider => Source.Provider;

    /// <summary>Event id.</summary>
    public int Id => Source.Id;

    /// <summary>Name that Microsoft gives the event; null when it gives none.</summary>
    public string? Name => Explained.Name;

    /// <summary>What sort of event it is.</summary>
    public WritebackEventGroup Group => Explained.Group;

    /// <summary>What it means.</summary>
    public string Meaning => Explained.Meaning;

    /// <summary>What causes it: by a code in its text where one is explained, else by its id. Null when nothing is published.</summary>
    public string? Cause => Telling?.Cause ?? Explained.Cause;

    /// <summary>How sure the cause is; null where there is none.</summary>
    public WritebackCertainty? Certainty => Telling?.Certainty ?? (Explained.Cause is null ? null : WritebackCertainty.Confirmed);

    /// <summary>First thing to do; null when there is nothing to do or nothing is published.</summary>
    public string? Fix => Telling?.Fix ?? Explained.Fix;

    /// <summary>Codes and telling texts in it, explained where anything is published.</summary>
    public IReadOnlyList<WritebackCode> Codes { get; private init; } = Array.Empty<WritebackCode>();

    /// <summary>Id that the events of one operation share; null when the event has none.</summary>
    public Guid? TrackingId { get; private init; }

    /// <summary>Object id of the user in Entra ID; null when the event does not name one.</summary>
    public Guid? UserId { get; internal init; }

    /// <summary>User principal name; null when the event does not name one.</summary>
    public string? User { get; internal init; }

    /// <summary>1 critical, 2 error, 3 warning, 4 information, 5 verbose; 0 when the log does not say.</summary>
    public int Level => Source.Level;

    /// <summary>Number of the record in its log; null when the export has none.</summary>
    public long? RecordId => Source.RecordId;

    /// <summary>Texts of the event as they were written, joined; values of passwords, tokens and telephone numbers masked; empty when they
    /// were left out.</summary>
    public string Message => EventSecrets.Masked(Source.Data);

    /// <summary>File that it was read from; null for the live log.</summary>
    public string? Path { get; internal init; }

    internal WritebackEvent Source { get; init; }

    internal WritebackEventMeaning Explained { get; }

    private WritebackCode? Telling { get; init; }

    /// <summary>Explains an event.</summary>
    /// <param name="source">The event.</param>
    /// <param name="path">File that it was read from; null for the live log.</param>
    /// <returns>The event with all that is published about it.</returns>
    public static WritebackEventRecord Of(WritebackEvent source, string? path)
    {
        WritebackEventDetails details = WritebackEventDetails.Of(source);
        return new WritebackEventRecord(source)
        {
            Codes = details.Codes,
            Telling = Best(details.Codes),
            TrackingId = details.TrackingId,
            UserId = details.UserId,
            User = details.UserPrincipalName,
            Path = path,
        };
    }

    /// <inheritdoc/>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} {1}", When.Stamp(Time), Explained);

    /// <summary>Of several codes the one whose explanation is surest.</summary>
    internal static WritebackCode? Best(IEnumerable<WritebackCode> codes) =>
        codes.Where(code => code.Cause is not null).OrderByDescending(code => code.Certainty).FirstOrDefault();
}
