using System;
using System.IO;
using PasswordOps.Core;

namespace PasswordOps.Files;

/// <summary>
/// A file that is written beside its place, for its owner alone, and put there in one step when it is complete. Disposed before that, it
/// leaves nothing behind.
/// </summary>
internal sealed class DraftFile : IDisposable
{
    private readonly string path;
    private readonly bool overwrite;
    private readonly FileStream stream;
    private bool closed;

    private DraftFile(string path, bool overwrite, FileStream stream)
    {
        this.path = path;
        this.overwrite = overwrite;
        this.stream = stream;
    }

    /// <summary>Where to write; without a buffer.</summary>
    public Stream Stream => stream;

    /// <exception cref="PasswordOpsException"><c>FileExists</c>, <c>FileNotWritable</c>.</exception>
    public static DraftFile Create(string path, bool overwrite)
    {
        string full = FullPath(path);
        if (Directory.Exists(full))
        {
            throw FileErrors.NotWritable(path, Text.Of($"it is a folder."));
        }

        if (File.Exists(full))
        {
            // Putting the file in its place would take away a device, or a link that leads elsewhere.
            if ((File.GetAttributes(full) & (FileAttributes.Device | FileAttributes.ReparsePoint)) != 0 || IsDevice(full))
            {
                throw FileErrors.NotWritable(path, Text.Of($"it is a device or a link."));
            }

            if (!overwrite)
            {
                throw FileErrors.Exists(path);
            }
        }

        string draft = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
        try
        {
            return new DraftFile(full, overwrite, OwnFile.Open(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.NotWritable(path, e.Message, e);
        }
    }

    /// <summary>Does some of the writing; what goes wrong throws the draft away.</summary>
    /// <exception cref="PasswordOpsException"><c>FileExists</c>, <c>FileNotWritable</c>.</exception>
    public void Try(Action write)
    {
        if (closed)
        {
            throw new ObjectDisposedException(path);
        }

        try
        {
            write();
        }
        catch (Exception e)
        {
            Dispose();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw FileErrors.NotWritable(path, e.Message, e);
            }

            throw;
        }
    }

    /// <summary>Puts the file under its name.</summary>
    /// <exception cref="PasswordOpsException"><c>FileExists</c>, <c>FileNotWritable</c>.</exception>
    public void Complete() => Try(() =>
    {
        stream.Flush(flushToDisk: true);
        stream.Dispose();
        PutInPlace();
        closed = true;
    });

    public void Dispose()
    {
        if (closed)
        {
            return;
        }

        closed = true;
        stream.Dispose();
        try
        {
            File.Delete(stream.Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure before this one says more.
        }
    }

    private static bool IsDevice(string path) => path.StartsWith("/dev/", StringComparison.Ordinal);

    private static string FullPath(string path)
    {
        try
        {
            return Path.GetFullPath(path);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException)
        {
            throw FileErrors.NotWritable(path, e.Message, e);
        }
    }

    private void PutInPlace()
    {
        try
        {
#if NET
            File.Move(stream.Name, path, overwrite);
#else
            if (overwrite && File.Exists(path))
            {
                File.Replace(stream.Name, path, destinationBackupFileName: null);
                return;
            }

            File.Move(stream.Name, path);
#endif
        }
        catch (IOException e) when (!overwrite && File.Exists(path))
        {
            throw FileErrors.Exists(path, e);
        }
    }
}
