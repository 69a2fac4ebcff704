using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Contacts;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.Reset;
using PasswordOps.Core.SignIn;
using PasswordOps.Core.Writeback;
using PasswordOps.Files;
using PasswordOps.Graph;
using PasswordOps.OnPremises;

namespace PasswordOps.Practice.Tour;

/// <summary>
/// The steps of the tour. It is a client like the cmdlets: everything but the server itself goes through the module's own operations.
/// </summary>
internal sealed class TourRun
{
    private const int SheetRows = 1000;
    private const int Width = 110;
    private const string CloudUser = "adele@contoso.com";
    private const string SyncedUser = "bram@contoso.com";
    private const string Administrator = "paul@contoso.com";

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    private readonly TourOptions _options;
    private readonly string _folder;
    private readonly TextWriter _screen;
    private int _done;
    private int _failed;

    internal TourRun(TourOptions options, string folder, TextWriter screen)
    {
        _options = options;
        _folder = folder;
        _screen = screen;
    }

    /// <returns>True when every step went as it should.</returns>
    internal async Task<bool> RunAsync(CancellationToken stop)
    {
        IReadOnlyList<string> ownUsers = _options.CsvFile is null ? [] : UsersOf(_options.CsvFile);
        await using PracticeServer server = await PracticeServer.StartAsync(
            new ServeOptions
            {
                Users = _options.Users, LatencyMilliseconds = _options.Latency, AutoApprove = Administrator, AlsoUsers = ownUsers,
                LogFile = Path.Combine(_folder, "requests.log"),
            },
            stop: stop);
        ReadyInfo ready = server.Ready;
        await _screen.WriteLineAsync(
            $"A practice tenant of {Count(ready.Users)} users runs at {ready.Graph} with {_options.Latency} ms latency. "
            + "Each line after 'PS>' is what you would type.");

        IConnection? application = null;
        IConnection? person = null;
        try
        {
            await StepAsync(
                $"$tenant = Start-PracticeTenant -Users {_options.Users} -Latency {_options.Latency} -AutoApprove {Administrator}; "
                + "Connect-PasswordOps -PracticeTenant $tenant",
                async () =>
                {
                    application = await ConnectAsync(ready, ready.Apps.First(app => app.DisplayName == "PasswordOps full"), stop);
                    return Describe(application.Context);
                });
            if (application is null)
                return End();

            await StepAsync(
                "Test-SsprReadiness",
                async () => Show(await new Readiness(application, SystemClock.Instance).CheckTenantAsync(stop), "readiness-tenant.json"));
            await StepAsync($"Test-SsprReadiness {CloudUser}", () => CheckUserAsync(application, stop));

            string sheet = _options.CsvFile ?? Path.Combine(_folder, "contacts.csv");
            if (_options.CsvFile is null)
                SampleSheet.Write(
                    sheet,
                    server.Tenant.Users
                        .Where(user => user is { Guest: false, AccountEnabled: true, Identities: null, Unnamed: false, Deleted: false }
                            && !server.Tenant.IsRestricted(user.Id))
                        .Take(SheetRows).Select(user => user.UserPrincipalName));
            ContactPlan? plan = null;
            ContactSheet? rows = null;
            IReadOnlyList<PasswordOpsException> errors = [];
            var update = new ContactUpdate(application, new ContactOptions(), SystemClock.Instance);
            await StepAsync($"Compare-SsprContactData -Path {Path.GetFileName(sheet)}", async () =>
            {
                rows = new ContactSheet(new CsvSheetReader(), sheet, SheetOptions.Default);
                (plan, errors) = await PlanAsync(update, rows, stop);
                return
                [
                    plan.ToString(),
                    .. errors.Take(10).Select(error => "  " + error.Message),
                    .. errors.Count > 10 ? [$"  and {errors.Count - 10} more"] : Array.Empty<string>(),
                ];
            });
            if (plan is { IsValid: true } && rows is not null)
            {
                await StepAsync($"Set-SsprContactData -Path {Path.GetFileName(sheet)}", () => WriteAsync(update, rows, plan, server, stop));
                await StepAsync(
                    $"Set-SsprContactData -Path {Path.GetFileName(sheet)}    # once more: nothing differs",
                    () => WriteAgainAsync(update, rows, server, stop));
            }
            else if (plan is not null)
            {
                await StepAsync(
                    $"Set-SsprContactData -Path {Path.GetFileName(sheet)}",
                    () => throw errors[0].Retold($"Nothing was written, for {errors[0].Message}"));
            }

            await StepAsync("Test-AadPasswordReset -All", () => MayResetAsync(application, stop));
            await StepAsync($"Reset-AadUserPassword {CloudUser}", () => ResetAsync(application, CloudUser, server, stop));
            await StepAsync(
                $"Reset-AadUserPassword {SyncedUser}    # an application alone may not: refused with the reason",
                () => RefusedAsync(application, stop));
            await StepAsync(
                $"Connect-PasswordOps -PracticeTenant $tenant -App PasswordOps    # {Administrator} signs in with a device code",
                async () =>
                {
                    person = await ConnectAsync(ready, ready.Apps.First(app => app.PublicClient), stop);
                    return Describe(person.Context);
                });
            if (person is not null)
                await StepAsync($"Reset-AadUserPassword {SyncedUser}", () => ResetAsync(person, SyncedUser, server, stop));

            string events = Path.Combine(_folder, "writeback-events.xml");
            SampleEventLog.Write(events, DateTimeOffset.UtcNow);
            await StepAsync($"Get-WritebackHealth -EventLog {Path.GetFileName(events)}", () => Task.FromResult(Health(events, stop)));
        }
        finally
        {
            application?.Dispose();
            person?.Dispose();
        }
        return End();
    }

