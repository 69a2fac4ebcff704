using System;
using System.Collections.Generic;
using System.DirectoryServices.Protocols;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;

namespace PasswordOps.OnPremises.ActiveDirectory;

/// <summary>
/// A search page by page, so that its memory does not grow with what is found. The next page is on its way while one is looked at.
/// </summary>
internal static class PagedSearch
{
    // The most that a domain controller gives in one answer by default (MaxPageSize).
    private const int PageSize = 1_000;

    // A page may be empty where the account may not see what is in it; without an end of them the server goes round in circles.
    private const int MostEmptyPages = 10_000;

    /// <summary>Reads to the end; what was given before a failure is a part only.</summary>
    /// <param name="lines">Where.</param>
    /// <param name="about">What is searched, for what a failure says.</param>
    /// <param name="make">Makes the search, without the control for pages.</param>
    /// <param name="limit">How many entries are wanted; null for all.</param>
    /// <param name="each">Takes each page; the last may go beyond the limit.</param>
    /// <param name="stop">Ends the work.</param>
    public static async Task RunAsync(
        Lines lines, string about, Func<SearchRequest> make, int? limit, Action<IReadOnlyList<SearchResultEntry>> each,
        CancellationToken stop)
    {
        using Lines.HeldLine line = lines.Hold();
        using CancellationTokenSource given = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task<SearchResponse>? coming = AskAsync(Array.Empty<byte>());
        int empty = 0;
        int counted = 0;
        try
        {
            while (coming is not null)
            {
                SearchResponse page = await coming.ConfigureAwait(false);
                byte[] cookie = page.Controls.OfType<PageResultResponseControl>().FirstOrDefault()?.Cookie ?? Array.Empty<byte>();
                empty = page.Entries.Count > 0 ? 0 : empty + 1;
                if (empty > MostEmptyPages)
                {
                    throw lines.Target.Own("AdAnswerUnexpected", ("why", Text.Of($"it gives empty pages without an end")));
                }

                line.IsComplete = cookie.Length == 0;
                counted += page.Entries.Count;
                coming = cookie.Length > 0 && !(counted >= limit) ? AskAsync(cookie) : null;
                each(page.Entries.Cast<SearchResultEntry>().ToArray());
            }
        }
        catch
        {
            given.Cancel();
            _ = coming?.ContinueWith(
                ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw;
        }

        Task<SearchResponse> AskAsync(byte[] cookie) => lines.SendAsync<SearchResponse>(
            DirectoryCode.Find, about,
            () =>
            {
                SearchRequest request = make();
                request.Controls.Add(new PageResultRequestControl(cookie) { PageSize = Math.Min(limit ?? PageSize, PageSize) });
                return request;
            },
            null, given.Token, line);
    }
}
