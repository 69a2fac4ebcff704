using System;
using System.Buffers;

namespace PasswordOps.Graph.Models;

/// <summary>Bytes that hold a secret: one array that never grows, so that no copy is left behind, erased when disposed.</summary>
internal sealed class SecretBuffer : IBufferWriter<byte>, IDisposable
{
    // A character becomes six when escaped, and the writer wants room for three bytes each before it begins.
    private const int BytesPerCharacter = 18;
    private const int Surroundings = 1024;

    private readonly byte[] bytes;
    private int length;

    private SecretBuffer(int size)
    {
        bytes = new byte[size];
    }

    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, length);

    /// <summary>Room for a JSON body with text of so many characters.</summary>
    public static SecretBuffer For(int characters) => new((characters * BytesPerCharacter) + Surroundings);

    /// <summary>Room for so many bytes of JSON that are written as they are.</summary>
    public static SecretBuffer OfBytes(int bytes) => new(bytes + Surroundings);

    public void Advance(int count) => length += count;

    public Memory<byte> GetMemory(int sizeHint = 0) => bytes.AsMemory(length);

    public Span<byte> GetSpan(int sizeHint = 0) => bytes.AsSpan(length);

    public void Dispose() => Array.Clear(bytes, 0, bytes.Length);

    public override string ToString() => "(hidden)";
}
