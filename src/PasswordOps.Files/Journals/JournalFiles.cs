using System;
using System.IO;
using System.Security.Cryptography.X509Certificates;
using PasswordOps.Core;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Files.Journals;

/// <summary>Keeps journals as files of JSON lines; docs/journal.md describes them.</summary>
public sealed class JournalFiles : IJournalFiles
{
    // Readers come and go while a run appends; other writers are kept out by a lock.
    private const FileShare Share = FileShare.ReadWrite | FileShare.Delete;

    private readonly KeyProtection protection;
    private readonly IClock clock;

    /// <summary>Creates the port with the keys of this account and this machine's certificate stores.</summary>
    public JournalFiles()
        : this(new KeyProtection(new AccountKeyFile(), CmsPasswordSealer.Personal), SystemClock.Instance)
    {
    }

    internal JournalFiles(KeyProtection protection, IClock clock)
    {
        this.protection = protection;
        this.clock = clock;
    }

    /// <inheritdoc/>
    public IJournal Create(string path, JournalHead head, SealingCertificate? protectTo)
    {
        path = FullPath(path);
        if (File.Exists(path) || Directory.Exists(path))
        {
            throw JournalErrors.Exists(path);
        }

        return Locked(path, inUse: JournalErrors.Exists, only =>
        {
            FileStream file = OwnFile.Open(path, FileMode.CreateNew, FileAccess.ReadWrite, Share);
            try
            {
                return Begin(new Place(path, only, file), head, isNew: true, length: 0, check: 0, protectTo);
            }
            catch
            {
                // Half a head would look like a journal that was broken.
                file.Dispose();
                File.Delete(path);
                throw;
            }
        });
    }

    /// <inheritdoc/>
    public IJournal Continue(string path, SealingCertificate? protectTo)
    {
        path = FullPath(path);
        if (!File.Exists(path))
        {
            throw Directory.Exists(path) ? JournalErrors.NotWritable(path, Text.Of($"it is a folder.")) : JournalErrors.NotFound(path);
        }

        return Locked(path, inUse: JournalErrors.InUse, only =>
        {
            FileStream file = OwnFile.Open(path, FileMode.Open, FileAccess.ReadWrite, Share);
            try
            {
                LineReader lines = new(file, file.Length, Path.GetFileName(path));
                JournalHead head = Journal.ReadHead(lines, Path.GetFileName(path));
                while (lines.Next())
                {
                    // Every line is tested: nothing may be appended to a journal that cannot be read.
                }

                return Begin(new Place(path, only, file), head, isNew: false, Mend(file, lines), lines.Check, protectTo);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        });
    }

    /// <inheritdoc/>
    public IJournal Open(string path, X509Certificate2? certificate)
    {
        path = FullPath(path);
        using FileStream file = Journal.OpenFile(path);
        try
        {
            string name = Path.GetFileName(path);
            JournalHead head = Journal.ReadHead(new LineReader(file, file.Length, name), name);
            return new Journal(path, head, protection, certificate);
        }
        catch (IOException e)
        {
            throw JournalErrors.Unreadable(path, e.Message, e);
        }
    }

    /// <inheritdoc/>
    public bool IsInUse(string path) => WriterLock.IsHeld(FullPath(path) + ".lock");

    private static string FullPath(string path)
    {
        try
        {
            return Path.GetFullPath(path);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException)
        {
            throw JournalErrors.NotFound(path, e);
        }
    }

    private static IJournal Locked(string path, Func<string, PasswordOpsException> inUse, Func<WriterLock, IJournal> open)
    {
        WriterLock? only = null;
        try
        {
            only = WriterLock.TryTake(path + ".lock") ?? throw inUse(path);
            return open(only);
        }
        catch (Exception e)
        {
            only?.Dispose();
            if (e is IOException or UnauthorizedAccessException)
            {
                string folder = Path.GetDirectoryName(path) ?? path;
                throw !Directory.Exists(folder) ? JournalErrors.FolderMissing(path, folder, e)
                    : e is UnauthorizedAccessException ? JournalErrors.NotAllowed(path, folder, e)
                    : JournalErrors.NotWritable(path, e.Message.Replace(path + ".lock", path), e);
            }

            throw;
        }
    }

    // Cuts off half a line, and gives a whole one the line end that it lacks.
    private static long Mend(FileStream file, LineReader lines)
    {
        if (file.Length > lines.WholeEnd)
        {
            file.SetLength(lines.WholeEnd);
        }

        if (!lines.LacksLineEnd)
        {
            return lines.WholeEnd;
        }

        file.Position = lines.WholeEnd;
        file.WriteByte((byte)'\n');
        file.Flush();
        return lines.WholeEnd + 1;
    }

    private Journal Begin(Place place, JournalHead head, bool isNew, long length, uint check, SealingCertificate? protectTo)
    {
        byte[] key = ValueCipher.NewKey();
        FileStream? flusher = null;
        try
        {
            WrappedKey wrapped = protection.Wrap(key, protectTo);
            flusher = OwnFile.Open(place.Path, FileMode.Open, FileAccess.Write, Share);
            JournalAppender appender = new(place.Path, place.Only, place.File, flusher, length, check);
            using JournalText text = new();
            byte[] begin = text.Key(wrapped, clock.UtcNow);
            appender.Append(isNew ? new[] { text.Head(head), begin } : new[] { begin }, flush: true);
            return new Journal(place.Path, head, protection, appender, new SealedValues(key, head.RunId), wrapped);
        }
        catch
        {
            flusher?.Dispose();
            throw;
        }
        finally
        {
            Array.Clear(key, 0, key.Length);
        }
    }

    private sealed record Place(string Path, WriterLock Only, FileStream File);
}
