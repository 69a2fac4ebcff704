using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Bulk;

namespace PasswordOps.Core.Tests.Bulk;

/// <summary>Runs of thousands of requests against services of every sort, in time that is only counted.</summary>
public class PaceMeterTests
{
    private const int Most = 8;
    private const int Seeds = 10;

    [Theory]
    [InlineData(PaceBudget.MethodWrites)]
    [InlineData(PaceBudget.MethodReads)]
    [InlineData(PaceBudget.DirectoryReads)]
    [InlineData(PaceBudget.DirectoryWrites)]
    [InlineData(PaceBudget.Reports)]
    public void Where_nothing_is_refused_hardly_anything_idles(PaceBudget budget)
    {
        PaceSimulation run = new(new PaceServer("open", 0, 0, 0), 1) { Budget = budget, Latency = 0.15, Jitter = 0.002 };

        double took = run.Run(10_000);

        Assert.InRange(10_000 / took / (Most * PaceMeter.BatchSize / 0.15), 0.87, 1);
        Assert.Equal(0, run.Meter.Refused);
    }

    [Theory]

    // The strict and the documented regime, as they are and with time running faster.
    [InlineData("sliding", 5, 10, 1000, 0.97)]
    [InlineData("sliding", 5, 2, 1000, 0.96)]
    [InlineData("sliding", 5, 1, 1000, 0.96)]
    [InlineData("sliding", 5, 0.5, 1000, 0.85)]
    [InlineData("sliding", 3000, 150, 20_000, 0.97)]
    [InlineData("sliding", 3000, 15, 20_000, 0.97)]
    [InlineData("sliding", 3000, 7.5, 20_000, 0.97)]
    [InlineData("fixed", 5, 10, 1000, 0.96)]
    [InlineData("fixed", 5, 2, 1000, 0.95)]
    [InlineData("fixed", 5, 1, 1000, 0.9)]
    [InlineData("fixed", 3000, 150, 20_000, 0.97)]
    [InlineData("fixed", 3000, 15, 20_000, 0.97)]
    [InlineData("bucket", 5, 10, 1000, 0.95)]
    [InlineData("bucket", 5, 2, 1000, 0.95)]
    [InlineData("bucket", 5, 1, 1000, 0.94)]
    [InlineData("bucket", 3000, 150, 20_000, 0.97)]
    [InlineData("bucket", 3000, 15, 20_000, 0.97)]

    // Limits that nobody published.
    [InlineData("sliding", 30, 2, 3000, 0.95)]
    [InlineData("sliding", 100, 10, 5000, 0.95)]
    [InlineData("fixed", 30, 2, 3000, 0.92)]
    [InlineData("fixed", 100, 10, 5000, 0.95)]
    [InlineData("bucket", 30, 2, 3000, 0.95)]
    [InlineData("bucket", 100, 10, 8000, 0.95)]
    public void Nearly_all_that_is_admitted_is_used_and_few_are_refused(string rule, int limit, double span, int requests, double least)
    {
        foreach (bool tellsUse in new[] { false, true })
        {
            (double used, double refused) = Mean(rule, limit, span, requests, seed => new PaceSimulation(
                new PaceServer(rule, limit, span, seed * span / Seeds), seed) { TellsUse = tellsUse });

            Assert.True(used >= least, $"Of what is admitted {used:0.000} was used, tells use: {tellsUse}.");
            Assert.True(refused < 0.02, $"Of all requests {refused:0.0000} were refused, tells use: {tellsUse}.");
        }
    }

    [Theory]
    [InlineData("sliding", 5, 10, 1000, 0.95)]
    [InlineData("sliding", 5, 1, 1000, 0.94)]
    [InlineData("sliding", 3000, 15, 20_000, 0.75)]
    [InlineData("fixed", 5, 1, 1000, 0.9)]
    [InlineData("bucket", 5, 1, 1000, 0.9)]
    [InlineData("bucket", 3000, 15, 20_000, 0.95)]
    public void A_service_that_does_not_say_when_to_come_back_is_felt_out(string rule, int limit, double span, int requests, double least)
    {
        (double used, double refused) = Mean(rule, limit, span, requests, seed => new PaceSimulation(
            new PaceServer(rule, limit, span, seed * span / Seeds), seed) { Told = "none" });

        Assert.True(used >= least, $"Of what is admitted {used:0.000} was used.");
        Assert.True(refused < 0.02, $"Of all requests {refused:0.0000} were refused.");
    }

    [Fact]
    public void An_uneven_way_to_the_service_costs_little()
    {
        (double used, double refused) = Mean("sliding", 5, 10, 1000, seed => new PaceSimulation(new PaceServer("sliding", 5, 10, 0), seed)
        {
            Latency = 0.2, Jitter = 0.2,
        });

        Assert.InRange(used, 0.93, 1.01);
        Assert.InRange(refused, 0, 0.02);
    }

