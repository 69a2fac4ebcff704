using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using PasswordOps.Core;

namespace PasswordOps;

/// <summary>Starts a tenant to practise on, on this machine; it ends with this session at the latest.</summary>
[Cmdlet(
    VerbsLifecycle.Start, "PracticeTenant", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low,
    DefaultParameterSetName = "Generated")]
[OutputType(typeof(PracticeTenant))]
public sealed class StartPracticeTenantCommand : PasswordOpsCmdlet
{
    /// <summary>Number of users.</summary>
    [Parameter(ParameterSetName = "Generated")]
    [ValidateRange(1, 1_000_000)]
    public int Users { get; set; } = 1000;

    /// <summary>Start of the random numbers: the same seed gives the same tenant.</summary>
    [Parameter(ParameterSetName = "Generated")]
    [ValidateRange(0, int.MaxValue)]
    public int Seed { get; set; } = 1;

    /// <summary>JSON file with a tenant of your own in place of a made-up one.</summary>
    [Parameter(ParameterSetName = "Directory", Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? Directory { get; set; }

    /// <summary>Time that each answer takes, in milliseconds.</summary>
    [Parameter]
    [ValidateRange(0, 600_000)]
    [Alias("LatencyMilliseconds")]
    public int Latency { get; set; }

    /// <summary>Limits beyond which the tenant answers 429: none, those of Microsoft's page, or also a narrow one for methods.</summary>
    [Parameter]
    [ValidateSet("None", "Documented", "Strict")]
    public string Throttling { get; set; } = "None";

    /// <summary>Divides the time that the limits count over: with 10, five in ten seconds become five in one second.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ThrottleScale { get; set; } = 1;

    /// <summary>Longest time that a write stays hidden from reads, in milliseconds.</summary>
    [Parameter]
    [ValidateRange(0, 600_000)]
    public int ConsistencyDelay { get; set; }

    /// <summary>Rules of which requests go wrong and how, such as kind=unavailable&amp;rate=0.1.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Fault { get; set; }

    /// <summary>TCP port on the loopback address; 0 takes a free one.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>File that gets one line of JSON for each request.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogFile { get; set; }

    /// <summary>User principal name of the person who enters every device code at once, to practise what only a person may do.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AutoApprove { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (!Confirmed(() => ShouldProcess(Core.Text.Of($"loopback address"), Core.Text.Of($"Start a practice tenant"))))
        {
            return;
        }

        List<string> arguments = new() { "--port", Text(Port), "--latency", Text(Latency) };
        if (Directory is null)
        {
            arguments.AddRange(new[] { "--users", Text(Users), "--seed", Text(Seed) });
        }
        else
        {
            arguments.AddRange(new[] { "--directory", GetUnresolvedProviderPathFromPSPath(Directory) });
        }

        arguments.AddRange(new[]
        {
            "--throttle", Throttling.ToLowerInvariant(), "--throttle-scale", Text(ThrottleScale),
            "--consistency-delay", Text(ConsistencyDelay),
        });
        foreach (string rule in Fault ?? System.Array.Empty<string>())
        {
            arguments.AddRange(new[] { "--fault", rule });
        }

        if (LogFile is not null)
        {
            arguments.AddRange(new[] { "--log", GetUnresolvedProviderPathFromPSPath(LogFile) });
        }

        if (AutoApprove is not null)
        {
            arguments.AddRange(new[] { "--auto-approve", AutoApprove });
        }

        PracticeTenant tenant = Await(stop => PracticeProcess.StartAsync(arguments, stop));
        WriteVerbose(Core.Text.Of($"The practice tenant runs as process {tenant.ProcessId} at {tenant.Graph}"));
        WriteObject(tenant);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
