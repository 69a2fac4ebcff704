using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Activity;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Checks.License;
using PasswordOps.Core.Checks.Policy;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Registration;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Core.Report;

/// <summary>
/// Makes the report on a tenant's passwords: its checks, everybody's readiness, and what the audit log tells, read side by side. A part
/// that is refused leaves the others standing.
/// </summary>
public sealed class PasswordReporting
{
    private readonly IConnection connection;
    private readonly IClock clock;

    /// <summary>Creates the operation.</summary>
    /// <param name="connection">Session with the tenant.</param>
    /// <param name="clock">Time.</param>
    public PasswordReporting(IConnection connection, IClock clock)
    {
        this.connection = connection;
        this.clock = clock;
    }

    /// <summary>Makes it.</summary>
    /// <param name="options">How.</param>
    /// <param name="write">Receives each person; called from any thread, one call at a time.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The report.</returns>
    /// <exception cref="PasswordOpsException">The service cannot be reached: <c>ServiceUnreachable</c>, <c>ConnectionLost</c>.</exception>
    public async Task<PasswordReport> MakeAsync(
        ReportOptions options, Action<ReportPerson> write, IProgress<BulkProgress>? progress, CancellationToken stop)
    {
        if (options is null)
        {
            throw new ArgumentNullException(nameof(options));
        }

        Readiness readiness = new(connection, clock);
        ReportProblems problems = new();
        ReportMask? mask = options.Mask ? new ReportMask() : null;
        ReportPeople people = new(problems, mask, write);
        Task<(ReadinessReport Report, WholeTenantFacts Facts)> tenant = readiness.ReadTenantAsync(stop);
        Task<Reading<bool>> everybody = Reading.TryAsync(
            async () =>
            {
                await readiness.CheckAllAsync(people.Take, progress, stop).ConfigureAwait(false);
                return true;
            },
            clock);
        ActivityTally tally = new(options.Zone);
        ActivityLog log = new(connection, clock);
        Task<Reading<ActivityReading>> activity = Reading.TryAsync(
            () => log.ReadAsync(new ActivityQuery { Since = options.Since }, null, tally.Add, null, stop), clock);
        await Task.WhenAll(tenant, everybody, activity).ConfigureAwait(false);
        return Tell(
            options, await tenant.ConfigureAwait(false), people, problems, await everybody.ConfigureAwait(false),
            await activity.ConfigureAwait(false), tally);
    }

    private PasswordReport Tell(
        ReportOptions options, (ReadinessReport Report, WholeTenantFacts Facts) tenant, ReportPeople people, ReportProblems problems,
        Reading<bool> everybody, Reading<ActivityReading> activity, ActivityTally tally)
    {
        (ReadinessReport report, WholeTenantFacts facts) = tenant;
        CheckResult[] checks = options.Mask ? report.Checks.Select(ReportMask.Of).ToArray() : report.Checks.ToArray();
        RegistrationSummary registration = people.Registration;
        bool isCounted = everybody.IsKnown && people.LineProblem is null && registration.All.Listed > 0;
        ActivitySummary? events = activity.IsKnown ? tally.Tell(activity.Value) : null;
        return new PasswordReport
        {
            TenantName = report.Target,
            TenantId = report.TargetId,
            MadeAt = clock.UtcNow,
            MadeBy = options.MadeBy,
            Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "nl" ? "nl" : "en",
            TimeZone = options.Zone.Id,
            IsMasked = options.Mask,
            Verdict = report.Verdict,
            Headline = options.Mask ? ReportMask.Of(report.Headline)! : report.Headline,
            NextStep = options.Mask ? ReportMask.Of(report.NextStep) : report.NextStep,
            Sources = Sources(facts, everybody, people, registration, activity).ToArray(),
            Funnel = isCounted
                ? new ReportFunnel(
                    registration.All.Listed, registration.All.Enabled, registration.All.Registered, registration.All.Capable,
                    registration.All.Unknown)
                : null,
            Methods = isCounted ? registration.Methods.Select(method => new ReportShare(method.Method, method.Users)).ToArray() : null,
            Gates = everybody.IsKnown && registration.All.Users > 0 ? people.Gates(AdministratorsNeed(facts)) : null,
            Licenses = facts.Skus.IsKnown ? Licenses(facts.Skus.Value) : null,
            Activity = events is null ? null : Activity(events),
            Departments = isCounted ? registration.ByDepartment.Select(Department).ToArray() : null,
            Problems = problems.Rank(checks),
            Checks = checks,
            People = people.Worst.ToArray(),
            PeopleInNeed = people.InNeed,
        };
    }

