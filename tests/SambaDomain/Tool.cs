using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace PasswordOps.SambaDomain;

/// <summary>Runs a command-line tool to its end.</summary>
internal static class Tool
{
    public static string? Find(string name)
    {
        foreach (string folder in new[] { "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin" })
        {
            string file = Path.Combine(folder, name);
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }

    /// <summary>Runs it and gives what it wrote; throws with that when it fails.</summary>
    public static string Run(string name, string? input, params string[] arguments)
    {
        ProcessStartInfo start = new(Find(name)!, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{name} did not end within two minutes.");
        }

        return process.ExitCode == 0
            ? output.Result
            : throw new InvalidOperationException($"{name} ended with {process.ExitCode}: {errors.Result}{output.Result}");
    }
}
