using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace PasswordOps.Benchmarks;

/// <summary>A practice tenant in a process of its own, from the built module.</summary>
internal sealed class PracticeServer : IDisposable
{
    private readonly Process process;

    internal PracticeServer(int users, int latency, params string[] options)
    {
        Folder = Directory.CreateTempSubdirectory("passwordops-benchmark-").FullName;
        ReadyFile = Path.Combine(Folder, "ready.json");
        LogFile = Path.Combine(Folder, "requests.jsonl");
        string program = Path.Combine(Path.GetDirectoryName(Subjects.Module)!, "practice", "PasswordOps.Practice.dll");
        ProcessStartInfo start = new("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string argument in new[]
        {
            program, "serve", "--stop-with-stdin", "--users", users.ToString(CultureInfo.InvariantCulture), "--latency",
            latency.ToString(CultureInfo.InvariantCulture), "--log", LogFile,
        }.Concat(options))
        {
            start.ArgumentList.Add(argument);
        }

        process = Process.Start(start)!;
        File.WriteAllText(
            ReadyFile, process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The practice tenant did not start."));
    }

    /// <summary>Folder that goes away with the tenant.</summary>
    internal string Folder { get; }

    /// <summary>File with the line that the tenant printed.</summary>
    internal string ReadyFile { get; }

    /// <summary>File to which the tenant logs every request and every item of a batch.</summary>
    internal string LogFile { get; }

    /// <summary>The first lines of a script that works in this tenant.</summary>
    internal string Connect =>
        $"$ErrorActionPreference = 'Stop'; Import-Module '{Subjects.Module}'; "
        + $"$null = Connect-PasswordOps -PracticeTenant (Get-Content -Raw '{ReadyFile}'); ";

    /// <summary>Writes a sheet with a number for each user.</summary>
    /// <param name="name">File name.</param>
    /// <param name="users">Users.</param>
    /// <param name="area">Area code, so that two sheets differ in every number.</param>
    /// <returns>Its path.</returns>
    internal string Sheet(string name, IEnumerable<string> users, int area)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllLines(
            path,
            users.Select((user, i) => string.Create(CultureInfo.InvariantCulture, $"{user},+1 {area + (i / 100 % 300)}55501{i % 100:00}"))
                .Prepend("UserPrincipalName,Mobile"));
        return path;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit(5000);
        process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
