using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Tests.Checks;

/// <summary>
/// The rule of one gate or two for administrators, over all combinations of its five facts. What is expected was written by hand from the
/// document's two lists; the check and the page are both held against it.
/// </summary>
public class GatesPageTests
{
    private const string Off = "off";
    private const string One = "1";
    private const string Two = "2";
    private const string Both = "2, both lists met";

    // Trial, older than 30 days, custom domain, synced, administrators may: expected. Without a trial there is no age to look at.
    private static readonly (bool Trial, bool Older, bool Custom, bool Synced, bool Allowed, string Expected)[] Rows =
    {
        (false, false, false, false, false, Off), (false, false, false, false, true, One),
        (false, false, false, true, false, Off), (false, false, false, true, true, Two),
        (false, false, true, false, false, Off), (false, false, true, false, true, Two),
        (false, false, true, true, false, Off), (false, false, true, true, true, Two),
        (false, true, false, false, false, Off), (false, true, false, false, true, One),
        (false, true, false, true, false, Off), (false, true, false, true, true, Two),
        (false, true, true, false, false, Off), (false, true, true, false, true, Two),
        (false, true, true, true, false, Off), (false, true, true, true, true, Two),
        (true, false, false, false, false, Off), (true, false, false, false, true, One),
        (true, false, false, true, false, Off), (true, false, false, true, true, Both),
        (true, false, true, false, false, Off), (true, false, true, false, true, Both),
        (true, false, true, true, false, Off), (true, false, true, true, true, Both),
        (true, true, false, false, false, Off), (true, true, false, false, true, Both),
        (true, true, false, true, false, Off), (true, true, false, true, true, Two),
        (true, true, true, false, false, Off), (true, true, true, false, true, Two),
        (true, true, true, true, false, Off), (true, true, true, true, true, Two),
    };

    public static IEnumerable<object[]> Cases() =>
        Rows.Select(row => new object[] { row.Trial, row.Older, row.Custom, row.Synced, row.Allowed, row.Expected });

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_check_decides_as_the_document_does(
        bool trial, bool older, bool custom, bool synced, bool allowed, string expected)
    {
        FakeDirectory tenant = new(new FakeClock());
        tenant.AdministratorSspr = allowed;
        DateTimeOffset began = tenant.Clock.UtcNow.AddDays(older ? -31 : -29);
        tenant.Subscriptions = new[] { new Subscription("SPE_E3", trial, began, "Enabled") };
        tenant.Organization = tenant.Organization with
        {
            OnPremisesSyncEnabled = synced ? true : null,
            VerifiedDomains = new[] { new VerifiedDomain("contoso.onmicrosoft.com", !custom, true) }
                .Concat(new[] { new VerifiedDomain("contoso.mail.onmicrosoft.com", false, false) })
                .Concat(custom ? new[] { new VerifiedDomain("contoso.com", true, false) } : Array.Empty<VerifiedDomain>())
                .ToArray(),
        };
        CheckResult check = (await new Readiness(tenant, tenant.Clock).CheckTenantAsync(CancellationToken.None)).Checks
            .Single(one => one.Id == "policy.administratorGates");
        (Verdict verdict, string words) = expected switch
        {
            Off => (Verdict.NotApplicable, "may not use"),
            One => (Verdict.Pass, "need one of"),
            Two => (Verdict.Pass, "need two of"),
            _ => (Verdict.Warn, "administrators need two"),
        };
        Assert.Equal(verdict, check.Verdict);
        Assert.Contains(words, check.Reason);
        if (allowed)
        {
            Assert.Contains(custom ? ", custom domain" : "no custom domain", check.Evidence);
            Assert.Contains(synced ? ", synced" : "not synced", check.Evidence);
            Assert.Contains(!trial ? "no trial" : older ? "older than 30 days" : "in its first 30 days", check.Evidence);
        }
    }

    [Fact]
    public void All_combinations_are_there_and_the_page_says_the_same()
    {
        Assert.Equal(32, Rows.Select(row => (row.Trial, row.Older, row.Custom, row.Synced, row.Allowed)).Distinct().Count());
        string[] page = File.ReadAllLines(Path.Combine(Root(), "docs", "sspr-gates.md"));
        foreach (var row in Rows)
        {
            string line = $"| {Word(row.Trial)} | {(row.Older ? "older" : "first 30 days")} | {Word(row.Custom)} | {Word(row.Synced)} "
                + $"| {(row.Allowed ? "on" : "off")} | {row.Expected} |";
            Assert.Contains(line, page);
        }

        Assert.Equal(32 + 2, page.Count(line => line.StartsWith("|", StringComparison.Ordinal)));
    }

    private static string Word(bool value) => value ? "yes" : "no";

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PasswordOps.sln")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}
