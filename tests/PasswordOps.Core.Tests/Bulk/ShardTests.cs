using System;
using System.Linq;
using PasswordOps.Core.Bulk;

namespace PasswordOps.Core.Tests.Bulk;

public class ShardTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(50)]
    public void Every_user_is_in_exactly_one_part_and_the_parts_are_of_like_size(int count)
    {
        int[] sizes = new int[count];
        for (int i = 0; i < 20_000; i++)
        {
            string user = $"user{i}@contoso.com";
            int[] homes = Enumerable.Range(1, count).Where(index => new Shard(index, count).Contains(user)).ToArray();
            Assert.Equal(homes, Enumerable.Range(1, count).Where(index => new Shard(index, count).Contains(user.ToUpperInvariant())));
            sizes[Assert.Single(homes) - 1]++;
        }

        Assert.All(sizes, size => Assert.InRange(size, 20_000 / count * 0.8, (20_000 / count * 1.2) + 1));
    }

    [Fact]
    public void A_part_is_the_same_in_every_process()
    {
        Assert.Equal(new Shard(3, 8), Shard.Parse(" 3/8 "));
        Assert.Equal("3/8", Shard.Parse("3/8").ToString());

        // Counted once and held: a run that is split over machines depends on it.
        int[] sizes = Enumerable.Range(1, 4)
            .Select(index => Enumerable.Range(0, 100).Count(i => new Shard(index, 4).Contains($"user{i}@contoso.com"))).ToArray();
        Assert.Equal(100, sizes.Sum());
        Assert.Equal(SizesOfFour, sizes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("0/8")]
    [InlineData("9/8")]
    [InlineData("1/0")]
    [InlineData("-1/8")]
    [InlineData("1/8/2")]
    [InlineData("a/b")]
    [InlineData("1/99999999999")]
    public void What_is_no_part_of_a_whole_is_refused(string text) =>
        Assert.Equal("ShardInvalid", Assert.Throws<PasswordOpsException>(() => Shard.Parse(text)).Id);

    private static readonly int[] SizesOfFour = { 28, 28, 18, 26 };
}