    [Fact]
    public void Of_the_first_requests_a_strict_service_refuses_one()
    {
        PaceSimulation run = new(new PaceServer("sliding", 5, 10, 0), 1) { Jitter = 0 };

        run.Run(10);

        Assert.Equal(1, run.Meter.Refused);
        Assert.Equal(5, run.Meter.Window!.Limit);
        Assert.InRange(run.Meter.Window.Span, 10, 10.2);
    }

    [Fact]
    public void Refusals_at_random_are_not_taken_for_a_limit()
    {
        PaceSimulation run = new(new PaceServer("open", 0, 0, 0), 1) { Whims = 0.05 };

        Assert.InRange(run.Run(2000), 0, 30);
        Assert.Null(run.Meter.Window);
    }

    [Fact]
    public void No_batch_goes_before_the_service_wants_to_be_asked_again()
    {
        PaceMeter meter = new(PaceBudget.DirectoryWrites, Most);
        PaceSent sent = meter.TrySend(0, 100, true)!;
        meter.Answered(0.1, sent, new PaceAnswer { Refused = 20, RetryAfter = TimeSpan.FromSeconds(7) });

        Assert.Null(meter.TrySend(7, 100, true));
        Assert.Equal(7.1, meter.AskAgainAt, 6);
        Assert.NotNull(meter.TrySend(7.1, 100, true));
    }

    [Fact]
    public void A_service_that_admits_nothing_is_asked_more_and_more_seldom()
    {
        PaceMeter meter = new(PaceBudget.DirectoryWrites, Most);
        double now = 0;
        List<double> waits = new();
        for (int i = 0; i < 8; i++)
        {
            PaceSent sent = meter.TrySend(now, 1, true)!;
            meter.Answered(now, sent, new PaceAnswer { Refused = 1, RetryAfter = TimeSpan.FromSeconds(1) });
            Assert.Null(meter.TrySend(now, 1, true));
            waits.Add(meter.AskAgainAt - now);
            now = meter.AskAgainAt;
        }

        Assert.Equal(new double[] { 1, 1, 2, 4, 8, 16, 30, 30 }, waits.Select(wait => Math.Round(wait, 6)));
        Assert.Equal(8, meter.InVain);
    }

    [Fact]
    public void A_busy_service_gets_half_as_many_batches_and_later_all_again()
    {
        PaceMeter meter = new(PaceBudget.DirectoryReads, Most);
        double now = Warm(meter, 0, 40);
        Assert.Equal(Most, Fill(meter, now).Count);

        meter = new PaceMeter(PaceBudget.DirectoryReads, Most);
        now = Warm(meter, 0, 40);
        foreach (PaceSent sent in Fill(meter, now))
        {
            meter.Answered(now + 0.1, sent, new PaceAnswer { IsBusy = true });
        }

        now += 0.1;
        List<PaceSent> fewer = Fill(meter, now);
        Assert.Equal(Most / 2, fewer.Count);
        fewer.ForEach(sent => meter.Answered(now + 0.1, sent, PaceAnswer.Admitted));
        now = Warm(meter, now + 0.1, 40);
        Assert.Equal(Most, Fill(meter, now).Count);
    }

    [Fact]
    public void A_busy_service_that_asks_for_a_pause_gets_it()
    {
        PaceMeter meter = new(PaceBudget.DirectoryReads, Most);
        PaceSent sent = meter.TrySend(0, 20, true)!;
        meter.Answered(0.1, sent, new PaceAnswer { IsBusy = true, Pause = TimeSpan.FromSeconds(5) });

        Assert.Null(meter.TrySend(5, 20, true));
        Assert.Equal(5.1, meter.AskAgainAt, 6);
    }

    [Fact]
    public void Answers_that_come_late_without_more_of_them_mean_fewer_batches()
    {
        PaceMeter meter = new(PaceBudget.DirectoryReads, Most);
        double now = Warm(meter, 0, 40);
        for (int round = 0; round < 8; round++)
        {
            List<PaceSent> sent = Fill(meter, now);
            now += 1;
            sent.ForEach(one => meter.Answered(now, one, PaceAnswer.Admitted));
        }

        Assert.InRange(Fill(meter, now).Count, 2, 4);
    }

    private static double Warm(PaceMeter meter, double now, int rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            List<PaceSent> sent = Fill(meter, now);
            now += 0.1;
            sent.ForEach(one => meter.Answered(now, one, PaceAnswer.Admitted));
        }

        return now;
    }

    private static List<PaceSent> Fill(PaceMeter meter, double now)
    {
        List<PaceSent> all = new();
        while (meter.TrySend(now, 1000, true) is PaceSent sent)
        {
            all.Add(sent);
        }

        return all;
    }

    /// <summary>What part of the admitted was used, and what part of the requests was refused, on average.</summary>
    private static (double Used, double Refused) Mean(string rule, int limit, double span, int requests, Func<int, PaceSimulation> make)
    {
        double used = 0;
        double refused = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            PaceSimulation run = make(seed);
            double took = run.Run(requests);

            // A bucket is full at first, and gives that much at once.
            used += (requests - (rule == "bucket" ? limit : 0)) * span / limit / took / Seeds;
            refused += (double)run.Meter.Refused / run.Meter.Requests / Seeds;
        }

        return (used, refused);
    }
}
