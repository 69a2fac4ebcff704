using System;
using System.IO;
using System.Text;
using System.Threading;
using PasswordOps.Core;

namespace PasswordOps.Files.Journals;

/// <summary>
/// The key of this account on this machine, for systems without a Data Protection API: a file in the account's profile that it alone may
/// read.
/// </summary>
internal sealed class AccountKeyFile
{
    private const string FirstLine = "PasswordOps journal key 1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string folder;

    /// <summary>The key in the profile of the account that this process runs under.</summary>
    public AccountKeyFile()
        : this(System.IO.Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "PasswordOps"))
    {
    }

    internal AccountKeyFile(string folder)
    {
        this.folder = folder;
        Path = System.IO.Path.Combine(folder, "journal.key");
    }

    /// <summary>Where it is, or would be.</summary>
    public string Path { get; }

    /// <summary>What a journal calls a key by, to tell it from another; it tells nothing of the key.</summary>
    public static string NameOf(byte[] key) =>
        BitConverter.ToString(ValueCipher.Derived(key, "PasswordOps journal key name"), 0, 8).Replace("-", string.Empty);

    /// <summary>Reads the key; null when there is none.</summary>
    /// <exception cref="Core.PasswordOpsException"><c>JournalKeyMissing</c>: it cannot be read.</exception>
    public byte[]? Read()
    {
        try
        {
            return File.Exists(Path) ? Parse(File.ReadAllText(Path, Encoding.ASCII)) ?? throw JournalErrors.KeyFileDamaged(Path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw JournalErrors.KeyFileUnreadable(Path, e);
        }
    }

    /// <summary>Reads the key, and makes it when there is none.</summary>
    /// <exception cref="Core.PasswordOpsException"><c>JournalNotWritable</c>: there can be no key.</exception>
    public byte[] GetOrMake()
    {
        try
        {
            return Read() ?? Make();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw JournalErrors.NoKeyFile(Path, e);
        }
    }

    private byte[] Make()
    {
        if (!System.IO.Path.IsPathRooted(folder))
        {
            throw new IOException(Text.Of($"This account has no folder for application data."));
        }

        MakeFolder();
        DateTime until = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < until)
        {
            // Two processes that both begin their first journal have to end up with the same key.
            using (WriterLock? only = WriterLock.TryTake(Path + ".lock"))
            {
                if (only is not null)
                {
                    return Read() ?? Write();
                }
            }

            Thread.Sleep(20);
        }

        throw new IOException(Text.Of($"Another process is making it, and does not end."));
    }

    private byte[] Write()
    {
        byte[] key = ValueCipher.NewKey();
        byte[] content = Encoding.ASCII.GetBytes($"{FirstLine}\n{Convert.ToBase64String(key)}\n");
        string draft = Path + "." + Guid.NewGuid().ToString("N") + ".new";
        try
        {
            using (FileStream file = OwnFile.Open(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                file.Write(content, 0, content.Length);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, Path);
            return key;
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
        finally
        {
            Array.Clear(content, 0, content.Length);
        }
    }

    private void MakeFolder()
    {
#if NET
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }
#endif
        Directory.CreateDirectory(folder);
    }

    private static byte[]? Parse(string text)
    {
        string[] lines = text.Split('\n');
        try
        {
            return lines.Length >= 3 && lines[0] == FirstLine && Convert.FromBase64String(lines[1]) is { Length: ValueCipher.KeyLength } key
                ? key
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
