using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Core.Tests.Passwords;

public class PasswordTests
{
    [Fact]
    public void A_thousand_generated_passwords_are_within_the_rules_distinct_and_free_of_look_alikes()
    {
        PasswordGenerator generator = new(CryptographicRandom.Instance);
        HashSet<string> seen = new();
        for (int i = 0; i < 1000; i++)
        {
            using Password password = generator.Next();
            Assert.Equal(PasswordGenerator.DefaultLength, password.Characters.Length);
            Assert.Empty(PasswordRules.Broken(password));
            Assert.Equal(4, PasswordRules.Classes(password.Characters));
            Assert.DoesNotContain(password.Characters, c => "lIoO01|BSZ".IndexOf(c) >= 0);
            Assert.True(seen.Add(new string(password.Characters)));
        }
    }

    [Fact]
    public void Chance_is_even()
    {
        int[] counts = new int[10];
        for (int i = 0; i < 20000; i++)
        {
            counts[CryptographicRandom.Instance.Below(10)]++;
        }

        // Twenty thousand draws of ten: 2,000 each, standard deviation 42; six of them would be a one-in-a-billion day.
        Assert.All(counts, count => Assert.InRange(count, 1750, 2250));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(61)]
    [InlineData(int.MaxValue)]
    public void Numbers_that_would_tip_the_balance_are_drawn_again(int limit)
    {
        uint whole = uint.MaxValue - (uint.MaxValue % (uint)limit);
        Queue<uint> draws = new(new[] { uint.MaxValue, whole, whole - 1 });
        Assert.Equal(limit - 1, CryptographicRandom.Below(limit, draws.Dequeue));
        Assert.Empty(draws);
        Assert.Throws<ArgumentOutOfRangeException>(() => CryptographicRandom.Instance.Below(0));
    }

    [Fact]
    public void A_password_prints_nothing_and_is_erased()
    {
        SecureString secure = new();
        foreach (char c in "Planted-Secret-1")
        {
            secure.AppendChar(c);
        }

        Password password = new(secure);
        char[] kept = password.Characters;
        Assert.DoesNotContain("Planted", password.ToString());
        using (SecureString copy = password.ToSecureString())
        {
            Assert.Equal(16, copy.Length);
        }

        password.Dispose();
        Assert.All(kept, c => Assert.Equal('\0', c));
        Assert.Throws<ObjectDisposedException>(() => password.Characters);
    }
}
