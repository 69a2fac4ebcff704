using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Report;

namespace PasswordOps.Files.Tests.Report;

/// <summary>Reports to write, with as many people as wanted.</summary>
internal static class SampleReport
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);

    public static PasswordReport Of(params ReportPerson[] people) => Empty with
    {
        Verdict = Verdict.Warn,
        Headline = "Ready, with something to look at: 1,204 of 8,000 people cannot reset.",
        NextStep = "Ask those who have not registered to do so at aka.ms/ssprsetup.",
        Funnel = new ReportFunnel(8000, 7600, 6900, 6796, 212),
        Methods = new ReportShare[]
        {
            new("mobilePhone", 6100), new("email", 4200), new("microsoftAuthenticatorPush", 3900),
        },
        Gates = new ReportGate[]
        {
            new("Administrator policy", "2", 40, 31), new("User policy", "not readable: 1 or 2", 7960, 6765),
        },
        Licenses = new ReportLicense[] { new("Microsoft Entra ID P1", 8000, 7788, true) },
        Activity = new ReportActivity(
            Now.AddDays(-30), Now,
            Enumerable.Range(0, 30)
                .Select(i => new ReportDay(Now.Date.AddDays(i - 29), 40 + (i * 7 % 23), i * 5 % 11, i % 4, i % 9)).ToList(),
            new ReportReason[] { new("The new password is banned.", 61, "Tell people to choose a longer one.") }),
        Departments = new ReportGroup[]
        {
            new("Sales", 900, 880, 700, 690), new("Legal", 80, 80, 80, 80), new("Finance", 300, 300, 100, 99),
        },
        Problems = new ReportProblem[]
        {
            new(
                "contact.registered", Verdict.Fail, "People who are enabled have not registered.", 700, "Ask them to register.",
                "Get-SsprRegistration -All -NotRegistered"),
            new("policy.methods", Verdict.Warn, "The legacy policy still decides the methods.", null, "Migrate the policy.", null),
        },
        Checks = new[]
        {
            Check("license.tenant", Verdict.Pass), Check("policy.methods", Verdict.Warn), Check("source.sync", Verdict.Unknown),
        },
        People = people,
        PeopleInNeed = people.Length,
    };

    public static PasswordReport Empty { get; } = new()
    {
        TenantName = "Contoso",
        TenantId = "5c9d0c5f-0000-4000-8000-000000000001",
        MadeAt = Now,
        MadeBy = "PasswordOps 0.1.0",
        Language = "en",
        TimeZone = "UTC",
        IsMasked = false,
        Verdict = Verdict.Unknown,
        Headline = "Cannot tell: the report was refused.",
        Sources = new ReportSource[] { new("Registration report", "refused", "Grant AuditLog.Read.All.", Now) },
        Problems = Array.Empty<ReportProblem>(),
        Checks = Array.Empty<CheckResult>(),
        People = Array.Empty<ReportPerson>(),
        PeopleInNeed = 0,
    };

    public static ReportPerson Person(int number, string? name = null) => new(
        name ?? $"Person {number:000000}", $"person{number:000000}@contoso.com", new[] { "Sales", "Legal", "Finance", null }[number % 4],
        number % 50 == 0, number % 3 == 0, true, number % 5 == 0, false, number % 2 == 0 ? "email" : string.Empty,
        number % 7 == 0 ? Verdict.Fail : Verdict.Warn, "Not registered with enough methods.", "Ask the person to register.");

    public static IEnumerable<ReportPerson> People(int count) => Enumerable.Range(1, count).Select(number => Person(number));

    private static CheckResult Check(string id, Verdict verdict) => new()
    {
        Id = id, Verdict = verdict, Reason = "A reason.", Evidence = "evidence", ReadAt = Now, Source = "a document", Fix = "Do it.",
    };
}
