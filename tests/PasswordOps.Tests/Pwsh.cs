using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace PasswordOps.Tests;

/// <summary>Runs scripts in fresh PowerShell processes.</summary>
internal static class Pwsh
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly string? Program = Find();
    private static readonly Lazy<bool> PesterFound = new(() =>
        Run("[bool](Get-Module Pester -ListAvailable | Where-Object Version -ge ([version]'5.0'))").Output.Trim() == "True");

    internal static void Require() =>
        Skip.If(
            Program is null,
            "PowerShell 7.4 or newer is not on this machine. Install it (https://aka.ms/powershell) so that 'pwsh' is in PATH.");

    internal static void RequirePester()
    {
        Require();
        Skip.IfNot(
            PesterFound.Value, "Pester 5 is not on this machine. Install it: pwsh -c 'Install-Module Pester -MinimumVersion 5.0 -Force'.");
    }

    internal static (int ExitCode, string Output) Run(string script, params (string Name, string? Value)[] environment)
    {
        ProcessStartInfo start = new(Program!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (string argument in new[] { "-NoProfile", "-NonInteractive", "-Command", script })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["NO_COLOR"] = "1";
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Longest))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("pwsh did not end in time: " + script);
        }

        return (process.ExitCode, output.Result + errors.Result);
    }

    /// <summary>Runs a script that has to succeed, with the module imported.</summary>
    internal static string[] Lines(string script, params (string Name, string? Value)[] environment)
    {
        (int exitCode, string output) = Run($"$ErrorActionPreference = 'Stop'; {script}", environment);
        Assert.True(exitCode == 0, output);
        return output.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToArray();
    }

    private static string? Find()
    {
        string name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        return folders.Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}
