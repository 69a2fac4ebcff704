using System;
using System.Collections.Generic;
using System.Threading;

namespace PasswordOps.Core.Writeback;

/// <summary>
/// Reads one log after the other and gives each event once, explained: exports overlap. An event is known by server, record number and
/// time; one without a record number cannot be told from another and is always given.
/// </summary>
public sealed class WritebackEventReader
{
    private readonly IEventSource source;
    private readonly SeenKeys seen;

    /// <summary>Creates it.</summary>
    /// <param name="source">Where logs are read.</param>
    public WritebackEventReader(IEventSource source)
        : this(source, new SeenKeys())
    {
    }

    internal WritebackEventReader(IEventSource source, SeenKeys seen)
    {
        this.source = source;
        this.seen = seen;
    }

    /// <summary>Events that were left out since they had been given before.</summary>
    public long Repeated { get; private set; }

    /// <summary>True when more events came than can be remembered, about three million: some may have been given twice.</summary>
    public bool MayRepeat => seen.IsFull;

    /// <summary>Reads a log as a stream.</summary>
    /// <param name="query">Where, and from when on.</param>
    /// <param name="summary">Receives the counts while reading goes on.</param>
    /// <param name="stop">Ends reading.</param>
    /// <returns>The events.</returns>
    /// <exception cref="PasswordOpsException">See
    /// <see cref="IEventSource.Read(EventQuery, EventReadSummary, CancellationToken)"/>.</exception>
    public IEnumerable<WritebackEventRecord> Read(EventQuery query, EventReadSummary summary, CancellationToken stop)
    {
        foreach (WritebackEvent found in source.Read(query, summary, stop))
        {
            if (found.RecordId is not null && !seen.Add(SeenKeys.Of(found)))
            {
                Repeated++;
                continue;
            }

            yield return WritebackEventRecord.Of(found, query.Path);
        }
    }
}
