using System;
using System.IO;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Report;

namespace PasswordOps;

/// <summary>Writes a report on the tenant's passwords: one page to open and to send, with a sheet and data beside it.</summary>
[Cmdlet(VerbsData.Export, "PasswordReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
[RequiresPermission(
    "users.read", "phones.read", "emails.read", "licenses.read", "registrations.read", "roles.read", "memberships.read", "units.read",
    "groups.read", "organization.read", "domains.read", "products.read", "subscriptions.read", "authorizationPolicy.read",
    "methodsPolicy.read", "syncFeatures.read", "audits.read")]
public sealed class ExportPasswordReportCommand : ConnectedCmdlet, IHasLanguage
{
    private const int StandardDays = 30;

    /// <summary>
    /// Page to write, ending in .html. The sheet of people (.csv) and the data (.json) stand beside it with the same name.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("FilePath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Since when to tell what happened; without it thirty days ago, which is as far as the service remembers.</summary>
    [Parameter]
    public DateTime? Since { get; set; }

    /// <summary>Time zone of the days, as Europe/Amsterdam; without it this computer's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TimeZone { get; set; }

    /// <summary>Show people as numbers instead of names, in all three files.</summary>
    [Parameter]
    public SwitchParameter Mask { get; set; }

    /// <summary>Replace files of that name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Language of the answer, en or nl; without it that of PowerShell ($PSUICulture).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LanguageCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Language { get; set; }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        string file = GetUnresolvedProviderPathFromPSPath(Path);
        if (!file.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
        {
            throw new PasswordOpsException(
                "ReportNameInvalid", ErrorKind.InvalidArgument, Text.Of($"'{Path}' does not end in .html."),
                Text.Of($"Give the name of the page, for example report.html; the sheet and the data get the same name."));
        }

        TimeZoneInfo zone = Zones.Named(TimeZone);
        if (!ShouldProcess(file, Text.Of($"Write a report with the names of people")))
        {
            return;
        }

        ReportOptions options = new()
        {
            Since = Since is DateTime since
                ? Zones.Moment(since, zone)
                : SystemClock.Instance.UtcNow.AddDays(-StandardDays),
            Zone = zone,
            Mask = Mask,
            MadeBy = "PasswordOps " + typeof(ExportPasswordReportCommand).Assembly.GetName().Version!.ToString(3),
        };
        using IReportOutput output = Adapters.ReportWriter().Create(file, Force);
        PasswordReport report = Await(stop => new PasswordReporting(Session, SystemClock.Instance)
            .MakeAsync(options, output.Write, Progress, stop));
        output.Complete(report);
        foreach (ReportSource source in report.Sources)
        {
            if (!source.IsKnown)
            {
                WriteWarning(Text.Of($"{source.Name} is missing from the report: {source.State} {source.Advice}"));
            }
        }

        WriteObject(new FileInfo(file));
    }
}
