using System;
using System.IO;
using System.Runtime.InteropServices;

namespace PasswordOps.Files.Journals;

/// <summary>
/// A lock between processes: a file that one of them holds open. It goes with the process that holds it, however that ends. The lock is on
/// a file of its own, since on Unix a lock on the journal itself would keep its readers out.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private const int Attempts = 5;

    private static readonly bool OnWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    private readonly FileStream file;
    private bool disposed;

    private WriterLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock, without waiting.</summary>
    /// <param name="path">The lock's file.</param>
    /// <returns>The lock; null when somebody holds it.</returns>
    /// <exception cref="IOException">There cannot be such a file here.</exception>
    /// <exception cref="UnauthorizedAccessException">There may not be such a file here.</exception>
    public static WriterLock? TryTake(string path)
    {
        FileStream? file = null;
        for (int attempt = 1; file is null; attempt++)
        {
            try
            {
                FileOptions options = OnWindows ? FileOptions.DeleteOnClose : FileOptions.None;
                file = OwnFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, options);
            }
            catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
            {
                if (File.Exists(path))
                {
                    return null;
                }

                // Whoever held it may have let go and deleted it since; what fails again and again has another reason.
                if (attempt == Attempts)
                {
                    throw;
                }
            }
        }

        if (OnWindows || IsSeen(file, path))
        {
            return new WriterLock(file);
        }

        file.Dispose();
        return null;
    }

    /// <summary>Tells whether somebody holds the lock, without taking it.</summary>
    /// <param name="path">The lock's file.</param>
    /// <returns>True when somebody does; false also when it cannot be told.</returns>
    public static bool IsHeld(string path)
    {
        try
        {
            using FileStream probe = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        if (!OnWindows)
        {
            try
            {
                // While it is held: deleted later it might be somebody else's.
                File.Delete(file.Name);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It stays behind, and locks nobody out.
            }
        }

        file.Dispose();
    }

    // On Unix whoever held it may have deleted the file between our opening and our locking it: then we hold a file that nobody else can
    // see. A length that nobody else chooses tells.
    private static bool IsSeen(FileStream file, string path)
    {
        try
        {
            long mark = 1 + (Guid.NewGuid().GetHashCode() & 0xFFFF);
            file.SetLength(mark);
            FileInfo seen = new(path);
            return seen.Exists && seen.Length == mark;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
