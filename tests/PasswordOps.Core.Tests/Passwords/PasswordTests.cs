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
            Assert.DoesNotContain(password.Characters, c => "lIoO01|".IndexOf(c) >= 0);
            Assert.True(seen.Add(new string(password.Characters)));
        }
    }

    [Fact]
    public void The_shortest_password_still_has_sixty_bits()
    {
        Assert.True(PasswordGenerator.EntropyBits(PasswordGenerator.MinimumLength) >= 60);
        PasswordGenerator generator = new(CryptographicRandom.Instance);
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.Next(PasswordGenerator.MinimumLength - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.Next(257));
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
    [InlineData("Abcdef1!", 0)]
    [InlineData("Ab1!", 1)]
    [InlineData("abcdefgh", 1)]
    [InlineData("Abcdefg1\u00E9", 1)]
    [InlineData("Abc 12345", 0)]
    public void Rules_of_Entra_ID_are_applied(string text, int broken)
    {
        using Password password = new(text.ToCharArray());
        IReadOnlyList<string> rules = PasswordRules.Broken(password);
        Assert.Equal(broken, rules.Count);
        Assert.All(rules, rule => Assert.DoesNotContain(text, rule));
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
