using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using PasswordOps.Core;

namespace PasswordOps.Files.Journals;

/// <summary>
/// Appends lines to a journal, each call as one write. Threads that wait for the disk at the same time share one flush. After a failure the
/// file ends with the last whole line again; where even that fails, nothing more is written.
/// </summary>
internal sealed class JournalAppender : IDisposable
{
    private readonly string path;
    private readonly WriterLock only;
    private readonly FileStream file;
    private readonly FileStream flusher;
    private readonly object gate = new();
    private readonly object flushGate = new();
    private uint check;
    private long length;
    private long flushed;
    private bool flushing;
    private Exception? fault;

    /// <summary>Takes over a journal.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="only">The lock on it.</param>
    /// <param name="file">The file, for writing.</param>
    /// <param name="flusher">The same file opened once more: a stream is for one thread at a time, and writing goes on during a flush.
    /// </param>
    /// <param name="length">Where the last whole line ends.</param>
    /// <param name="check">Its check.</param>
    public JournalAppender(string path, WriterLock only, FileStream file, FileStream flusher, long length, uint check)
    {
        this.path = path;
        this.only = only;
        this.file = file;
        this.flusher = flusher;
        this.length = length;
        this.check = check;
    }

    /// <summary>Where the last whole line ends.</summary>
    public long Length
    {
        get
        {
            lock (gate)
            {
                return length;
            }
        }
    }

    /// <summary>Appends lines.</summary>
    /// <param name="bodies">The lines, each without closing brace.</param>
    /// <param name="flush">True to return when they are on the disk.</param>
    /// <exception cref="PasswordOpsException"><c>JournalNotWritable</c>.</exception>
    public void Append(IReadOnlyList<byte[]> bodies, bool flush)
    {
        long end = Write(bodies);
        if (flush)
        {
            FlushUpTo(end);
        }
    }

    /// <summary>Takes the file away, still under the lock, and closes it.</summary>
    /// <exception cref="PasswordOpsException"><c>JournalNotWritable</c>.</exception>
    public void Delete()
    {
        try
        {
            // Its readers and its own streams allow it.
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw JournalErrors.NotWritable(path, e.Message, e);
        }
        finally
        {
            Close();
        }
    }

    public void Dispose()
    {
        try
        {
            FlushUpTo(Length);
        }
        catch (Exception e) when (e is PasswordOpsException or ObjectDisposedException)
        {
            // Nobody waits for these lines: whoever has to be sure of them asked for a flush of its own.
        }

        Close();
    }

    private void Close()
    {
        lock (gate)
        {
            fault = new ObjectDisposedException(path);
            file.Dispose();
            flusher.Dispose();
            only.Dispose();
        }
    }

    private long Write(IReadOnlyList<byte[]> bodies)
    {
        int size = 0;
        foreach (byte[] body in bodies)
        {
            if (body.Length > LineReader.LineLimit - LineReader.CheckLength)
            {
                throw new ArgumentException("An entry is longer than a line of a journal can be.", nameof(bodies));
            }

            size += body.Length + LineReader.CheckLength + 1;
        }

        byte[] block = new byte[size];
        lock (gate)
        {
            ThrowIfUnusable();
            uint last = check;
            int at = 0;
            foreach (byte[] body in bodies)
            {
                last = LineCheck.Over(last, body);
                Buffer.BlockCopy(body, 0, block, at, body.Length);
                LineReader.WriteCheck(block.AsSpan(at + body.Length), last);
                at += body.Length + LineReader.CheckLength + 1;
            }

            try
            {
                file.Position = length;
                file.Write(block, 0, size);
                file.Flush();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                TakeBack(e);
                throw JournalErrors.NotWritable(path, e.Message, e);
            }

            check = last;
            length += size;
            return length;
        }
    }

    private void TakeBack(Exception e)
    {
        try
        {
            file.SetLength(length);
        }
        catch (Exception second) when (second is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // A half line may stand at the end. A reader passes it over there, and must not find anything behind it.
            fault = e;
        }
    }

    private void FlushUpTo(long end)
    {
        lock (flushGate)
        {
            while (flushing && flushed < end)
            {
                Monitor.Wait(flushGate);
            }

            if (flushed >= end)
            {
                // Somebody else's flush took these lines along.
                return;
            }

            flushing = true;
        }

        long reached = 0;
        try
        {
            reached = Flush();
        }
        finally
        {
            lock (flushGate)
            {
                flushed = Math.Max(flushed, reached);
                flushing = false;
                Monitor.PulseAll(flushGate);
            }
        }
    }

    // Says up to where the file is on the disk now. Others write meanwhile.
    private long Flush()
    {
        long reached;
        lock (gate)
        {
            ThrowIfUnusable();
            reached = length;
        }

        try
        {
            flusher.Flush(flushToDisk: true);
            return reached;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What the disk has is not known any more, and a second flush that succeeds would not tell.
            lock (gate)
            {
                fault ??= e;
            }

            throw JournalErrors.NotWritable(path, e.Message, e);
        }
    }

    private void ThrowIfUnusable()
    {
        if (fault is ObjectDisposedException)
        {
            throw new ObjectDisposedException(path);
        }

        if (fault is not null)
        {
            throw JournalErrors.NotWritable(path, Text.Of($"writing to it failed before. {fault.Message}"), fault);
        }
    }
}
