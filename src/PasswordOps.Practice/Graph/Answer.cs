using System;
using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Text;
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

    /// <summary>
    /// Pages are a megabyte each. Making room for them anew every time makes the runtime look through the whole tenant for garbage.
    /// </summary>
    private static readonly ConcurrentBag<ArrayBufferWriter<byte>> s_pages = [];

    private ArrayBufferWriter<byte>? _page;

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    internal const string Html = "text/html";

    internal static Answer NoContent { get; } = new(204, default, null);

    /// <summary>There is none: the connection breaks.</summary>
    internal static Answer Nothing { get; } = new(0, default, null);

    internal static Answer Json(Action<Utf8JsonWriter> write, int status = 200) => new(status, Bytes(write), ODataJson);

    /// <summary>As <see cref="Json"/>, for what may be large. Whoever has sent it calls <see cref="Release"/>.</summary>
    internal static Answer Page(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = s_pages.TryTake(out ArrayBufferWriter<byte>? used) ? used : new ArrayBufferWriter<byte>(4096);
        Fill(buffer, write);
        return new Answer(200, buffer.WrittenMemory, ODataJson) { _page = buffer };
    }

    /// <summary>The body is not looked at again.</summary>
    internal void Release()
    {
        if (_page is not { } page)
            return;
        _page = null;
        page.ResetWrittenCount();
        s_pages.Add(page);
    }

    /// <summary>The same answer with a body that is no JSON: cut in the middle, or something else altogether.</summary>
    /// <param name="draw">From 0 to below 1, settles which.</param>
    /// <param name="item">It goes into a batch, whose own JSON stays whole.</param>
    internal Answer Spoilt(double draw, bool item)
    {
        Answer answer = Status == 204 ? this with { Status = 200 } : this;
        if (item)
            return answer.AsPage();
        bool cut = Body.Length > 1 && draw < 0.5;
        return answer with
        {
            ContentType = ContentType ?? PlainJson,
            Body = cut ? Body[..(Body.Length / 2)] : "{\"value\":[{\"id\":\u0000\uFFFD"u8.ToArray(),
        };
    }

    /// <summary>The same status with a page for people, as gateways answer.</summary>
    internal Answer AsPage() => this with
    {
        Body = Encoding.ASCII.GetBytes($"<html><head><title>{Status}</title></head><body><h1>Error {Status}</h1></body></html>"),
        ContentType = Html,
    };

    /// <summary>The same answer with one more header.</summary>
    internal Answer With(string header, string value) => this with
    {
        Headers = new Dictionary<string, string>(Headers ?? new Dictionary<string, string>()) { [header] = value },
    };

    /// <summary>Bodies may hold passwords and numbers.</summary>
    public override string ToString() => nameof(Answer);

    internal static ReadOnlyMemory<byte> Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        Fill(buffer, write);
        return buffer.WrittenMemory;
    }

    private static void Fill(ArrayBufferWriter<byte> buffer, Action<Utf8JsonWriter> write)
    {
        using var writer = new Utf8JsonWriter(buffer, s_json);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
    }
}
