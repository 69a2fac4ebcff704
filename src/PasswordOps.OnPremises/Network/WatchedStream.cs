using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.OnPremises.Network;

/// <summary>A connection under TLS, with an eye on what comes in: TLS itself does not tell a goodbye from a line that was cut.</summary>
internal sealed class WatchedStream : Stream
{
    private readonly Stream inner;

    public WatchedStream(Stream inner) => this.inner = inner;

    /// <summary>First byte that came; null before it.</summary>
    public byte? First { get; private set; }

    /// <summary>True once the connection ended (FIN).</summary>
    public bool HasEnded { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Seen(buffer, offset, count, inner.Read(buffer, offset, count));

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Seen(buffer, offset, count, await inner.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false));

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, offset, count, cancellationToken);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // A read of no bytes only waits for some.
    private int Seen(byte[] buffer, int offset, int wanted, int count)
    {
        if (count > 0)
        {
            First ??= buffer[offset];
        }
        else if (wanted > 0)
        {
            HasEnded = true;
        }

        return count;
    }
}
