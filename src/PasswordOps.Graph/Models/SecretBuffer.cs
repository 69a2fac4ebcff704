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

    public static SecretBuffer For(char[] secret) => new((secret.Length * BytesPerCharacter) + Surroundings);

    public void Advance(int count) => length += count;

    public Memory<byte> GetMemory(int sizeHint = 0) => bytes.AsMemory(length);

    public Span<byte> GetSpan(int sizeHint = 0) => bytes.AsSpan(length);

    public void Dispose() => Array.Clear(bytes, 0, bytes.Length);

    public override string ToString() => "(hidden)";
}
