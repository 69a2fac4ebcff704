using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;

namespace PasswordOps;

/// <summary>The collector that the module carries: copied out for a sync server, or run where this is one.</summary>
internal static class CollectorScript
{
    /// <summary>Name of the script.</summary>
    internal const string Name = "Get-WritebackEvidence.ps1";

    /// <summary>Where the module has it: beside the folder of this edition.</summary>
    private static string Path => System.IO.Path.Combine(
        System.IO.Path.GetDirectoryName(System.IO.Path.GetDirectoryName(typeof(CollectorScript).Assembly.Location)!)!, "Collector", Name);

    /// <summary>Copies it out.</summary>
    /// <param name="target">File, or a folder that is there.</param>
    /// <returns>The copy.</returns>
    internal static FileInfo Save(string target)
    {
        string file = Directory.Exists(target) ? System.IO.Path.Combine(target, Name) : target;
        try
        {
            File.Copy(Path, file, overwrite: true);
            return new FileInfo(file);
        }
        catch (FileNotFoundException e) when (!File.Exists(Path))
        {
            throw new PasswordOpsException(
                "ModuleIncomplete", ErrorKind.NotInstalled, Text.Of($"The module has no Collector/{Name}."),
                Text.Of($"Install PasswordOps again; parts of its folder are missing."), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new PasswordOpsException(
                "CollectorNotSaved", ErrorKind.InvalidArgument, Text.Of($"The collector cannot be written to '{file}': {e.Message}"),
                Text.Of($"Give a folder that is there, or a file in one, that you may write to."), e);
        }
    }

    /// <summary>Runs it in the Windows PowerShell of the system.</summary>
    /// <param name="folder">Where the evidence is to go.</param>
    /// <param name="stop">Ends the work, and the collector with it.</param>
    /// <returns>A task that ends with it.</returns>
    internal static async Task RunAsync(string folder, CancellationToken stop)
    {
        string shell = System.IO.Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.System), "WindowsPowerShell", "v1.0", "powershell.exe");
        ProcessStartInfo start = new(shell)
        {
            Arguments = $"-NoProfile -NonInteractive -ExecutionPolicy Bypass -File \"{Path}\" -Path \"{folder}\"",
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        using Process process = Process.Start(start) ?? throw NotStarted();
        using CancellationTokenRegistration end = stop.Register(() => End(process));
        await Task.Run(process.WaitForExit, CancellationToken.None).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
        {
            throw NotStarted();
        }
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself at the same moment.
        }
    }

    private static PasswordOpsException NotStarted() => new(
        "CollectorFailed", ErrorKind.InvalidOperation, Text.Of($"The collector did not run through on this server."),
        Text.Of($"Save it with -SaveCollector and run it by hand in an elevated Windows PowerShell."));
}
