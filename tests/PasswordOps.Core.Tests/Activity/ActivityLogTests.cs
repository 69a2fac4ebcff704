using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Activity;
using PasswordOps.Core.Directory;
using static PasswordOps.Core.Tests.Activity.AuditRows;

namespace PasswordOps.Core.Tests.Activity;

public sealed class ActivityLogTests
{
    private readonly FakeClock clock = new();
    private readonly FakeDirectory tenant;
    private readonly List<ActivityAttempt> attempts = new();
    private readonly List<ActivityStep> steps = new();

    public ActivityLogTests()
    {
        tenant = new FakeDirectory(clock);
    }

    [Fact]
    public async Task The_rows_of_three_services_are_read_in_one_order_of_time()
    {
        tenant.Audits.AddRange(new[]
        {
            Row("Admin started password reset", 0, by: Bram, id: "1"), Row(AdminReset, 1, by: Bram, id: "2"),
            Row("Reset user password", 1.5, correlation: null, id: "3"), Row(Flow, 2, "User submitted their user ID", "c9", id: "4"),
            Row("User registered security info", 3, correlation: "c8", id: "5"), Row("Update user", 3, service: "Core Directory", id: "6"),
        });

        ActivityReading reading = await ReadAsync();

        Assert.Equal(new[] { "1", "2", "3", "4", "5" }, steps.Select(step => step.Id));
        Assert.Equal(5, reading.Rows);
        Assert.Equal(Start, reading.FirstRow);
        Assert.Equal(30, reading.KeptDays);
        Assert.Empty(reading.Gaps);
        Assert.Null(reading.Checkpoint);
        Assert.Equal(
            new List<ActivityKind> { ActivityKind.AdministratorReset, ActivityKind.SelfServiceReset, ActivityKind.Registration },
            attempts.Select(attempt => attempt.Kind));
    }

    [Fact]
    public async Task One_service_that_may_not_be_read_is_a_gap_and_the_others_answer()
    {
        tenant.Audits.Add(Row(SelfReset));
        tenant.Broken["OpenAudits Authentication Methods"] = FakeDirectory.Refusal("RoleMissing");

        ActivityReading reading = await ReadAsync(query => query with { IsContinued = true });

        ActivityGap gap = Assert.Single(reading.Gaps);
        Assert.Equal("Authentication Methods", gap.Service);
        Assert.Contains("Reports Reader", gap.Error.Advice);
        Assert.Single(steps);

        // Going on from here would leave the missing rows out for ever.
        Assert.Null(reading.Checkpoint);
    }

    [Fact]
    public async Task A_log_that_may_not_be_read_at_all_is_a_failure()
    {
        tenant.Broken["OpenAudits"] = FakeDirectory.Refusal("PermissionMissing");

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(() => ReadAsync());

        Assert.Equal("PermissionMissing", failure.Id);
    }

    [Fact]
    public async Task Without_a_premium_licence_seven_days_are_kept_and_without_knowing_nothing_is_said()
    {
        tenant.Skus = Array.Empty<SubscribedSku>();
        Assert.Equal(7, (await ReadAsync()).KeptDays);
        tenant.Broken["GetSubscribedSkusAsync"] = FakeDirectory.Refusal("PermissionMissing");
        Assert.Null((await ReadAsync()).KeptDays);
    }

    [Fact]
    public async Task One_user_is_asked_for_by_id_and_who_cannot_be_found_is_picked_out_by_name()
    {
        DirectoryUser adele = tenant.Add("adele@contoso.com");
        tenant.Audits.AddRange(new[] { Row(SelfReset, 0, user: adele.Id), Row(SelfReset, 1, user: Bram, correlation: "c2") });

        await ReadAsync(query => query with { User = new UserIdentity("adele@contoso.com") });
        Assert.Equal(adele.Id, Assert.Single(steps).UserId);
        Assert.All(tenant.AuditFilters, filter => Assert.Equal(adele.Id, filter.TargetId));

        await ReadAsync(query => query with { User = new UserIdentity("Bram@contoso.com") });
        Assert.Equal("bram@contoso.com", Assert.Single(steps).User);
    }

