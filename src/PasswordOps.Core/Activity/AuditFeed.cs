using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Activity;

/// <summary>One service's rows of the audit log, a page in memory at a time; a part that cannot be read ends it with a gap.</summary>
internal sealed class AuditFeed
{
    private readonly IAuditPages pages;
    private readonly string service;
    private Queue<DirectoryAudit> page = new();
    private bool isEnded;

    public AuditFeed(IDirectory directory, AuditFilter filter)
    {
        pages = directory.OpenAudits(filter);
        service = filter.Service ?? string.Empty;
    }

    public ActivityGap? Gap { get; private set; }

    /// <summary>The next row, to look at; null after the last.</summary>
    public async Task<DirectoryAudit?> PeekAsync(CancellationToken stop)
    {
        while (page.Count == 0 && !isEnded)
        {
            try
            {
                IReadOnlyList<DirectoryAudit>? read = await pages.NextAsync(stop).ConfigureAwait(false);
                isEnded = read is null;
                page = new Queue<DirectoryAudit>(
                    (read ?? Array.Empty<DirectoryAudit>()).OrderBy(row => row.At).ThenBy(row => row.Id, StringComparer.Ordinal));
            }
            catch (PasswordOpsException error)
            {
                isEnded = true;
                Gap = new ActivityGap(service, Advised(error));
            }
        }

        return page.Count > 0 ? page.Peek() : null;
    }

    public DirectoryAudit Take() => page.Dequeue();

    /// <summary>The roles are others than those that reach a user.</summary>
    private static PasswordOpsException Advised(PasswordOpsException error) => error.Id == "RoleMissing"
        ? error.Retold(
            error.Message,
            Text.Of($"Activate or ask for the role Reports Reader, Security Reader or Security Administrator, then connect again."))
        : error;
}
