using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using PasswordOps.Core;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Files;

/// <summary>Keeps records of grants as JSON, one file each.</summary>
public sealed class GrantUndoFiles : IGrantUndoFiles
{
    // A record holds a few lists of at most 64 kB, twice as text and twice in Base64.
    private const long Longest = 16_000_000;

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <inheritdoc/>
    public void Write(string path, GrantUndo undo)
    {
        if (path is null || undo is null)
        {
            throw new ArgumentNullException(path is null ? nameof(path) : nameof(undo));
        }

        if (File.Exists(path) || Directory.Exists(path))
        {
            throw FileErrors.Exists(path);
        }

        try
        {
            using FileStream file = OwnFile.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            using (Utf8JsonWriter json = new(file, Options))
            {
                Write(json, undo);
            }

            file.Flush(flushToDisk: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw FileErrors.NotWritable(path, fault.Message, fault);
        }
    }

    /// <inheritdoc/>
    public GrantUndo Read(string path)
    {
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (file.Length > Longest)
            {
                throw Invalid(path, Text.Of($"it is too long"), null);
            }

            using JsonDocument document = JsonDocument.Parse(file);
            JsonElement root = document.RootElement;
            return new GrantUndo
            {
                Version = root.GetProperty("version").GetInt32(),
                Domain = Required(root, "domain"),
                DomainSid = Optional(root, "domainSid"),
                Server = Required(root, "server"),
                Account = Required(root, "account"),
                AccountSid = Required(root, "accountSid"),
                At = root.GetProperty("at").GetDateTimeOffset(),
                Steps = root.GetProperty("steps").EnumerateArray().Select(Step).ToArray(),
            };
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PasswordOpsException(
                "GrantUndoNotFound", ErrorKind.NotFound, Text.Of($"There is no file '{path}'."),
                Text.Of($"Give the file that Grant-WritebackPermission named in its result."), fault);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Invalid(path, Text.Of($"it is not of the form that a grant writes"), fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Invalid(path, fault.Message, fault);
        }
    }

    private static void Write(Utf8JsonWriter json, GrantUndo undo)
    {
        json.WriteStartObject();
        json.WriteNumber("version", undo.Version);
        json.WriteString("domain", undo.Domain);
        json.WriteString("domainSid", undo.DomainSid);
        json.WriteString("server", undo.Server);
        json.WriteString("account", undo.Account);
        json.WriteString("accountSid", undo.AccountSid);
        json.WriteString("at", undo.At);
        json.WriteStartArray("steps");
        foreach (GrantUndoStep step in undo.Steps)
        {
            json.WriteStartObject();
            json.WriteString("object", step.DistinguishedName);
            json.WriteString("before", step.Before);
            json.WriteString("after", step.After);
            json.WriteString("descriptorBefore", step.DescriptorBefore);
            json.WriteString("descriptorAfter", step.DescriptorAfter);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static GrantUndoStep Step(JsonElement step) => new()
    {
        DistinguishedName = Required(step, "object"),
        Before = Required(step, "before"),
        After = Required(step, "after"),
        DescriptorBefore = Required(step, "descriptorBefore"),
        DescriptorAfter = Required(step, "descriptorAfter"),
    };

    private static string Required(JsonElement from, string name) => Optional(from, name) ?? throw new KeyNotFoundException(name);

    private static string? Optional(JsonElement from, string name) =>
        from.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value.GetString() : null;

    private static PasswordOpsException Invalid(string path, string why, Exception? inner) => new(
        "GrantUndoInvalid", ErrorKind.InvalidData, Text.Of($"The undo record '{path}' cannot be used: {why}."),
        Text.Of($"Give the file that the grant wrote, unchanged, and a domain controller of its domain."), inner);
}
