using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;

namespace PasswordOps.Benchmarks;

/// <summary>What is measured, and the PowerShell to measure it in.</summary>
internal static class Subjects
{
    internal static string Module { get; } = Path("Module");

    internal static string EmptyModule { get; } = Path("EmptyModule");

    /// <summary>Runs a script in a fresh process without profile.</summary>
    /// <param name="script">The script.</param>
    /// <returns>What it printed, trimmed.</returns>
    internal static string Pwsh(string script)
    {
        using Process process = Start(script);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"pwsh ended with {process.ExitCode}: {output}");
    }

    /// <summary>Starts a script in a fresh process without profile; errors go where those of this process go.</summary>
    /// <param name="script">The script.</param>
    /// <param name="readsInput">The script reads lines that this process writes.</param>
    /// <returns>The process, whose output is to be read.</returns>
    internal static Process Start(string script, bool readsInput = false)
    {
        ProcessStartInfo start = new("pwsh") { RedirectStandardOutput = true, RedirectStandardInput = readsInput };
        foreach (string argument in new[] { "-NoProfile", "-NonInteractive", "-Command", script })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["NO_COLOR"] = "1";
        return Process.Start(start)!;
    }

    private static string Path(string key) => typeof(Subjects).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == key).Value!;
}
