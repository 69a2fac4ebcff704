using PasswordOps.Core.Bulk;

namespace PasswordOps.Core.Tests.Bulk;

public class PaceMeterTests
{
    private const int Most = 8;

    [Theory]
    [InlineData(PaceBudget.MethodWrites)]
    [InlineData(PaceBudget.MethodReads)]
    [InlineData(PaceBudget.DirectoryReads)]
    [InlineData(PaceBudget.DirectoryWrites)]
    public void Where_nothing_is_refused_hardly_anything_idles(PaceBudget budget)
    {
        PaceSimulation run = new(new PaceServer("open", 0, 0, 0), 1) { Budget = budget, Latency = 0.15, Jitter = 0.002 };

        double took = run.Run(10_000);

        Assert.InRange(10_000 / took / (Most * 20 / 0.15), 0.87, 1);
        Assert.Equal(0, run.Meter.Refused);
    }

    [Fact]
    public void Refusals_at_random_are_not_taken_for_a_limit()
    {
        PaceSimulation run = new(new PaceServer("open", 0, 0, 0), 1) { Whims = 0.05 };

        // Each of them still asks for a second of quiet.
        Assert.InRange(run.Run(2000), 0, 100);
        Assert.Null(run.Meter.Limit);
    }
}
