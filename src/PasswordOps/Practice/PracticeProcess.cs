using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;

namespace PasswordOps;

/// <summary>
/// The process of a practice tenant. Its standard input is held open by this process alone and the tenant stops when it closes, so no
/// tenant outlives the session that started it, however that ends.
/// </summary>
internal sealed class PracticeProcess : IDisposable
{
    private const int StopTime = 5000;

    /// <summary>Exit codes of the dotnet host when a runtime is missing: 0x80008096, of which Unix keeps the last byte.</summary>
    private const int RuntimeMissing = unchecked((int)0x80008096);

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private static readonly List<PracticeTenant> Started = new();

    private readonly Process process;
    private readonly bool isOwn;
    private readonly StringBuilder complaints = new();

    private PracticeProcess(Process process, bool isOwn)
    {
        this.process = process;
        this.isOwn = isOwn;
        Id = process.Id;
    }

    internal int Id { get; }

    internal bool IsRunning
    {
        get
        {
            try
            {
                return !process.HasExited;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }
    }

    /// <summary>Ends the tenant, first by closing its input, then by force; one that somebody else started goes on.</summary>
    public void Dispose()
    {
        if (isOwn && IsRunning)
        {
            try
            {
                process.StandardInput.Close();
                if (!process.WaitForExit(StopTime))
                {
                    process.Kill();
                    process.WaitForExit(StopTime);
                }
            }
            catch (Exception fault) when (fault is InvalidOperationException or Win32Exception or IOException)
            {
                // It ended by itself meanwhile.
            }
        }

        process.Dispose();
    }

    /// <summary>The tenants that this process started and that still run.</summary>
    /// <returns>A copy of the list.</returns>
    internal static IReadOnlyList<PracticeTenant> Running()
    {
        lock (Started)
        {
            Started.RemoveAll(tenant => !tenant.IsRunning);
            return Started.ToArray();
        }
    }

    internal static void Forget(PracticeTenant tenant)
    {
        lock (Started)
        {
            Started.Remove(tenant);
        }
    }

    /// <summary>Looks at a tenant that somebody else started on this machine.</summary>
    /// <param name="id">Process id.</param>
    /// <returns>The process.</returns>
    /// <exception cref="PasswordOpsException"><c>PracticeTenantStopped</c>.</exception>
    internal static PracticeProcess Of(int id)
    {
        try
        {
            return new PracticeProcess(Process.GetProcessById(id), isOwn: false);
        }
        catch (ArgumentException)
        {
            throw Stopped();
        }
    }

    internal static PasswordOpsException Stopped() => new(
        "PracticeTenantStopped", ErrorKind.InvalidOperation, Text.Of($"That practice tenant does not run any more."),
        Text.Of($"Run Start-PracticeTenant again."));

    /// <summary>Starts a tenant and waits until it can be used.</summary>
    /// <param name="arguments">Arguments after <c>serve</c>.</param>
    /// <param name="stop">Ends the attempt.</param>
    /// <returns>The tenant.</returns>
    /// <exception cref="PasswordOpsException">
    /// <c>PracticeRuntimeMissing</c>, <c>PracticeStartFailed</c>, <c>ModuleIncomplete</c>.
    /// </exception>
    internal static async Task<PracticeTenant> StartAsync(IReadOnlyList<string> arguments, CancellationToken stop)
    {
        PracticeProcess started = new(Launch(arguments), isOwn: true);
        try
        {
            ReadyLine ready = await started.ReadyAsync(stop).ConfigureAwait(false);
            PracticeTenant tenant = new(started, ready);
            lock (Started)
            {
                Started.Add(tenant);
            }

            return tenant;
        }
        catch
        {
            started.Dispose();
            throw;
        }
    }

    private static Process Launch(IReadOnlyList<string> arguments)
    {
        string module = Path.GetDirectoryName(Path.GetDirectoryName(typeof(PracticeProcess).Assembly.Location))!;
        string program = Path.Combine(module, "practice", "PasswordOps.Practice.dll");
        if (!File.Exists(program))
        {
            throw new PasswordOpsException(
                "ModuleIncomplete", ErrorKind.NotInstalled, Text.Of($"The module has no practice tenant in its folder."),
                Text.Of($"Install PasswordOps again; parts are missing."));
        }

        ProcessStartInfo start = new(
            DotnetHost.Find(), string.Join(" ", new[] { program, "serve", "--stop-with-stdin" }.Concat(arguments).Select(Quoted)))
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw Missing(Text.Of($"there is no dotnet program on this machine"));
        }
    }

    private static PasswordOpsException Missing(string why) => new(
        "PracticeRuntimeMissing",
        ErrorKind.NotInstalled,
        Text.Of($"The practice tenant cannot start: {why}."),
        Text.Of($"Install the ASP.NET Core runtime 10.0 or later (https://dotnet.microsoft.com/download/dotnet/10.0) and start PowerShell "
            + $"again."));

    /// <summary>Quotes an argument as both Windows and .NET's own splitting on Unix read it back.</summary>
    private static string Quoted(string argument)
    {
        if (argument.Length > 0 && !argument.Any(c => char.IsWhiteSpace(c) || c is '"' or '\\'))
        {
            return argument;
        }

        StringBuilder quoted = new("\"");
        int slashes = 0;
        foreach (char c in argument)
        {
            if (c == '\\')
            {
                slashes++;
                continue;
            }

            quoted.Append('\\', c == '"' ? (slashes * 2) + 1 : slashes).Append(c);
            slashes = 0;
        }

        return quoted.Append('\\', slashes * 2).Append('"').ToString();
    }

    private async Task<ReadyLine> ReadyAsync(CancellationToken stop)
    {
        TaskCompletionSource<ReadyLine> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                ended.TrySetResult(true);
            }
            else if (ReadyLine.Parse(line.Data) is ReadyLine parsed)
            {
                ready.TrySetResult(parsed);
            }
        };
        process.ErrorDataReceived += (_, line) => Complain(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        Task late = Task.Delay(StartTime, stop);
        Task first = await Task.WhenAny(ready.Task, ended.Task, late).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        if (first == ready.Task)
        {
            return await ready.Task.ConfigureAwait(false);
        }

        if (first == ended.Task)
        {
            process.WaitForExit(StopTime);
            if (process.HasExited && (process.ExitCode == RuntimeMissing || process.ExitCode == (RuntimeMissing & 0xFF)))
            {
                throw Missing(Text.Of($"the .NET runtime on this machine is too old or lacks ASP.NET Core"));
            }
        }

        throw new PasswordOpsException(
            "PracticeStartFailed",
            first == late ? ErrorKind.Timeout : ErrorKind.InvalidOperation,
            (first == late ? Text.Of($"The practice tenant was not ready in time.")
                : Text.Of($"The practice tenant ended before it was ready."))
                + Complaints(),
            Text.Of($"Mend what it says, if it says something, and run Start-PracticeTenant again."));
    }

    private void Complain(string? line)
    {
        lock (complaints)
        {
            // Enough to tell why it did not start; what it says later is in its log file.
            if (line is not null && complaints.Length < 2000)
            {
                complaints.Append(' ').Append(line.Trim());
            }
        }
    }

    private string Complaints()
    {
        lock (complaints)
        {
            return complaints.Length == 0 ? string.Empty : " " + Text.Of($"It said:") + complaints;
        }
    }
}
