using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace PasswordOps;

/// <summary>Finds the program that runs .NET applications.</summary>
internal static class DotnetHost
{
    /// <summary>Looks where the installers put it, in the order that .NET's own launchers use.</summary>
    /// <returns>Full path; the bare name when it is nowhere, which fails to start with the system's own error.</returns>
    internal static string Find()
    {
        bool windows = Path.DirectorySeparatorChar == '\\';
        string name = windows ? "dotnet.exe" : "dotnet";
        List<string?> folders = new() { Environment.GetEnvironmentVariable("DOTNET_ROOT") };
        folders.AddRange((Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator));
        folders.Add(windows
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "dotnet")
            : "/usr/share/dotnet");
        folders.Add("/usr/lib/dotnet");
        folders.Add("/usr/local/share/dotnet");
        folders.Add(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet"));
        return folders
            .Where(folder => !string.IsNullOrWhiteSpace(folder) && Path.IsPathRooted(folder))
            .Select(folder => Path.Combine(folder!, name))
            .FirstOrDefault(File.Exists) ?? name;
    }
}
