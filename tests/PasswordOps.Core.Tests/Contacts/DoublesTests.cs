using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Contacts;

namespace PasswordOps.Core.Tests.Contacts;

public class DoublesTests
{
    [Fact]
    public void All_but_the_first_of_a_name_are_told_with_the_first()
    {
        Doubles doubles = new();
        foreach ((ulong key, int place) in Enumerable.Range(2, 5000).Select(i => ((ulong)i * 977, i)))
        {
            doubles.Add(key, place);
        }

        doubles.Add(977 * 10, 6000);
        doubles.Add(977 * 10, 5999);
        doubles.Add(977 * 4000, 1);
        Assert.Equal(
            new Dictionary<int, int> { [6000] = 10, [5999] = 10, [4000] = 1 }.OrderBy(pair => pair.Key),
            doubles.Find().OrderBy(pair => pair.Key));
    }
}
