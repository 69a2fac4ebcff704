using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.Core.Writeback.Chain;

/// <summary>The look at the events that the collector exported.</summary>
public static class EventSteps
{
    /// <summary>Makes the look.</summary>
    /// <param name="source">Reader of events.</param>
    /// <param name="path">Export.</param>
    /// <param name="server">The evidence beside it, whose clock counts: the log was alive until it was collected.</param>
    /// <returns>The look.</returns>
    public static ChainStep Of(IEventSource source, string path, SyncServer server)
    {
        if (server is null)
        {
            throw new ArgumentNullException(nameof(server));
        }

        return new ChainStep(ChainLink.Events, server.Computer, stop =>
        {
            EventReadSummary summary = new();
            IEnumerable<WritebackEvent> events = UpTo(server.CollectedAt, source.Read(path, summary, stop), summary);
            WritebackHealthReport report = WritebackHealth.Evaluate(events, summary, server.CollectedAt);
            return Task.FromResult(new ChainFindings
            {
                Checks = report.Checks,
                Engines = server.CollectedAt - report.LastSuccess <= TimeSpan.FromDays(30)
                    ? new[] { WritebackEngine.ConnectSync }
                    : Array.Empty<WritebackEngine>(),
            });
        });
    }

    // A server that fell silent shows by this: its export ends long before it was made.
    private static IEnumerable<WritebackEvent> UpTo(DateTimeOffset collected, IEnumerable<WritebackEvent> events, EventReadSummary summary)
    {
        foreach (WritebackEvent one in events)
        {
            yield return one;
        }

        if (summary.Taken > 0 && !summary.Truncated && !(summary.Newest > collected))
        {
            summary.Newest = collected;
        }
    }
}