    [Fact]
    public async Task A_row_that_slips_onto_the_next_page_counts_once()
    {
        tenant.Audits.AddRange(
            new[] { Row(SelfReset, 0, id: "a"), Row(Flow, 1, "x", id: "b"), Row(Flow, 1, "x", id: "b"), Row(Flow, 2, "y") });

        Assert.Equal(3, (await ReadAsync()).Rows);
        Assert.Equal(3, Assert.Single(attempts).Steps.Count);
    }

    [Fact]
    public async Task Of_two_runs_the_second_gives_what_the_first_left_and_nothing_twice()
    {
        await clock.DelayAsync(Start.AddHours(5) - clock.UtcNow, CancellationToken.None);
        tenant.Audits.AddRange(new[] { Row(SelfReset, 0, correlation: "a"), Row(SelfReset, 4 * 60, correlation: "b") });

        ActivityReading first = await ReadAsync(query => query with { IsContinued = true });
        Assert.Equal("a", Assert.Single(attempts).CorrelationId);
        Assert.Equal(Start.AddHours(3), first.Checkpoint!.Until);
        Assert.Single(first.Checkpoint.Given);
        Assert.Equal(tenant.Context.TenantId, first.Checkpoint.TenantId);

        // At once again: nothing new, and nothing forgotten.
        ActivityReading again = await ReadAsync(query => query with { IsContinued = true, Checkpoint = first.Checkpoint });
        Assert.Empty(attempts);
        Assert.Equal(first.Checkpoint.Given, again.Checkpoint!.Given);

        // A row that comes hours late is older than where the first run ended.
        tenant.Audits.Add(Row(SelfReset, 30, correlation: "late", user: Bram));
        await clock.DelayAsync(TimeSpan.FromHours(2), CancellationToken.None);
        ActivityReading second = await ReadAsync(query => query with { IsContinued = true, Checkpoint = again.Checkpoint });
        Assert.Equal(new[] { "late", "b" }, attempts.Select(attempt => attempt.CorrelationId));
        Assert.False(second.HasMissed);
        Assert.Equal(first.Checkpoint.From, second.Since);
    }

    [Fact]
    public async Task Rows_by_themselves_are_given_up_to_now()
    {
        tenant.Audits.Add(Row(SelfReset, 23 * 60 - 1, id: "new"));

        ActivityReading first = await ReadAsync(query => query with { IsContinued = true, StepsOnly = true });
        Assert.Equal("new", Assert.Single(steps).Id);
        Assert.Empty(attempts);
        Assert.Equal(clock.UtcNow, first.Checkpoint!.Until);
        await ReadAsync(query => query with { IsContinued = true, StepsOnly = true, Checkpoint = first.Checkpoint });
        Assert.Empty(steps);
    }

    [Fact]
    public async Task A_checkpoint_older_than_the_log_says_that_something_is_lost()
    {
        ActivityCheckpoint old = new() { TenantId = "t", Until = clock.UtcNow.AddDays(-31), Given = Array.Empty<string>() };

        Assert.True((await ReadAsync(query => query with { IsContinued = true, Checkpoint = old })).HasMissed);
        Assert.False((await ReadAsync(query => query with
        {
            IsContinued = true, Checkpoint = old with { Until = clock.UtcNow.AddDays(-29) },
        })).HasMissed);
    }

    [Fact]
    public async Task A_stop_ends_it()
    {
        tenant.Audits.Add(Row(SelfReset));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ActivityLog(tenant, clock).ReadAsync(
            new ActivityQuery { Since = Start }, null, null, null, new CancellationToken(true)));
    }

    private async Task<ActivityReading> ReadAsync(Func<ActivityQuery, ActivityQuery>? change = null)
    {
        attempts.Clear();
        steps.Clear();
        tenant.AuditFilters.Clear();
        ActivityQuery query = new() { Since = Start.AddDays(-7) };
        return await new ActivityLog(tenant, clock).ReadAsync(
            change?.Invoke(query) ?? query, steps.Add, attempts.Add, null, CancellationToken.None);
    }
}
