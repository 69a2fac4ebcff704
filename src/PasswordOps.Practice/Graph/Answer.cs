using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PasswordOps.Practice.Graph;

/// <summary>What Graph answers: to a request of its own, or to one inside a batch.</summary>
internal sealed record Answer(int Status, ReadOnlyMemory<byte> Body, string? ContentType)
{
    internal const string ODataJson =
        "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

    internal const string PlainJson = "application/json";

    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    internal static Answer NoContent { get; } = new(204, default, null);

    internal static Answer Json(Action<Utf8JsonWriter> write, int status = 200) => new(status, Bytes(write), ODataJson);

    /// <summary>Bodies may hold passwords and numbers.</summary>
    public override string ToString() => nameof(Answer);

    internal static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, s_json))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }
}
