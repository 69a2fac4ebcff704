using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using PasswordOps.Practice.Access;

namespace PasswordOps.Practice.Control;

/// <summary>One request as the log keeps it: what was asked and how it ended, never what was in it.</summary>
internal sealed partial record LogEntry
{
    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public DateTimeOffset Time { get; init; } = DateTimeOffset.UtcNow;

    public required string Method { get; init; }

    public required string Path { get; init; }

    public required int Status { get; init; }

    public required Guid RequestId { get; init; }

    public Caller? Caller { get; init; }

    /// <summary>The application of a sign-in, which has no caller yet.</summary>
    public string? ClientId { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>The batch that this request came in.</summary>
    public Guid? Batch { get; init; }

    /// <summary>Its id inside the batch.</summary>
    public string? Item { get; init; }

    /// <summary>Names of the properties written; their values are nobody's business.</summary>
    public IReadOnlyList<string> Properties { get; init; } = [];

    internal static IReadOnlyList<string> PropertyNames(JsonElement? body) =>
        body is { ValueKind: JsonValueKind.Object } element ? element.EnumerateObject().Select(property => property.Name).ToArray() : [];

    internal byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, s_json))
        {
            writer.WriteStartObject();
            writer.WriteString("time", Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            writer.WriteString("method", Method);
            writer.WriteString("path", Masked(Path));
            writer.WriteNumber("status", Status);
            writer.WriteString("requestId", RequestId);
            if (Batch is { } batch)
            {
                writer.WriteString("batch", batch);
                writer.WriteString("item", Item);
            }
            if (Caller is not null)
            {
                writer.WriteString("caller", Caller.Name);
                writer.WriteString("appId", Caller.AppId);
            }
            else if (ClientId is not null)
            {
                writer.WriteString("appId", ClientId);
            }
            writer.WriteNumber("milliseconds", Math.Round(Duration.TotalMilliseconds, 3));
            if (Properties.Count > 0)
            {
                writer.WriteStartArray("properties");
                foreach (string property in Properties)
                    writer.WriteStringValue(property);
                writer.WriteEndArray();
            }
            writer.WriteEndObject();
        }
        return buffer.ToArray();
    }

    /// <summary>An address can carry a number in a filter, or a code in a sign-in; both are cut out.</summary>
    internal static string Masked(string path)
    {
        path = Number().Replace(path, "***");
        return Secret().Replace(path, "$1***");
    }

    [GeneratedRegex(@"(\+|%2B|%2b)[0-9][0-9 ()x.+-]*(%20[0-9x()-]+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(
        @"((?:^|[?&])(?:user_code|device_code|code|client_secret|password|refresh_token|client_assertion)=)[^&]*",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}

/// <summary>Keeps the requests since start, and writes them to a file as JSON Lines when there is one.</summary>
internal sealed class RequestLog : IAsyncDisposable
{
    private const int Capacity = 100_000;

    private readonly Lock _gate = new();
    private readonly Queue<LogEntry> _entries = new();
    private readonly Channel<LogEntry>? _toFile;
    private readonly Task _writing = Task.CompletedTask;

    public RequestLog(string? file)
    {
        if (file is null)
            return;
        var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read);
        _toFile = Channel.CreateUnbounded<LogEntry>(new UnboundedChannelOptions { SingleReader = true });
        _writing = Task.Run(() => WriteAsync(stream, _toFile.Reader));
    }

    public void Add(LogEntry entry)
    {
        lock (_gate)
        {
            if (_entries.Count == Capacity)
                _entries.Dequeue();
            _entries.Enqueue(entry);
        }
        _toFile?.Writer.TryWrite(entry);
    }

    public IReadOnlyList<LogEntry> Entries()
    {
        lock (_gate)
            return _entries.ToArray();
    }

    public void Clear()
    {
        lock (_gate)
            _entries.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        _toFile?.Writer.TryComplete();
        await _writing;
    }

    private static async Task WriteAsync(FileStream stream, ChannelReader<LogEntry> entries)
    {
        await using (stream)
        {
            while (await entries.WaitToReadAsync())
            {
                while (entries.TryRead(out LogEntry? entry))
                {
                    await stream.WriteAsync(entry.ToJson());
                    stream.WriteByte((byte)'\n');
                }
                // Out of the process as soon as there is a pause, so that a kill loses next to nothing.
                await stream.FlushAsync();
            }
        }
    }
}
