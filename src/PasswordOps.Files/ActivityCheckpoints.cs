using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using PasswordOps.Core;
using PasswordOps.Core.Activity;
using PasswordOps.Files.Journals;

namespace PasswordOps.Files;

/// <summary>
/// Keeps checkpoints as small JSON files. A new one is written beside the old one and put in its place, so that a run which is torn off
/// leaves the old one whole.
/// </summary>
public sealed class ActivityCheckpoints : IActivityCheckpoints
{
    private const int Version = 1;
    private const int MostBytes = 64 * 1024 * 1024;

    /// <inheritdoc/>
    public IActivityCheckpointFile Open(string path)
    {
        WriterLock? only = null;
        try
        {
            only = WriterLock.TryTake(path + ".lock");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw CheckpointErrors.NotWritable(path, e);
        }

        if (only is null)
        {
            throw CheckpointErrors.InUse(path);
        }

        try
        {
            return new Held(path, Read(path), only);
        }
        catch
        {
            only.Dispose();
            throw;
        }
    }

    private static ActivityCheckpoint? Read(string path)
    {
        byte[] content;
        try
        {
            if (Directory.Exists(path))
            {
                throw CheckpointErrors.Broken(path, Text.Of($"it is a folder"));
            }

            if (!File.Exists(path))
            {
                return null;
            }

            if (new FileInfo(path).Length > MostBytes)
            {
                throw CheckpointErrors.Broken(path, Text.Of($"it is far too long"));
            }

            content = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CheckpointErrors.Unreadable(path, e);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            JsonElement root = document.RootElement;
            int version = root.GetProperty("checkpoint").GetInt32();
            if (version != Version)
            {
                throw CheckpointErrors.TooNew(path, version);
            }

            List<string> given = new();
            foreach (JsonElement id in root.GetProperty("given").EnumerateArray())
            {
                given.Add(id.GetString() ?? throw new FormatException());
            }

            return new ActivityCheckpoint
            {
                TenantId = root.GetProperty("tenant").GetString() ?? throw new FormatException(),
                User = root.GetProperty("user").GetString(),
                StepsOnly = root.GetProperty("steps").GetBoolean(),
                Until = root.GetProperty("until").GetDateTimeOffset().ToUniversalTime(),
                Given = given,
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw CheckpointErrors.Broken(path, Text.Of($"its content is not whole"), e);
        }
    }

    private static byte[] Written(ActivityCheckpoint value)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("checkpoint", Version);
            json.WriteString("tenant", value.TenantId);
            json.WriteString("user", value.User);
            json.WriteBoolean("steps", value.StepsOnly);
            json.WriteString("until", value.Until);
            json.WriteStartArray("given");
            foreach (string id in value.Given)
            {
                json.WriteStringValue(id);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private sealed class Held : IActivityCheckpointFile
    {
        private readonly string path;
        private readonly WriterLock only;

        public Held(string path, ActivityCheckpoint? value, WriterLock only)
        {
            this.path = path;
            this.only = only;
            Value = value;
        }

        public ActivityCheckpoint? Value { get; private set; }

        public void Save(ActivityCheckpoint value)
        {
            string draft = path + ".new";
            try
            {
                // Nobody else has one of that name: the lock keeps other runs out, and what is there was left by one that was torn off.
                byte[] content = Written(value);
                using (FileStream file = OwnFile.Open(draft, FileMode.Create, FileAccess.Write, FileShare.None))
                {
                    file.Write(content, 0, content.Length);
                    file.Flush(flushToDisk: true);
                }

                if (File.Exists(path))
                {
                    File.Replace(draft, path, null);
                }
                else
                {
                    File.Move(draft, path);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw CheckpointErrors.NotWritable(path, e);
            }

            Value = value;
        }

        public void Dispose() => only.Dispose();
    }
}