    private bool End()
    {
        _screen.WriteLine();
        _screen.WriteLine($"{_done} steps done, {_failed} failed. Outputs are in {_folder}");
        return _failed == 0;
    }

    private async Task StepAsync(string line, Func<Task<IReadOnlyList<string>>> step)
    {
        await _screen.WriteLineAsync();
        await _screen.WriteLineAsync("PS> " + line);
        try
        {
            foreach (string text in await step())
                await WriteWrappedAsync(text);
            _done++;
        }
        catch (PasswordOpsException error)
        {
            _failed++;
            await WriteWrappedAsync($"FAILED {error.Id}: {error.Message}");
            await WriteWrappedAsync($"next   {error.Advice}");
        }
    }

    // Continuation lines stand under the last column of their line, so that ids and verdicts stay easy to find.
    private async Task WriteWrappedAsync(string text)
    {
        int indent = Math.Min(text.LastIndexOf("  ", StringComparison.Ordinal) + 2, 46);
        string rest = "    " + text;
        string margin = new(' ', indent < 3 ? 7 : indent + 4);
        while (rest.Length > Width)
        {
            int cut = rest.LastIndexOf(' ', Width);
            if (cut <= margin.Length)
                break;
            await _screen.WriteLineAsync(rest[..cut]);
            rest = margin + rest[(cut + 1)..];
        }
        await _screen.WriteLineAsync(rest);
    }

    private static async Task<IConnection> ConnectAsync(ReadyInfo ready, ReadyApp app, CancellationToken stop)
    {
        var cloud = new Cloud
        {
            Name = "Practice", Title = "Practice tenant", Authority = new Uri(ready.Authority), Graph = new Uri(ready.Graph),
        };
        using System.Security.SecureString? secret = app.Secret is { } text
            ? new System.Net.NetworkCredential("", text).SecurePassword
            : null;
        return await new GraphSignIn().ConnectAsync(
            new SignInOptions
            {
                Kind = app.PublicClient ? SignInKind.DeviceCode : SignInKind.ClientSecret, Cloud = cloud,
                TenantId = ready.TenantId.ToString(), ClientId = app.AppId.ToString(), ClientSecret = secret,
                PracticeAuthorityFile = ready.CaCertificateFile,
            },
            _ => { },
            stop);
    }

