using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace PasswordOps.Benchmarks;

/// <summary>A practice tenant in a process of its own, from the built module.</summary>
internal sealed class PracticeServer : IDisposable
{
    private readonly Process process;

    internal PracticeServer(int users, int latency)
    {
        Folder = Directory.CreateTempSubdirectory("passwordops-benchmark-").FullName;
        ReadyFile = Path.Combine(Folder, "ready.json");
        string program = Path.Combine(Path.GetDirectoryName(Subjects.Module)!, "practice", "PasswordOps.Practice.dll");
        ProcessStartInfo start = new("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string argument in new[]
        {
            program, "serve", "--stop-with-stdin", "--users", users.ToString(CultureInfo.InvariantCulture), "--latency",
            latency.ToString(CultureInfo.InvariantCulture),
        })
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

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit(5000);
        process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
