using System;
using System.Collections.Generic;
using System.DirectoryServices.Protocols;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;

namespace PasswordOps.OnPremises.ActiveDirectory;

/// <summary>What a domain controller says of itself: its root entry.</summary>
internal sealed class RootEntry
{
    private const string PolicyHints = "1.2.840.113556.1.4.2239";
    private const string PolicyHintsBefore2012 = "1.2.840.113556.1.4.2066";
    private const string IsActiveDirectory = "1.2.840.113556.1.4.800";
    private const string IsReadOnlyController = "1.2.840.113556.1.4.1920";

    private RootEntry(DomainController controller)
    {
        Controller = controller;
    }

    public DomainController Controller { get; }

    /// <summary>The control by which history counts in a reset; null when it has none.</summary>
    public string? HintsControl { get; private init; }

    public string? ConfigurationName { get; private init; }

    public string? SchemaName { get; private init; }

    /// <summary>The account that signed in, DOMAIN\name; Samba does not say.</summary>
    public string? SignedInAs { get; private init; }

    /// <summary>Signs in and reads it.</summary>
    public static async Task<RootEntry> ReadAsync(Lines lines, IClock clock, CancellationToken stop)
    {
        SearchRequest request = new(
            string.Empty, "(objectClass=*)", SearchScope.Base,
            "defaultNamingContext", "dnsHostName", "currentTime", "supportedControl", "supportedCapabilities", "configurationNamingContext",
            "schemaNamingContext", "msDS-PrincipalName");
        Target target = lines.Target;
        SearchResponse answer = await lines.SendAsync<SearchResponse>(DirectoryCode.Find, "(rootDSE)", () => request, null, stop)
            .ConfigureAwait(false);
        DateTimeOffset now = clock.UtcNow;
        Entry root = answer.Entries.Count == 1 ? new Entry(answer.Entries[0]) : throw target.Own("AdNotActiveDirectory");
        IReadOnlyList<string> capabilities = root.Texts("supportedCapabilities");
        if (!capabilities.Contains(IsActiveDirectory) || root.Text("defaultNamingContext") is not string domain)
        {
            throw target.Own("AdNotActiveDirectory");
        }

        DateTimeOffset? time = DateTimeOffset.TryParseExact(
            root.Text("currentTime"), "yyyyMMddHHmmss.f'Z'", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset said) ? said : null;
        IReadOnlyList<string> controls = root.Texts("supportedControl");
        string? hints = new[] { PolicyHints, PolicyHintsBefore2012 }.FirstOrDefault(controls.Contains);
        DomainController controller = new()
        {
            Name = root.Text("dnsHostName") ?? target.Server,
            DomainName = domain,
            Time = time,
            ClockSkew = time - now,
            CanEnforceHistory = hints is not null,
            IsReadOnly = capabilities.Contains(IsReadOnlyController),
        };
        return new RootEntry(controller)
        {
            HintsControl = hints,
            ConfigurationName = root.Text("configurationNamingContext"),
            SchemaName = root.Text("schemaNamingContext"),
            SignedInAs = root.Text("msDS-PrincipalName"),
        };
    }
}
