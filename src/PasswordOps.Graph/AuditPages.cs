using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;
using PasswordOps.Graph.Models;

namespace PasswordOps.Graph;

/// <summary>The audit log, filtered by what the service documents as filterable (directoryAudit resource and list pages).</summary>
internal sealed class AuditPages : IAuditPages
{
    private readonly Pages<WireAudit> pages;
    private readonly AuditFilter filter;

    public AuditPages(Pages<WireAudit> pages, AuditFilter filter)
    {
        this.pages = pages;
        this.filter = filter;
    }

    public async Task<IReadOnlyList<DirectoryAudit>?> NextAsync(CancellationToken stop)
    {
        Reading<IReadOnlyList<WireAudit>>? page = await pages.NextAsync(stop).ConfigureAwait(false);
        return page?.Value.Select(Translate.Audit).Where(row => row is not null && IsInTime(row.At)).Select(row => row!).ToArray();
    }

    internal static string Address(AuditFilter filter)
    {
        List<string> parts = new();
        if (filter.Service is string service)
        {
            parts.Add("loggedByService eq " + Quoted(service));
        }

        if (filter.Activities.Count > 0)
        {
            string names = string.Join(" or ", filter.Activities.Select(name => "activityDisplayName eq " + Quoted(name)));
            parts.Add(filter.Activities.Count > 1 ? "(" + names + ")" : names);
        }

        // Whole seconds outwards; the rest is done here.
        if (filter.Since is DateTimeOffset since)
        {
            parts.Add("activityDateTime ge " + Moment(since));
        }

        if (filter.Until is DateTimeOffset until)
        {
            parts.Add("activityDateTime le " + Moment(until.AddTicks(TimeSpan.TicksPerSecond - 1)));
        }

        if (filter.TargetId is string target)
        {
            parts.Add("targetResources/any(t:t/id eq " + Quoted(target) + ")");
        }

        return Routes.Audits.With() + (filter.NewestFirst ? "desc" : "asc")
            + (parts.Count > 0 ? "&$filter=" + Uri.EscapeDataString(string.Join(" and ", parts)) : string.Empty);
    }

    private bool IsInTime(DateTimeOffset at) => !(at < filter.Since) && !(at > filter.Until);

    private static string Quoted(string text) => "'" + text.Replace("'", "''") + "'";

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
