using System;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Writeback;

namespace PasswordOps;

/// <summary>Judges password writeback by the exported event log of a sync server, with the weakest link named.</summary>
[Cmdlet(VerbsCommon.Get, "WritebackHealth")]
[OutputType(typeof(WritebackHealthSummary))]
public sealed class GetWritebackHealthCommand : PasswordOpsCmdlet, IHasLanguage
{
    /// <summary>XML export of the Application log, one file or several; wildcards are taken. Each file is judged by itself.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] EventLog { get; set; } = Array.Empty<string>();

    /// <summary>Language of the answer, en or nl; without it that of PowerShell ($PSUICulture).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LanguageCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Language { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (string given in EventLog)
        {
            Attempt(given, () =>
            {
                foreach (string file in FilesOf(given))
                {
                    Attempt(file, () => Judge(file));
                }
            });
        }
    }

    private void Judge(string file)
    {
        IEventSource source = Adapters.EventSource();
        WritebackHealthReport report = Await(
            stop => Task.Run(() => WritebackHealth.FromEventLog(source, file, SystemClock.Instance, Progress, stop), stop));
        WriteObject(new WritebackHealthSummary(report, file));
    }

    // A name without wildcards goes to the reader as it is, which says what is wrong with a file that does not exist.
    private Collection<string> FilesOf(string given)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(given))
        {
            return new Collection<string> { GetUnresolvedProviderPathFromPSPath(given) };
        }

        Collection<string> files = GetResolvedProviderPathFromPSPath(given, out _);
        return files.Count > 0
            ? files
            : throw new PasswordOpsException(
                "EventLogNotFound", ErrorKind.NotFound, Text.Of($"No file fits '{given}'."),
                Text.Of($"Check the path; a relative one starts at the current location."));
    }
}
