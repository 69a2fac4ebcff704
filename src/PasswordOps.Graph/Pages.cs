using System;
using System.Collections.Generic;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;
using PasswordOps.Graph.Errors;
using PasswordOps.Graph.Models;
using PasswordOps.Graph.Pipeline;

namespace PasswordOps.Graph;

/// <summary>A list that the service gives in pages, fetched by the service's links as they are, one page ahead of the reader.</summary>
internal sealed class Pages<T>
{
    private const int MostPages = 10_000;

    private readonly GraphDirectory directory;
    private readonly GraphClient client;
    private readonly Failures failures;
    private readonly GraphCall call;
    private readonly JsonTypeInfo<Page<T>> type;
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private Task<GraphAnswer>? next;
    private bool isEnded;

    /// <summary>Begins at the first page, which is asked for where it has not come already.</summary>
    public Pages(
        GraphDirectory directory,
        GraphClient client,
        Failures failures,
        GraphCall call,
        JsonTypeInfo<Page<T>> type,
        GraphAnswer? first = null)
    {
        this.directory = directory;
        this.client = client;
        this.failures = failures;
        this.call = call;
        this.type = type;
        next = first is null ? null : Task.FromResult(first);
    }

    /// <summary>How many pages have come.</summary>
    public int Count { get; private set; }

    /// <summary>The next page, or why it could not be read, after which there is none; null after the last.</summary>
    public async Task<Reading<IReadOnlyList<T>>?> NextAsync(CancellationToken stop)
    {
        if (isEnded)
        {
            return null;
        }

        GraphAnswer answer = await (next ?? client.SendAsync(call, stop)).ConfigureAwait(false);
        Reading<Page<T>> page = directory.Read(answer, call, type, read => read);
        if (page.Error is not null)
        {
            return Failed(page.Error, page.At);
        }

        Count++;
        if (page.Value.NextLink is not string link)
        {
            isEnded = true;
        }
        else if (!client.TryResolve(link, out _))
        {
            return Failed(failures.Own("ForeignAddress", call), page.At);
        }
        else if (!seen.Add(link) || seen.Count > MostPages)
        {
            // A link that comes twice would never end.
            return Failed(failures.Misunderstood(call, answer.RequestId), page.At);
        }
        else
        {
            // The next page is on its way while this one is looked at.
            next = client.SendAsync(new GraphCall(call.Route, link, call.Subject), stop);
        }

        return Reading.Of<IReadOnlyList<T>>(page.Value.Value ?? new List<T>(), page.At);
    }

    private Reading<IReadOnlyList<T>> Failed(Core.PasswordOpsException error, DateTimeOffset at)
    {
        isEnded = true;
        return Reading.Failed<IReadOnlyList<T>>(error, at);
    }
}
