using System;
using System.IO;

namespace PasswordOps.OnPremises;

/// <summary>A stream whose first bytes were looked at already, from its beginning: a pipe cannot be set back.</summary>
internal sealed class RewoundStream : Stream
{
    private readonly byte[] _top;
    private readonly int _count;
    private readonly Stream _rest;
    private int _next;

    public RewoundStream(byte[] top, int count, Stream rest)
    {
        _top = top;
        _count = count;
        _rest = rest;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int left = Math.Min(count, _count - _next);
        if (left <= 0)
        {
            return _rest.Read(buffer, offset, count);
        }

        Array.Copy(_top, _next, buffer, offset, left);
        _next += left;
        return left;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rest.Dispose();
        }

        base.Dispose(disposing);
    }
}
