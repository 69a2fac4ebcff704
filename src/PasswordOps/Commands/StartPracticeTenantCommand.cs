using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;

namespace PasswordOps;

/// <summary>Starts a tenant to practise on, on this machine; it ends with this session at the latest.</summary>
[Cmdlet(VerbsLifecycle.Start, "PracticeTenant", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(PracticeTenant))]
public sealed class StartPracticeTenantCommand : PasswordOpsCmdlet
{
    /// <summary>Number of users.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public int Users { get; set; } = 1000;

    /// <summary>Start of the random numbers: the same seed gives the same tenant.</summary>
    [Parameter]
    public int Seed { get; set; } = 1;

    /// <summary>JSON file with a tenant of your own in place of a made-up one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Directory { get; set; }

    /// <summary>Time that each answer takes, in milliseconds.</summary>
    [Parameter]
    [ValidateRange(0, 600_000)]
    [Alias("LatencyMilliseconds")]
    public int Latency { get; set; }

    /// <summary>TCP port on the loopback address; 0 takes a free one.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>File that gets one line of JSON for each request.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogFile { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (!ShouldProcess("loopback address", "Start a practice tenant"))
        {
            return;
        }

        List<string> arguments = new() { "--port", Text(Port), "--seed", Text(Seed), "--latency", Text(Latency) };
        if (Directory is null)
        {
            arguments.AddRange(new[] { "--users", Text(Users) });
        }
        else
        {
            arguments.AddRange(new[] { "--directory", GetUnresolvedProviderPathFromPSPath(Directory) });
        }

        if (LogFile is not null)
        {
            arguments.AddRange(new[] { "--log", GetUnresolvedProviderPathFromPSPath(LogFile) });
        }

        PracticeTenant tenant = Await(stop => PracticeProcess.StartAsync(arguments, stop));
        WriteVerbose($"The practice tenant runs as process {tenant.ProcessId} at {tenant.Graph}");
        WriteObject(tenant);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
