using System.Collections.Generic;
using System.Threading;

namespace PasswordOps.Core.Writeback;

/// <summary>The port through which events of password writeback are read.</summary>
public interface IEventSource
{
    /// <summary>Reads a file as a stream, oldest and newest in the order of the file.</summary>
    /// <param name="path">An export as XML; on Windows also a saved log (.evtx).</param>
    /// <param name="summary">Receives the counts while reading goes on.</param>
    /// <param name="stop">Ends reading.</param>
    /// <returns>The events of the two providers; others are counted and passed over.</returns>
    /// <exception cref="PasswordOpsException"><c>EventLogNotFound</c>, <c>EventLogUnreadable</c>, <c>EventLogNotXml</c>,
    /// <c>EventLogForbidden</c>.</exception>
    IEnumerable<WritebackEvent> Read(string path, EventReadSummary summary, CancellationToken stop);

    /// <summary>Reads a file or the live log of this machine as a stream.</summary>
    /// <param name="query">Where, and from when on.</param>
    /// <param name="summary">Receives the counts while reading goes on.</param>
    /// <param name="stop">Ends reading.</param>
    /// <returns>The events of the two providers; others are counted and passed over.</returns>
    /// <exception cref="PasswordOpsException">As above, and <c>EventLogNeedsWindows</c>.</exception>
    IEnumerable<WritebackEvent> Read(EventQuery query, EventReadSummary summary, CancellationToken stop);
}
