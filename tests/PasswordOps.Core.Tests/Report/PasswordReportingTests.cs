using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Report;

namespace PasswordOps.Core.Tests.Report;

public class PasswordReportingTests
{
    private readonly FakeDirectory tenant = new(new FakeClock());
    private readonly List<ReportPerson> sheet = new();

    public PasswordReportingTests()
    {
        Add("anna", capable: true);
        Add("bert", capable: false);
        Add("carla", capable: false);
        tenant.Totals = new RegistrationTotals(3, 3, 1, 1);
    }

    [Fact]
    public async Task A_report_counts_everybody_and_lists_who_needs_something()
    {
        PasswordReport report = await MakeAsync();
        Assert.Equal("Contoso", report.TenantName);
        Assert.Equal(new ReportFunnel(3, 3, 1, 1, 0), report.Funnel! with { Unknown = 0 });
        Assert.Contains(report.Methods!, method => method is { Name: "mobilePhone", Count: 1 });
        Assert.Equal(tenant.Users.Count, sheet.Count);
        Assert.Equal(2, report.People.Count(person => person.UserPrincipalName is "bert@contoso.com" or "carla@contoso.com"));
        Assert.DoesNotContain(report.People, person => person.UserPrincipalName == "anna@contoso.com");
        Assert.Equal(report.PeopleInNeed, report.People.Count);
        ReportGate gate = Assert.Single(report.Gates!, one => one.Policy == "User policy");
        Assert.InRange(gate.Met, 1, gate.Users - 2);
        Assert.NotEmpty(report.Licenses!);
    }

    [Fact]
    public async Task Problems_stand_with_the_worst_first_and_say_how_many_they_concern()
    {
        tenant.AdministratorSspr = false;
        PasswordReport report = await MakeAsync();
        List<Verdict> verdicts = report.Problems.Select(problem => problem.Verdict).ToList();
        Assert.Equal(verdicts.OrderByDescending(verdict => verdict), verdicts);
        ReportProblem people = Assert.Single(report.Problems, problem => problem.CheckId == "contact.methods");
        Assert.Equal(2, people.Users);
        Assert.Equal("Get-SsprRegistration -CanPrepopulate | Set-SsprContactData -WhatIf", people.Command);
        ReportProblem own = Assert.Single(report.Problems, problem => problem.CheckId == "policy.administratorSspr");
        Assert.Null(own.Users);
        Assert.NotNull(own.Command);
    }

    [Fact]
    public async Task Who_is_blocked_or_a_guest_needs_nothing()
    {
        Add("dora", capable: false, user => user with { AccountEnabled = false });
        PasswordReport report = await MakeAsync();
        Assert.DoesNotContain(report.People, person => person.UserPrincipalName == "dora@contoso.com");
        Assert.Contains(sheet, person => person.UserPrincipalName == "dora@contoso.com");
    }

    [Fact]
    public async Task A_refused_report_leaves_the_rest_and_says_what_to_grant()
    {
        tenant.Registrations.Clear();
        tenant.Broken["ReadRegistrationsAsync"] = FakeDirectory.Refusal("PermissionMissing");
        tenant.Broken["GetRegistrationTotalsAsync"] = FakeDirectory.Refusal("PermissionMissing");
        PasswordReport report = await MakeAsync();
        Assert.Null(report.Funnel);
        Assert.Null(report.Methods);
        Assert.NotNull(report.Licenses);
        ReportSource source = Assert.Single(report.Sources, one => one.Name == "Registration report");
        Assert.False(source.IsKnown);
        Assert.NotEmpty(source.Advice!);
    }

    [Fact]
    public async Task Users_who_cannot_be_read_leave_the_checks_of_the_tenant()
    {
        tenant.Broken["ReadUsersAsync"] = FakeDirectory.Refusal("PermissionMissing");
        PasswordReport report = await MakeAsync();
        Assert.Null(report.Funnel);
        Assert.Null(report.Gates);
        Assert.Null(report.Departments);
        Assert.NotEmpty(report.Checks);
        Assert.False(report.Sources[0].IsKnown);
    }

    [Fact]
    public async Task A_refused_audit_log_is_no_quiet_month()
    {
        tenant.Broken["OpenAudits"] = FakeDirectory.Refusal("PermissionMissing");
        PasswordReport report = await MakeAsync();
        Assert.Null(report.Activity);
        Assert.Contains(report.Sources, source => source.Name == "Audit log" && !source.IsKnown);
    }

    [Fact]
    public async Task Masked_it_holds_no_name_and_no_account()
    {
        PasswordReport report = await MakeAsync(mask: true);
        string all = string.Join(
            "\n",
            sheet.Select(person => string.Join("|", person.Name, person.UserPrincipalName, person.Reason, person.NextStep))
                .Concat(report.Checks.Select(check => string.Join("|", check.Reason, check.Evidence, check.Fix, check.Target)))
                .Concat(report.Problems.Select(problem => problem.Text + problem.Fix))
                .Concat(new[] { report.Headline, report.NextStep }));
        Assert.DoesNotContain("@contoso.com", all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("bert", all, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(sheet.Count, sheet.Select(person => person.Name).Distinct().Count());
        Assert.True(report.IsMasked);
    }

    [Fact]
    public async Task A_tenant_without_users_has_a_report()
    {
        tenant.Users.Clear();
        tenant.Registrations.Clear();
        PasswordReport report = await MakeAsync();
        Assert.Null(report.Funnel);
        Assert.Empty(sheet);
        Assert.Equal(0, report.PeopleInNeed);
    }

    [Fact]
    public async Task The_page_gets_the_worst_when_there_are_too_many()
    {
        for (int i = 0; i < (2 * PasswordReport.MostPeople) + 10; i++)
        {
            Add($"user{i:00000}", capable: false);
        }

        tenant.PageSize = 999;
        PasswordReport report = await MakeAsync();
        Assert.Equal(PasswordReport.MostPeople, report.People.Count);
        Assert.Equal((2 * PasswordReport.MostPeople) + 12, report.PeopleInNeed);
        Assert.Equal(tenant.Users.Count, sheet.Count);
    }

    private void Add(string name, bool capable, Func<DirectoryUser, DirectoryUser>? change = null)
    {
        DirectoryUser user = tenant.Add(name + "@contoso.com", user =>
        {
            AssignedLicense license = new(tenant.Skus[0].SkuId, Array.Empty<string>());
            DirectoryUser licensed = user with { AssignedLicenses = new[] { license } };
            return change?.Invoke(licensed) ?? licensed;
        });
        tenant.Registrations[user.Id] = new RegistrationDetail
        {
            Id = user.Id, IsSsprEnabled = true, IsSsprRegistered = capable, IsSsprCapable = capable,
            MethodsRegistered = capable ? new[] { "mobilePhone" } : Array.Empty<string>(),
            LastUpdated = tenant.Clock.UtcNow.AddHours(-1),
        };
    }

    private Task<PasswordReport> MakeAsync(bool mask = false) => new PasswordReporting(tenant, tenant.Clock).MakeAsync(
        new ReportOptions { Since = tenant.Clock.UtcNow.AddDays(-30), Zone = TimeZoneInfo.Utc, MadeBy = "PasswordOps 0.1.0", Mask = mask },
        sheet.Add, null, CancellationToken.None);
}
