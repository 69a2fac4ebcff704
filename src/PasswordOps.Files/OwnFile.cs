using System.IO;

namespace PasswordOps.Files;

/// <summary>Opens files that are for their owner alone.</summary>
internal static class OwnFile
{
    /// <summary>
    /// Opens a file without a buffer. One that it creates has mode 0600 on Unix from the beginning; on Windows it inherits the rights of
    /// its folder, which in a profile are those of the owner.
    /// </summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share, FileOptions options = FileOptions.None)
    {
#if NET
        FileStreamOptions all = new() { Mode = mode, Access = access, Share = share, Options = options, BufferSize = 0 };
        if (!System.OperatingSystem.IsWindows() && mode is not (FileMode.Open or FileMode.Truncate))
        {
            all.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, all);
#else
        // One byte is the smallest buffer there; whatever is longer goes straight to the file.
        return new FileStream(path, mode, access, share, 1, options);
#endif
    }
}
