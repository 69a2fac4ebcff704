using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using PasswordOps.Core.Writeback;

namespace PasswordOps.OnPremises;

/// <summary>
/// Events of the two providers, as XML without a root, out of the live log or a saved one: asked of wevtutil, which every Windows has. Ends
/// the program when it is disposed of or told to stop.
/// </summary>
internal sealed class WevtutilRun : IDisposable
{
    private const int AccessDenied = 5;
    private const int SaidLimit = 300;
    private static readonly TimeSpan ExitTime = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly string _name;
    private readonly CancellationToken _stop;
    private readonly CancellationTokenRegistration _end;
    private readonly StringBuilder _said = new();

    private WevtutilRun(Process process, string name, CancellationToken stop)
    {
        _process = process;
        _name = name;
        _stop = stop;
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginErrorReadLine();
        _end = stop.Register(Kill);
    }

    /// <summary>The program of this machine; null where it does not run Windows.</summary>
    public static string? Program { get; } = Environment.OSVersion.Platform == PlatformID.Win32NT
        ? Path.Combine(Environment.SystemDirectory, "wevtutil.exe")
        : null;

    /// <summary>What it prints.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Starts it.</summary>
    /// <param name="program">Full path of the program.</param>
    /// <param name="query">What to ask.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>The run.</returns>
    public static WevtutilRun Start(string program, EventQuery query, CancellationToken stop)
    {
        ProcessStartInfo start = new(program, Arguments(query))
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            string name = query.Path is string path ? Path.GetFileName(path) : "Application";
            return new WevtutilRun(Process.Start(start)!, name, stop);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw EventLogErrors.ProgramMissing(program, e);
        }
    }

    /// <summary>Looks at how it ended, once its output is read.</summary>
    /// <exception cref="PasswordOps.Core.PasswordOpsException">It failed.</exception>
    public void Finish()
    {
        if (!_process.WaitForExit((int)ExitTime.TotalMilliseconds))
        {
            Kill();
        }

        // Without a time limit it also waits for the last lines of standard error.
        _process.WaitForExit();
        _stop.ThrowIfCancellationRequested();
        if (_process.ExitCode != 0)
        {
            throw _process.ExitCode == AccessDenied
                ? EventLogErrors.Denied(_name)
                : EventLogErrors.ProgramFailed(_name, _process.ExitCode, Said());
        }
    }

    public void Dispose()
    {
        _end.Dispose();
        Kill();
        _process.Dispose();
    }

    // A path holds no quotes on Windows, and the query none of the double ones.
    private static string Arguments(EventQuery query)
    {
        string? moment = query.Since?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        string since = moment is null ? string.Empty : $" and TimeCreated[@SystemTime>='{moment}']";
        return $"qe \"{query.Path ?? "Application"}\" /lf:{(query.Path is null ? "false" : "true")} "
            + $"/q:\"*[System[Provider[@Name='PasswordResetService' or @Name='ADSync']{since}]]\" /f:xml /uni:true";
    }

    private void Hear(string? line)
    {
        lock (_said)
        {
            if (line is not null && _said.Length < SaidLimit)
            {
                _said.Append(_said.Length == 0 ? string.Empty : " ").Append(line.Trim());
            }
        }
    }

    private string Said()
    {
        lock (_said)
        {
            string said = _said.ToString().Trim();
            return said.Length <= SaidLimit ? said : said.Substring(0, SaidLimit);
        }
    }

    private void Kill()
    {
        try
        {
            if (!_process.HasExited)
            {
                _process.Kill();
            }
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It ended by itself at the same moment.
        }
    }
}