    private static string AdministratorsNeed(WholeTenantFacts facts)
    {
        if (!facts.Organization.IsKnown || facts.IsSynced is null || !facts.Subscriptions.IsKnown)
        {
            return Text.Of($"unknown: not readable");
        }

        AdministratorGates gates = AdministratorGates.Of(facts.Subscriptions.Value, facts.Organization.Value, facts.Now);
        string number = gates.Gates.ToString(CultureInfo.InvariantCulture);
        return gates.IsAmbiguous ? Text.Of($"{number} (the document's two lists are both met)") : number;
    }

    private static IReadOnlyList<ReportLicense> Licenses(IReadOnlyList<SubscribedSku> skus) => skus
        .Where(LicenseRules.IsUsable)
        .Select(sku => (Sku: sku, Writeback: LicenseRules.WritebackPlan(sku.Plans) is not null))
        .Where(one => one.Writeback || LicenseRules.CloudReset(one.Sku.SkuId, one.Sku.PartNumber, one.Sku.Plans) is not null)
        .Select(one => new ReportLicense(
            LicenseRules.NameOf(one.Sku.SkuId, one.Sku.PartNumber), one.Sku.Units, one.Sku.ConsumedUnits, one.Writeback))
        .OrderByDescending(license => license.Enabled)
        .ToArray();

    private static ReportActivity Activity(ActivitySummary events) => new(
        events.Since, events.Until,
        events.Days.Select(day => new ReportDay(
            day.Day, day.Succeeded + day.Changes, day.Failed + day.Blocked + day.ChangeFailures, day.Abandoned,
            day.AdministratorResets)).ToArray(),
        events.Reasons.Select(reason => new ReportReason(reason.Why, reason.Attempts, reason.NextStep)).ToArray());

    private static ReportGroup Department(RegistrationMeasure measure) => new(
        measure.Name.Length == 0 ? Text.Of($"(none)") : measure.Name, measure.Listed, measure.Enabled, measure.Registered, measure.Capable);

    private IEnumerable<ReportSource> Sources(
        WholeTenantFacts facts, Reading<bool> everybody, ReportPeople people, RegistrationSummary registration,
        Reading<ActivityReading> activity)
    {
        string users = Text.Of($"Users and their roles");
        yield return everybody.IsKnown
            ? new ReportSource(users, Text.Of($"{registration.All.Users} users"), null, everybody.At)
            : Refused(users, everybody.Error!, everybody.At);

        string lines = Text.Of($"Registration report");
        if ((people.LineProblem ?? facts.Totals.Error) is PasswordOpsException problem)
        {
            yield return Refused(lines, problem, facts.Totals.At);
        }
        else if (registration.OldestLine is DateTimeOffset oldest && registration.NewestLine is DateTimeOffset newest)
        {
            yield return new ReportSource(
                lines,
                Text.Of($"{registration.All.Listed} lines, written between {Moment(oldest)} and {Moment(newest)}; ")
                + Text.Of($"it runs up to a few hours behind"),
                null, everybody.At);
        }
        else
        {
            yield return new ReportSource(lines, Text.Of($"no line"), null, facts.Totals.At);
        }

        foreach (ReportSource source in Audits(activity))
        {
            yield return source;
        }

        yield return Of(Text.Of($"Organization"), facts.Organization);
        yield return Of(Text.Of($"Domains"), facts.Domains);
        yield return Of(Text.Of($"Products"), facts.Skus);
        yield return Of(Text.Of($"Subscriptions"), facts.Subscriptions);
        yield return Of(Text.Of($"Authorization policy"), facts.AdministratorSspr);
        yield return Of(Text.Of($"Authentication methods policy"), facts.Methods);
        yield return Of(Text.Of($"Holders of Global Administrator"), facts.GlobalAdministrators);
    }

    private static IEnumerable<ReportSource> Audits(Reading<ActivityReading> activity)
    {
        string name = Text.Of($"Audit log");
        if (!activity.IsKnown)
        {
            yield return Refused(name, activity.Error!, activity.At);
            yield break;
        }

        ActivityReading read = activity.Value;
        string kept = read.KeptDays is int days ? Text.Of($"the service keeps {days} days") : Text.Of($"how long it is kept is not known");
        yield return new ReportSource(
            name,
            read.FirstRow is DateTimeOffset first
                ? Text.Of($"{read.Rows} rows, the first of {Moment(first)}; {kept}; rows come up to an hour late")
                : Text.Of($"no rows; {kept}"),
            null, activity.At);
        foreach (ActivityGap gap in read.Gaps)
        {
            yield return Refused($"{name}, {gap.Service}", gap.Error, activity.At);
        }
    }

    private static ReportSource Of<T>(string name, Reading<T> reading) =>
        reading.IsKnown ? new ReportSource(name, Text.Of($"read"), null, reading.At) : Refused(name, reading.Error!, reading.At);

    private static ReportSource Refused(string name, PasswordOpsException error, DateTimeOffset at) =>
        new(name, error.Message, error.Advice ?? Text.Of($"Make the report again."), at);

    private static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
