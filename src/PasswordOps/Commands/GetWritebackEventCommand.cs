using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Writeback;

namespace PasswordOps;

/// <summary>Reads the events of password writeback from a sync server's event log and explains them.</summary>
[Cmdlet(VerbsCommon.Get, "WritebackEvent", DefaultParameterSetName = EventSet)]
[OutputType(typeof(WritebackEventRow), ParameterSetName = new[] { EventSet })]
[OutputType(typeof(WritebackStoryRow), ParameterSetName = new[] { StorySet })]
[OutputType(typeof(WritebackActivitySummary), ParameterSetName = new[] { SummarySet })]
public sealed class GetWritebackEventCommand : PasswordOpsCmdlet, IHasLanguage
{
    private const string EventSet = "Event";
    private const string StorySet = "Story";
    private const string SummarySet = "Summary";
    private const int EventsBetweenReports = 512;

    private static readonly string[] Extensions = { ".xml", ".evtx" };

    private readonly StoryJoiner stories = new();
    private readonly ActivityCounter counter = new();
    private WritebackEventReader? reader;
    private WritebackEventFilter filter = new();
    private Pseudonyms? pseudonyms;
    private long done;
    private bool hasRead;

    /// <summary>
    /// Exported logs (XML), saved logs (.evtx, on Windows) and folders of them; wildcards are taken. Without it the live Application log of
    /// this machine is read, on Windows.
    /// </summary>
    [Parameter(ParameterSetName = EventSet, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = StorySet, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = SummarySet, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("EventLog", "PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = Array.Empty<string>();

    /// <summary>Joins the events of one operation to one story: start, error of Active Directory, result.</summary>
    [Parameter(Mandatory = true, ParameterSetName = StorySet)]
    public SwitchParameter Story { get; set; }

    /// <summary>Counts instead: by user, day, event and cause.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SummarySet)]
    public SwitchParameter Summary { get; set; }

    /// <summary>Only what happened then or later; local time unless it says otherwise.</summary>
    [Parameter]
    [Alias("StartTime", "After")]
    public DateTime? Since { get; set; }

    /// <summary>Only what happened then or before; local time unless it says otherwise.</summary>
    [Parameter]
    [Alias("EndTime", "Before")]
    public DateTime? Until { get; set; }

    /// <summary>Only these event ids; stories that hold one of them.</summary>
    [Parameter]
    [ValidateRange(0, ushort.MaxValue)]
    public int[] Id { get; set; } = Array.Empty<int>();

    /// <summary>
    /// Only these users: principal names, with wildcards, or object ids. Not every event names its user, but most stories do.
    /// </summary>
    [Parameter]
    [Alias("UserPrincipalName", "UPN")]
    [ValidateNotNullOrEmpty]
    public string[] User { get; set; } = Array.Empty<string>();

    /// <summary>Only the operations with these tracking ids.</summary>
    [Parameter]
    public Guid[] TrackingId { get; set; } = Array.Empty<Guid>();

    /// <summary>Only events of these servers, with wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Server { get; set; } = Array.Empty<string>();

    /// <summary>Only what failed.</summary>
    [Parameter]
    public SwitchParameter FailedOnly { get; set; }

    /// <summary>
    /// Puts pseudonyms in the place of users and servers, the same for the same in this answer, and leaves texts of events and paths out.
    /// </summary>
    [Parameter]
    public SwitchParameter Redact { get; set; }

    private bool IsByEvent => ParameterSetName == EventSet;

    /// <summary>Language of the answer, en or nl; without it that of PowerShell ($PSUICulture).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LanguageCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Language { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        reader = new WritebackEventReader(Adapters.EventSource());
        pseudonyms = Redact ? new Pseudonyms() : null;
        filter = new WritebackEventFilter
        {
            Since = Moment(Since),
            Until = Moment(Until),
            Ids = Id.Length == 0 ? null : Id,
            TrackingIds = TrackingId.Length == 0 ? null : TrackingId,
            User = AnyOf(User),
            Server = AnyOf(Server),
            FailedOnly = FailedOnly,
        };
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (!MyInvocation.BoundParameters.ContainsKey(nameof(Path)))
        {
            Attempt(null, () => Read(null));
            return;
        }

        foreach (string given in Path)
        {
            Attempt(given, () =>
            {
                foreach (string file in FilesOf(given))
                {
                    Attempt(file, () => Read(file));
                }
            });
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        if (!IsByEvent)
        {
            foreach (WritebackStory story in stories.Finish())
            {
                Take(story);
            }
        }

        // After nothing but files that could not be read, a count of zero failures would be an answer without evidence.
        if (Summary && hasRead)
        {
            WritebackActivity activity = counter.Counted();
            WriteObject(new WritebackActivitySummary(pseudonyms?.Redacted(activity) ?? activity));
        }

        if (reader!.Repeated > 0)
        {
            WriteVerbose(Text.Of($"{reader.Repeated} events stood in more than one place and were taken once."));
        }

        if (reader.MayRepeat)
        {
            WriteWarning(Text.Of($"There were too many events to remember them all: where files overlap, some were taken twice."));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            pseudonyms?.Dispose();
        }

        base.Dispose(disposing);
    }

    // A time of no known kind is taken as local, as PowerShell does.
    private static DateTimeOffset? Moment(DateTime? time) => time is DateTime given ? new DateTimeOffset(given.ToUniversalTime()) : null;

    private static Func<string, bool>? AnyOf(string[] patterns)
    {
        WildcardPattern[] wanted = patterns.Select(pattern => new WildcardPattern(pattern, WildcardOptions.IgnoreCase)).ToArray();
        return wanted.Length == 0 ? null : text => Array.Exists(wanted, pattern => pattern.IsMatch(text));
    }

    private void Read(string? file)
    {
        EventReadSummary summary = new();
        EventQuery query = new() { Path = file, Since = IsByEvent ? filter.Since : filter.ReadSince };
        try
        {
            Await(stop => Task.Run(() => Read(query, summary, stop), stop));
            hasRead = true;
        }
        finally
        {
            string name = file is null ? Text.Of($"the live log") : System.IO.Path.GetFileName(file);
            WriteVerbose(Text.Of($"{name}: {summary.Taken} events of writeback, {summary.Other} others, {summary.Malformed} unreadable."));
        }

        if (summary.Truncated)
        {
            string name = System.IO.Path.GetFileName(file) ?? string.Empty;
            WriteWarning(Text.Of($"{name} breaks off in the middle of an event; what stands before it was read."));
        }
    }

    private void Read(EventQuery query, EventReadSummary summary, CancellationToken stop)
    {
        DateTimeOffset start = SystemClock.Instance.UtcNow;
        foreach (WritebackEventRecord found in reader!.Read(query, summary, stop))
        {
            stop.ThrowIfCancellationRequested();
            Take(found);
            if (++done % EventsBetweenReports == 0)
            {
                long read = summary.Taken + summary.Other;
                double seconds = (SystemClock.Instance.UtcNow - start).TotalSeconds;
                Progress.Report(new BulkProgress(Text.Of($"Reading events"), read, null, seconds > 0 ? read / seconds : 0, null));
            }
        }
    }

    private void Take(WritebackEventRecord found)
    {
        if (IsByEvent)
        {
            if (filter.Wants(found))
            {
                WritebackEventRow row = new(pseudonyms?.Redacted(found) ?? found);
                Send(() => WriteObject(row));
            }

            return;
        }

        if (Summary && filter.Wants(found))
        {
            counter.Take(found);
        }

        if (filter.MayBelong(found))
        {
            foreach (WritebackStory story in stories.Take(found))
            {
                Take(story);
            }
        }
    }

    private void Take(WritebackStory story)
    {
        if (!filter.Wants(story))
        {
            return;
        }

        if (Summary)
        {
            counter.Take(story);
            return;
        }

        WritebackStoryRow row = new(pseudonyms?.Redacted(story) ?? story);
        Send(() => WriteObject(row));
    }

    // A name without wildcards, or one that a file has although it looks like one with them, goes to the reader as it is, which says what
    // is wrong with a file that does not exist.
    private List<string> FilesOf(string given)
    {
        string literal = GetUnresolvedProviderPathFromPSPath(given);
        if (!WildcardPattern.ContainsWildcardCharacters(given) || File.Exists(literal) || Directory.Exists(literal))
        {
            return LogsIn(literal);
        }

        List<string> files = GetResolvedProviderPathFromPSPath(given, out _).SelectMany(LogsIn).ToList();
        return files.Count > 0
            ? files
            : throw new PasswordOpsException(
                "EventLogNotFound", ErrorKind.NotFound, Text.Of($"No file fits '{given}'."),
                Text.Of($"Check the path; a relative one starts at the current location."));
    }

    private static List<string> LogsIn(string path)
    {
        if (!Directory.Exists(path))
        {
            return new List<string> { path };
        }

        List<string> files;
        try
        {
            files = Directory.GetFiles(path)
                .Where(file => Extensions.Contains(System.IO.Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                .OrderBy(file => file, StringComparer.OrdinalIgnoreCase).ToList();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PasswordOpsException(
                "EventLogUnreadable", ErrorKind.PermissionDenied, Text.Of($"The folder '{path}' cannot be read: {e.Message}"),
                Text.Of($"Check that you may read it."), e);
        }

        return files.Count > 0
            ? files
            : throw new PasswordOpsException(
                "EventLogNotFound", ErrorKind.NotFound, Text.Of($"The folder '{path}' holds no event logs (*.xml, *.evtx)."),
                Text.Of($"Give the folder that the logs were exported to; folders below it are not looked at."));
    }
}
