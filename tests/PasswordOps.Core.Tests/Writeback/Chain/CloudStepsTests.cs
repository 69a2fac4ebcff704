using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Writeback.Chain;

namespace PasswordOps.Core.Tests.Writeback.Chain;

public class CloudStepsTests
{
    private const string Connect = "Microsoft Entra Connect";
    private readonly FakeDirectory tenant = new(new FakeClock());

    [Fact]
    public async Task A_tenant_that_syncs_and_owns_a_licence_passes()
    {
        tenant.Organization = tenant.Organization with { OnPremisesSyncEnabled = true, LastSync = tenant.Clock.UtcNow.AddMinutes(-10) };
        ChainFindings[] found = await LookAsync();
        Assert.Equal(Verdict.Pass, One(found, "license.writeback").Verdict);
        Assert.Equal(Verdict.Pass, One(found, "source.sync").Verdict);
    }

    [Fact]
    public async Task A_tenant_that_syncs_nothing_breaks_the_chain()
    {
        tenant.Organization = tenant.Organization with { OnPremisesSyncEnabled = false };
        CheckResult check = One(await LookAsync(), "source.sync");
        Assert.Equal(Verdict.Fail, check.Verdict);
        Assert.Contains("nothing to write back to", check.Reason);
        Assert.NotNull(check.Fix);
    }

    [Theory]
    [InlineData("", Verdict.Unknown, "no reset since")]
    [InlineData("ok None 60", Verdict.Unknown, "none that went to Active Directory")]
    [InlineData("ok - 60", Verdict.Unknown, "none that went to Active Directory")]
    [InlineData("ok Connect 60", Verdict.Pass, "through Entra Connect Sync")]
    [InlineData("ok CloudSync 60", Verdict.Pass, "through cloud sync")]
    [InlineData("ok Connect 60|ok None 5", Verdict.Pass, "through Entra Connect Sync")]
    [InlineData("ok Connect 60|bad Connect 90", Verdict.Pass, "through Entra Connect Sync")]
    [InlineData("ok Connect 60|bad Connect 30", Verdict.Warn, "since then one failed: denied")]
    [InlineData("bad Connect 30", Verdict.Warn, "No password reached Active Directory")]
    [InlineData("late Connect 30", Verdict.Pass, "OnPremisesSuccessCloudFailure")]
    [InlineData("ok Connect 50000", Verdict.Unknown, "no reset since")]
    public async Task The_log_proves_only_what_it_says(string rows, Verdict verdict, string reason)
    {
        foreach (string[] row in rows.Split(new[] { '|' }, StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(' ')))
        {
            Add(
                "Reset password (by admin)", row[0] == "bad" ? AuditResult.Failure : AuditResult.Success, int.Parse(row[2]),
                row[1] == "-" ? null : row[1] == "Connect" ? Connect : row[1],
                row[0] == "late" ? "OnPremisesSuccessCloudFailure" : row[0] == "bad" ? "denied" : "Successfully completed reset.");
        }

        CheckResult check = One(await LookAsync(), "writeback.cloud.proof");
        Assert.Equal(verdict, check.Verdict);
        Assert.Contains(reason, check.Reason);
        Assert.Equal(verdict != Verdict.Pass, check.Fix is not null);
    }

    [Theory]
    [InlineData("", Verdict.NotApplicable, "neither switched on nor off")]
    [InlineData("Enable 60", Verdict.Pass, "switched on")]
    [InlineData("Disable 60", Verdict.Fail, "switched off")]
    [InlineData("Disable 60|Enable 30", Verdict.Pass, "switched on")]
    [InlineData("Enable 60|Disable 30", Verdict.Fail, "switched off")]
    [InlineData("Disable 60|proof 30", Verdict.Warn, "yet a password reached")]
    [InlineData("Disable 30|proof 60", Verdict.Fail, "switched off")]
    public async Task The_last_switch_counts(string rows, Verdict verdict, string reason)
    {
        foreach (string[] row in rows.Split(new[] { '|' }, StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(' ')))
        {
            bool proof = row[0] == "proof";
            Add(
                proof ? "Reset password (by admin)" : row[0] + " password writeback for directory", AuditResult.Success, int.Parse(row[1]),
                proof ? Connect : null, null);
        }

        CheckResult check = One(await LookAsync(), "writeback.cloud.switch");
        Assert.Equal(verdict, check.Verdict);
        Assert.Contains(reason, check.Reason);
    }

    [Theory]
    [InlineData(0, Verdict.Fail)]
    [InlineData(12, Verdict.Pass)]
    [InlineData(null, Verdict.Unknown)]
    public async Task The_report_counts_for_whom_it_is_on(int? enabled, Verdict verdict)
    {
        tenant.Totals = new RegistrationTotals(40, enabled, 10, 9);
        Assert.Equal(verdict, One(await LookAsync(), "writeback.cloud.enabled").Verdict);
    }

    [Fact]
    public async Task Both_engines_are_told_from_the_log()
    {
        Add("Reset password (by admin)", AuditResult.Success, 10, Connect, null);
        Add("Change password (self-service)", AuditResult.Success, 20, "CloudSync", null);
        Assert.Equal(
            new List<WritebackEngine> { WritebackEngine.ConnectSync, WritebackEngine.CloudSync },
            (await LookAsync()).SelectMany(one => one.Engines).OrderBy(one => one));
    }

    [Fact]
    public async Task What_may_not_be_read_is_unknown_with_what_to_grant()
    {
        PasswordOpsException error = new("PermissionMissing", ErrorKind.PermissionDenied, "No.", "Grant AuditLog.Read.All.");
        foreach (string method in new[] { "OpenAudits", "GetOrganizationAsync", "GetSubscribedSkusAsync", "GetRegistrationTotalsAsync" })
        {
            tenant.Broken[method] = error;
        }

        CheckResult[] checks = (await LookAsync()).SelectMany(one => one.Checks).ToArray();
        Assert.Equal(5, checks.Length);
        Assert.All(checks, check => Assert.Equal((Verdict.Unknown, error.Advice), (check.Verdict, check.Fix)));
    }

    [Fact]
    public async Task A_large_log_is_not_read_to_its_end()
    {
        for (int i = 0; i < 50; i++)
        {
            Add("Reset password (by admin)", AuditResult.Success, i + 1, Connect, null);
        }

        Assert.Contains("6 rows", One(await LookAsync(), "writeback.cloud.proof").Evidence);
    }

    private static CheckResult One(IEnumerable<ChainFindings> found, string id) =>
        found.SelectMany(one => one.Checks).Single(check => check.Id == id);

    private void Add(string activity, AuditResult result, int minutesAgo, string? agent, string? reason) => tenant.Audits.Add(new()
    {
        Id = Guid.NewGuid().ToString(), Activity = activity, Result = result, At = tenant.Clock.UtcNow.AddMinutes(-minutesAgo),
        Service = "Self-service Password Management", ResultReason = reason,
        Details = agent is null ? Array.Empty<AuditDetail>() : new[] { new AuditDetail("OnPremisesAgent", agent) },
    });

    private async Task<ChainFindings[]> LookAsync() =>
        await Task.WhenAll(CloudSteps.Of(tenant, tenant.Clock).Select(step => step.Look(CancellationToken.None)));
}