    private static IReadOnlyList<string> UsersOf(string file)
    {
        try
        {
            using ISheet sheet = new CsvSheetReader().Open(file, SheetOptions.Default);
            return sheet.Rows().Select(row => row.Cells.GetValueOrDefault(SheetColumn.Identity, "").Trim())
                .Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        }
        catch (PasswordOpsException)
        {
            // The step that reads the sheet tells what is wrong with it, where the reader expects it.
            return [];
        }
    }

    private static async Task<(ContactPlan Plan, IReadOnlyList<PasswordOpsException> Errors)> PlanAsync(
        ContactUpdate update, ContactSheet sheet, CancellationToken stop)
    {
        update.RequireRights(sheet.Fields);
        var errors = new List<PasswordOpsException>();
        ContactPlan plan = await update.PlanAsync(sheet, null, row => errors.AddRange(row.Errors), null, stop);
        return (plan, errors);
    }

    private static IReadOnlyList<string> Describe(ConnectionContext context) =>
    [
        $"tenant    {context.TenantName} ({context.TenantId})",
        $"account   {context.Account}, {(context.IsAppOnly ? "application by itself" : "signed-in person")}",
        "roles     " + (context.Standing.IsKnown
            ? string.Join(", ", context.Standing.Value.Roles.Select(role => role.Name).Distinct())
            : "not readable"),
        $"rights    {context.Permissions.Count} permissions",
    ];

    private async Task<IReadOnlyList<string>> CheckUserAsync(IConnection connection, CancellationToken stop)
    {
        Reading<ReadinessReport>? report = null;
        await new Readiness(connection, SystemClock.Instance).CheckUsersAsync(
            [new UserIdentity(CloudUser)], (_, read) => report = read, null, stop);
        return Show(report!.Value, "readiness-user.json");
    }

