using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Practice.Access;

namespace PasswordOps.Practice.Control;

/// <summary>One request as the log keeps it: what was asked and how it ended, never what was in it.</summary>
internal sealed partial record LogEntry
{
    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Place in the log since start, counted from 1.</summary>
    public long Number { get; init; }

    public DateTimeOffset Time { get; init; } = DateTimeOffset.UtcNow;

    public required string Method { get; init; }

    public required string Path { get; init; }

    /// <summary>What the caller saw; 0 is nothing.</summary>
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

    /// <summary>Contact data among them, as keyed hashes: enough to prove which value was sent, useless without the key.</summary>
    public IReadOnlyList<ValueMark> Values { get; init; } = [];

    /// <summary>The request changed the tenant. Null outside Graph.</summary>
    public bool? Effect { get; init; }

    /// <summary>What the tenant came to itself, where the caller saw something else.</summary>
    public int? MadeStatus { get; init; }

    /// <summary>What went wrong with it.</summary>
    public string? Fault { get; init; }

    /// <summary>The limit that it ran into.</summary>
    public string? Throttle { get; init; }

    internal static IReadOnlyList<string> PropertyNames(JsonElement? body) =>
        body is { ValueKind: JsonValueKind.Object } element ? element.EnumerateObject().Select(property => property.Name).ToArray() : [];

    internal byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, s_json))
        {
            writer.WriteStartObject();
            writer.WriteNumber("number", Number);
            writer.WriteString("time", Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            writer.WriteString("method", Method);
            writer.WriteString("path", Masked(Path));
            writer.WriteNumber("status", Status);
            if (MadeStatus is { } made)
                writer.WriteNumber("madeStatus", made);
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
            if (Values.Count > 0)
            {
                writer.WriteStartObject("values");
                foreach (ValueMark value in Values)
                    value.Write(writer);
                writer.WriteEndObject();
            }
            if (Effect is { } effect)
                writer.WriteBoolean("effect", effect);
            if (Fault is not null)
                writer.WriteString("fault", Fault);
            if (Throttle is not null)
                writer.WriteString("throttle", Throttle);
            writer.WriteEndObject();
        }
        return buffer.ToArray();
    }

    /// <summary>An address can carry a number in a filter, or a code in a sign-in; both are cut out.</summary>
    internal static string Masked(string path)
    {
        path = PhoneNumber().Replace(path, "***");
        return Secret().Replace(path, "$1***");
    }

    [GeneratedRegex(@"(\+|%2B|%2b)[0-9][0-9 ()x.+-]*(%20[0-9x()-]+)*", RegexOptions.CultureInvariant)]
    private static partial Regex PhoneNumber();

    [GeneratedRegex(
        @"((?:^|[?&])(?:user_code|device_code|code|client_secret|password|refresh_token|client_assertion)=)[^&]*",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}

/// <summary>A property that was written, with a keyed hash for each of its values. No hash stands for null.</summary>
internal sealed record ValueMark(string Property, IReadOnlyList<string?> Hashes, bool Many)
{
    internal void Write(Utf8JsonWriter writer)
    {
        writer.WritePropertyName(Property);
        if (Many)
            writer.WriteStartArray();
        foreach (string? hash in Hashes)
            writer.WriteStringValue(hash);
        if (Many)
            writer.WriteEndArray();
    }
}

/// <summary>
/// Keeps the requests since start, and writes them to a file as JSON Lines when there is one. An entry is there before its answer leaves.
/// </summary>
internal sealed class RequestLog : IAsyncDisposable
{
    private const int Capacity = 100_000;

    private readonly Lock _gate = new();
    private readonly Queue<LogEntry> _entries = new();
    private readonly FileStream? _file;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private LogCounts _counts = new();
    private long _number;
    private bool _unflushed;
    private bool _closed;

    public RequestLog(string? file)
    {
        if (file is not null)
            _file = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read, 1 << 16);
    }

    /// <summary>Of the hashes of values, in hexadecimal. It is not in the file: with the key a number can be guessed.</summary>
    public string Key => Convert.ToHexString(_key);

    public void Add(LogEntry entry)
    {
        lock (_gate)
        {
            entry = entry with { Number = ++_number };
            if (_entries.Count == Capacity)
                _entries.Dequeue();
            _entries.Enqueue(entry);
            _counts.Add(entry);
            if (_file is null || _closed)
                return;
            _file.Write(entry.ToJson());
            _file.WriteByte((byte)'\n');
            _unflushed = true;
        }
    }

    /// <summary>Hands what was added to the operating system. Whoever answers a request does this first.</summary>
    public void Flush()
    {
        if (_file is null)
            return;
        lock (_gate)
        {
            if (_unflushed && !_closed)
                _file.Flush();
            _unflushed = false;
        }
    }

    /// <summary>Those behind a place that are still kept, the oldest first.</summary>
    public IReadOnlyList<LogEntry> Entries(long after = 0)
    {
        lock (_gate)
            return after == 0 ? _entries.ToArray() : _entries.SkipWhile(entry => entry.Number <= after).ToArray();
    }

    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
            _counts = new LogCounts();
        }
    }

    public void WriteCounts(Utf8JsonWriter writer)
    {
        lock (_gate)
            _counts.Write(writer);
    }

    /// <summary>The contact data in the body of a write.</summary>
    public IReadOnlyList<ValueMark> Marks(JsonElement? body)
    {
        if (body is not { ValueKind: JsonValueKind.Object } element)
            return [];
        List<ValueMark>? marks = null;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.Name is not ("phoneNumber" or "emailAddress" or "mobilePhone" or "businessPhones" or "otherMails"))
                continue;
            bool many = property.Value.ValueKind == JsonValueKind.Array;
            string?[] hashes = many ? property.Value.EnumerateArray().Select(Hash).ToArray() : [Hash(property.Value)];
            (marks ??= []).Add(new ValueMark(property.Name, hashes, many));
        }
        return marks ?? (IReadOnlyList<ValueMark>)[];
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closed = true;
            _file?.Dispose();
        }
        return ValueTask.CompletedTask;
    }

    private string? Hash(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? Convert.ToHexString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(value.GetString()!)))
        : null;
}
