using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using PasswordOps.Core.Bulk;

namespace PasswordOps.Files.Journals;

/// <summary>Writes the lines of a journal, but for the check at their end. docs/journal.md describes them.</summary>
internal sealed class JournalText : IDisposable
{
    private static readonly JsonWriterOptions Options = new()
    {
        // For a file of its own, not for a web page: a name keeps its letters.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly MemoryStream stream = new();
    private readonly Utf8JsonWriter json;

    public JournalText() => json = new Utf8JsonWriter(stream, Options);

    /// <summary>The version that a first line names; null when it is not the first line of a journal.</summary>
    public static int? VersionOf(ReadOnlySpan<byte> line)
    {
        try
        {
            Utf8JsonReader reader = new(line, isFinalBlock: false, default);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject
                && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("journal")
                && reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int version) && version > 0
                ? version
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The first line.</summary>
    public byte[] Head(JournalHead head)
    {
        json.WriteStartObject();
        json.WriteNumber("journal", head.Version);
        json.WriteString("run", head.RunId);
        json.WriteString("operation", head.Operation);
        json.WriteString("tenant", head.TenantId);
        json.WriteString("account", head.Account);
        json.WriteString("source", head.Source);
        json.WriteString("digest", head.SourceDigest);
        json.WriteStartObject("options");
        foreach (KeyValuePair<string, string> option in head.Options)
        {
            json.WriteString(option.Key, option.Value);
        }

        json.WriteEndObject();
        json.WriteString("started", head.Started.UtcDateTime);
        json.WriteString("module", head.ModuleVersion);
        return Body();
    }

    /// <summary>The line that begins a segment.</summary>
    public byte[] Key(WrappedKey key, DateTimeOffset at)
    {
        Begin("key", at);
        json.WriteString("b", key.By);
        json.WriteString("d", key.Name);
        WriteOptional("h", key.Account);
        json.WriteBase64String("y", key.Key);
        return Body();
    }

    /// <summary>An entry's line.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="values">Encrypts its values.</param>
    public byte[] Entry(JournalEntry entry, SealedValues values)
    {
        IReadOnlyList<JournalChange> changes = Array.Empty<JournalChange>();
        switch (entry)
        {
            case JournalBegun begun:
                Begin("begun", begun.At);
                json.WriteNumber("n", begun.ProcessId);
                break;
            case JournalPlanned planned:
                Begin("planned", planned.At);
                json.WriteNumber("r", planned.Row);
                json.WriteString("u", planned.User);
                WriteOptional("i", planned.UserId);
                WriteOptional("e", planned.ErrorId);
                WriteOptional("w", planned.Reason);
                changes = planned.Changes;
                break;
            case JournalPlanEnd end:
                Begin("planend", end.At);
                json.WriteNumber("n", end.Rows);
                break;
            case JournalSending sending:
                Begin("sending", sending.At);
                json.WriteNumber("r", sending.Row);
                json.WriteString("u", sending.User);
                json.WriteString("i", sending.UserId);
                changes = new[] { sending.Change };
                break;
            case JournalOutcome outcome:
                Begin("outcome", outcome.At);
                json.WriteNumber("r", outcome.Row);
                json.WriteString("f", outcome.Field);
                json.WriteString("o", outcome.Kind.ToString());
                WriteOptional("e", outcome.ErrorId);
                WriteOptional("q", outcome.RequestId);
                json.WriteNumber("n", outcome.Attempts);
                break;
            case JournalEnd end:
                Begin("end", end.At);
                break;
            default:
                throw new ArgumentException($"A journal has no line for {entry.GetType().Name}.", nameof(entry));
        }

        return Body(changes, values);
    }

    public void Dispose()
    {
        json.Dispose();
        stream.Dispose();
    }

    private void Begin(string kind, DateTimeOffset at)
    {
        json.WriteStartObject();
        json.WriteString("k", kind);
        json.WriteString("t", at.UtcDateTime);
    }

    private void WriteOptional(string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private byte[] Body(IReadOnlyList<JournalChange> changes, SealedValues values)
    {
        if (changes.Count == 0)
        {
            return Body();
        }

        json.WriteStartArray("g");
        foreach (JournalChange change in changes)
        {
            json.WriteStartArray();
            json.WriteStringValue(change.Field);
            json.WriteStringValue(change.Action);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        byte[] body = Body();
        return changes.All(change => change.HasValues) ? values.Append(body, changes) : body;
    }

    // Without the brace that closes the line: values and check are still to come.
    private byte[] Body()
    {
        json.Flush();
        byte[] body = stream.ToArray();
        stream.SetLength(0);
        json.Reset(stream);
        return body;
    }
}