    private async Task<IReadOnlyList<string>> WriteAsync(
        ContactUpdate update, ContactSheet sheet, ContactPlan plan, PracticeServer server, CancellationToken stop)
    {
        var results = new List<ContactResult>();
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        await update.RunAsync(sheet, plan, null, results.Add, null, stop);
        TimeSpan took = System.Diagnostics.Stopwatch.GetElapsedTime(start);
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "contacts-result.json"),
            JsonSerializer.Serialize(
                results.Select(result => new { result.Row, result.User, result.Status, result.Written, result.ErrorId, result.Reason }),
                s_json),
            stop);
        int wrong = results.Count(result => result.Status is not (ContactStatus.Succeeded or ContactStatus.Unchanged));
        if (wrong > 0)
        {
            ContactResult first = results.First(result => result.Status is not (ContactStatus.Succeeded or ContactStatus.Unchanged));
            throw first.Error?.Retold($"{wrong} of {results.Count} users were not written; the first: {first.Reason}")
                ?? new PasswordOpsException(
                    "ContactDataNotWritten", ErrorKind.NotSpecified,
                    $"{wrong} of {results.Count} users were not written; the first: {first.Reason}", "Run it again.");
        }
        return
        [
            $"{Count(results.Count(result => result.Status == ContactStatus.Succeeded))} users written, "
            + $"{Count(results.Count(result => result.Status == ContactStatus.Unchanged))} unchanged, "
            + $"{Count(results.Sum(result => result.Written.Count))} values in "
            + $"{took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s",
        ];
    }

    private static async Task<IReadOnlyList<string>> WriteAgainAsync(
        ContactUpdate update, ContactSheet sheet, PracticeServer server, CancellationToken stop)
    {
        (ContactPlan again, _) = await PlanAsync(update, sheet, stop);
        int writes = again.Tally.ToWrite;
        return writes == 0
            ? [$"{again}: nothing to write"]
            : throw new PasswordOpsException(
                "ContactDataNotWritten", ErrorKind.InvalidData, $"{writes} users differ from the sheet after it was written.",
                "Run it again: the service may lag behind its own writes.");
    }

    private async Task<IReadOnlyList<string>> MayResetAsync(IConnection connection, CancellationToken stop)
    {
        IReadOnlyList<ResetPlan> plans = await new PasswordReset(connection, new ResetOptions(), SystemClock.Instance)
            .PlanAllAsync(null, stop);
        await File.WriteAllLinesAsync(
            Path.Combine(_folder, "resets-allowed.txt"),
            plans.Select(plan => $"{plan.User}\t{plan.Verdict}\t{plan.RouteText}\t{plan.Reason}"), stop);
        return
        [
            .. plans.GroupBy(plan => plan.Verdict).OrderBy(group => group.Key)
                .Select(group => $"{group.Key,-8} {Count(group.Count())} users"),
            .. plans.Where(plan => plan.Refusal is not null).GroupBy(plan => plan.Refusal!.Id).OrderByDescending(group => group.Count())
                .Take(4).Select(group => $"  {group.Key}   {Count(group.Count())} users, for example {group.First().User}"),
        ];
    }

    private static async Task<IReadOnlyList<string>> ResetAsync(
        IConnection connection, string user, PracticeServer server, CancellationToken stop)
    {
        var reset = new PasswordReset(connection, new ResetOptions(), SystemClock.Instance);
        IReadOnlyList<ResetPlan> plans = await reset.PlanAsync([new UserIdentity(user)], stop);
        if (plans[0].Refusal is { } refusal)
            throw refusal;
        ResetOutcome? ended = null;
        var means = new ResetMeans { Generator = new PasswordGenerator(CryptographicRandom.Instance) };
        await reset.RunAsync(plans, means, result => ended = result, null, stop);
        using ResetOutcome outcome = ended!;
        if (outcome.Error is { } error)
            throw error;
        return
        [
            $"{outcome.User}   {outcome.Status}   by "
            + $"{(outcome.Route == ResetRoute.PasswordProfile ? "passwordProfile" : "resetPassword action")}",
            $"changed   {outcome.Changed}",
            $"password  {outcome.Password!.Characters.Length} characters, "
            + $"{PasswordGenerator.EntropyBits(outcome.Password.Characters.Length):0} bits, in the Credential property",
            "seen      " + (outcome.SeenChangedAt is { } seen
                ? "last password change " + seen.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)
                : "not yet in the directory"),
        ];
    }

    private static async Task<IReadOnlyList<string>> RefusedAsync(IConnection connection, CancellationToken stop)
    {
        var reset = new PasswordReset(connection, new ResetOptions(), SystemClock.Instance);
        ResetPlan plan = (await reset.PlanAsync([new UserIdentity(SyncedUser)], stop))[0];
        return plan.Refusal is { Id: "AppOnlyCannotWriteBack" } refusal
            ? [$"{refusal.Id}: {refusal.Message}", $"next   {refusal.Advice}"]
            : throw plan.Refusal ?? new PasswordOpsException(
                "RefusalMissing", ErrorKind.InvalidOperation, "An application by itself was not refused the reset of a synced user.",
                "Report this.");
    }

    private IReadOnlyList<string> Health(string file, CancellationToken stop)
    {
        WritebackHealthReport report = WritebackHealth.FromEventLog(new XmlEventSource(), file, SystemClock.Instance, null, stop);
        File.WriteAllText(Path.Combine(_folder, "writeback-health.json"), JsonSerializer.Serialize(report, s_json));
        return
        [
            $"{report.Verdict}   {report.Headline}",
            .. Lines(report.Checks),
            .. report.NextStep is { } next ? ["next   " + next] : Array.Empty<string>(),
        ];
    }

    private IReadOnlyList<string> Show(ReadinessReport report, string file)
    {
        File.WriteAllText(Path.Combine(_folder, file), JsonSerializer.Serialize(report, s_json));
        return
        [
            $"{report.Target}   {report.Headline}",
            .. Lines(report.Checks),
            .. report.NextStep is { } next ? ["next   " + next] : Array.Empty<string>(),
        ];
    }

    private static IEnumerable<string> Lines(IReadOnlyList<CheckResult> checks) =>
        checks.Select(check => $"{check.Verdict,-13}  {check.Id,-26}  {check.Reason}");

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
