#if NET
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using PasswordOps.Core.Activity;
using PasswordOps.Core.Directory;
using static PasswordOps.Core.Tests.Activity.AuditRows;

namespace PasswordOps.Core.Tests.Activity;

public sealed class AttemptPropertyTests
{
    private static readonly string[] Activities = ActivityName.All().Select(name => name.Name)
        .Concat(Enumerable.Repeat(Flow, 8)).Concat(Enumerable.Repeat(SelfReset, 4)).Append("An activity of next year").ToArray();

    private static readonly string?[] Reasons =
    {
        null, "None", "User submitted their user ID", "User started the email verification option", "Successfully completed reset.",
        "User abandoned before selecting a new password", "FuzzyPolicyViolationInvalidPassword", "OnPremisesSuccessCloudFailure", "other",
    };

    /// <summary>Few users and acts in a few hours, so that rows come close and at the same moment.</summary>
    private static readonly Gen<DirectoryAudit> AnyRow =
        from activity in Gen.Elements(Activities)
        from reason in Gen.Elements(Reasons)
        from minute in Gen.Choose(0, 600)
        from correlation in Gen.Elements("c1", "c2", "c3", null)
        from result in Gen.Elements(AuditResult.Success, AuditResult.Failure, AuditResult.Unknown)
        from user in Gen.Elements(Adele, Bram, null)
        from actor in Gen.Elements(Adele, Bram)
        from agent in Gen.Elements("None", "CloudSync", null)
        select Row(activity, minute / 2, reason, correlation, result, user, actor, null, agent, Guid.NewGuid().ToString("N"));

    private static readonly Gen<DirectoryAudit[]> Log = Gen.ArrayOf(AnyRow);

    private static readonly DateTimeOffset Now = Start.AddHours(6);

    [Fact]
    public void Any_order_of_rows_yields_the_same_attempts()
    {
        Prop.ForAll(Log.ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (DirectoryAudit[] rows, int seed) =>
        {
            Random random = new(seed);
            DirectoryAudit[] shuffled = rows.Concat(rows.Take(2)).OrderBy(_ => random.Next()).ToArray();
            Assert.Equal(Told(ActivityAttempt.Of(rows, Now)), Told(ActivityAttempt.Of(shuffled, Now)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(80));
    }

    [Fact]
    public void Every_row_is_in_one_attempt_and_attempts_are_in_order()
    {
        Prop.ForAll(Log.ToArbitrary(), (DirectoryAudit[] rows) =>
        {
            IReadOnlyList<ActivityAttempt> attempts = ActivityAttempt.Of(rows, Now);
            Assert.Equal(
                rows.Select(row => row.Id).OrderBy(id => id),
                attempts.SelectMany(one => one.Steps).Select(step => step.Id).OrderBy(id => id));
            Assert.Equal(attempts.Select(one => one.At).OrderBy(at => at), attempts.Select(one => one.At));
            Assert.All(attempts, one => Assert.True(one.Ended - one.At <= AttemptBuilder.Span));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(80));
    }

    [Fact]
    public void Page_by_page_gives_the_same_as_all_at_hand()
    {
        Prop.ForAll(Log.ToArbitrary(), Gen.Choose(1, 7).ToArbitrary(), (DirectoryAudit[] rows, int page) =>
        {
            FakeClock clock = At(Now);
            FakeDirectory tenant = new(clock) { AuditPageSize = page };
            DirectoryAudit[] read = rows.Where(IsRead).ToArray();
            tenant.Audits.AddRange(rows.OrderBy(row => row.Id, StringComparer.Ordinal));
            List<ActivityAttempt> attempts = new();
            Read(tenant, clock, new ActivityQuery { Since = Start }, attempts);
            Assert.Equal(Told(ActivityAttempt.Of(read, Now)), Told(attempts));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(60));
    }

    /// <summary>Rows arrive up to an hour late; runs go on from each other at any times.</summary>
    [Fact]
    public void Runs_that_go_on_from_each_other_lose_nothing_and_double_nothing()
    {
        Gen<(DirectoryAudit Row, int Late)[]> late = Gen.ArrayOf(
            AnyRow.SelectMany(row => Gen.Choose(0, 59).Select(minutes => (row, minutes))));
        Gen<int[]> pauses = Gen.Choose(1, 400).ArrayOf();
        Prop.ForAll(late.ToArbitrary(), pauses.ToArbitrary(), ((DirectoryAudit Row, int Late)[] rows, int[] minutes) =>
        {
            FakeClock clock = At(Start);
            FakeDirectory tenant = new(clock) { AuditPageSize = 3 };
            List<ActivityAttempt> attempts = new();
            ActivityCheckpoint? checkpoint = null;
            foreach (int pause in minutes.Append(2_000))
            {
                clock.DelayAsync(TimeSpan.FromMinutes(pause), CancellationToken.None).GetAwaiter().GetResult();
                tenant.Audits.Clear();
                tenant.Audits.AddRange(rows.Where(row => row.Row.At.AddMinutes(row.Late) <= clock.UtcNow).Select(row => row.Row)
                    .OrderBy(row => row.Id, StringComparer.Ordinal));
                ActivityQuery query = new() { Since = Start, IsContinued = true, Checkpoint = checkpoint };
                checkpoint = Read(tenant, clock, query, attempts).Checkpoint;
            }

            string[] Ids(IEnumerable<ActivityAttempt> some) =>
                some.Select(one => string.Join(",", one.Steps.Select(step => step.Id))).OrderBy(id => id, StringComparer.Ordinal).ToArray();
            Assert.Equal(Ids(ActivityAttempt.Of(rows.Select(row => row.Row).Where(IsRead), clock.UtcNow)), Ids(attempts));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(50));
    }

    private static bool IsRead(DirectoryAudit row) => row.Service != "Core Directory" || ActivityName.Find(row.Activity) is not null;

    private static FakeClock At(DateTimeOffset moment)
    {
        FakeClock clock = new();
        clock.DelayAsync(moment - clock.UtcNow, CancellationToken.None).GetAwaiter().GetResult();
        return clock;
    }

    private static ActivityReading Read(FakeDirectory tenant, FakeClock clock, ActivityQuery query, List<ActivityAttempt> attempts) =>
        Task.Run(() => new ActivityLog(tenant, clock).ReadAsync(query, null, attempts.Add, null, CancellationToken.None))
            .GetAwaiter().GetResult();
}
#endif
