#if NET
using System;
using System.Diagnostics;
using System.IO;

namespace PasswordOps.Files.Tests;

/// <summary>A disk of a few pages, which only root can have.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    public static SmallDisk Mount(string parent)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Mounting a small disk needs Linux.");
        string folder = Path.Combine(parent, "disk");
        Directory.CreateDirectory(folder);
        Skip.IfNot(Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder), "Mounting a small disk needs root.");
        return new SmallDisk(folder);
    }

    public void Grow() => Assert.True(Run("mount", "-o", "remount,size=1m", Folder));

    public void MakeReadOnly() => Assert.True(Run("mount", "-o", "remount,ro", Folder));

    public void Dispose() => Assert.True(Run("umount", Folder));

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
#endif
