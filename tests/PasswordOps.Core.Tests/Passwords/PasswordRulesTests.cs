using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Core.Tests.Passwords;

public class PasswordRulesTests
{
    [Theory]
    [InlineData("Abcdef1!", 0)]
    [InlineData("Ab1!", 1)]
    [InlineData("", 2)]
    [InlineData("abcdefgh", 1)]
    [InlineData("abcdefg1", 1)]
    [InlineData("ABCDEFG1", 1)]
    [InlineData("1234567!", 1)]
    [InlineData("Abcdefg1\u00E9", 1)]
    [InlineData("\u00E9\u00E8\u00EAbcdeF\u0660", 2)]
    [InlineData("Abcdefg1\n", 1)]
    [InlineData("Abc 12345", 0)]
    [InlineData("Ab1@#$%^&*-_!+=[]{}|\\:',.?/`~\"();<>", 0)]
    public void Rules_of_Entra_ID_are_applied(string text, int broken)
    {
        using Password password = new(text.ToCharArray());
        IReadOnlyList<string> rules = PasswordRules.Broken(password);
        Assert.Equal(broken, rules.Count);
        Assert.All(rules, rule => Assert.True(text.Length == 0 || rule.IndexOf(text, StringComparison.Ordinal) < 0));
    }

    [Fact]
    public void Eight_to_256_characters_are_taken()
    {
        foreach (int length in new[] { 7, 8, 256, 257 })
        {
            using Password password = new(("Ab1" + new string('x', length - 3)).ToCharArray());
            Assert.Equal(length is 8 or 256, PasswordRules.Broken(password).Count == 0);
        }
    }

    [Theory]
    [InlineData("Abcdefg1\u00E9", "character 9 ")]
    [InlineData("\u20AC\u20ACAbcdef1", "character 1 (and 1 more after it) ")]
    [InlineData("Abcdef1\uD83D\uDE00x\u00E9", "character 8 (and 1 more after it) ")]
    public void A_strange_character_is_named_by_its_place_and_not_shown(string text, string place)
    {
        using Password password = new(text.ToCharArray());
        string rule = Assert.Single(PasswordRules.Broken(password));
        Assert.StartsWith(place, rule);
        Assert.All(rule, c => Assert.InRange(c, ' ', '~'));
    }

    [Theory]
    [InlineData("Xy7-abakker9", "abakker", "Anna Bakker", 2)]
    [InlineData("Xy7-ABAKKER9", "abakker", "Carla Visser", 1)]
    [InlineData("Xy7-bakker99", "ab", "Carla Visser", 0)]
    [InlineData("Xy7-ab-99-zz", "ab", "Carla Visser", 0)]
    [InlineData("Xy7-bakker99", "abakker2", "Bakker, Anna", 1)]
    [InlineData("Xy7-bakker99", null, "Anna_de-Bakker", 1)]
    [InlineData("Xy7-de-an-99", null, "An de Vries", 0)]
    [InlineData("Xy7-brien-99", null, "Sean O'Brien", 0)]
    [InlineData("Xy7-o'brien9", null, "Sean O'Brien", 1)]
    [InlineData("Xy7-vries-99", null, null, 0)]
    [InlineData("abcdefg 1 2", null, null, 1)]
    [InlineData("Abcdefg 1 2", null, null, 0)]
    public void Windows_complexity_is_applied_for_Active_Directory(string text, string? account, string? display, int broken)
    {
        using Password password = new(text.ToCharArray());
        Assert.Empty(PasswordRules.Broken(password));
        IReadOnlyList<string> rules = PasswordRules.Broken(password, new ActiveDirectoryNames(account, display));
        Assert.Equal(broken, rules.Count);
        Assert.All(rules, rule => Assert.DoesNotContain("akker", rule.ToLowerInvariant()));
    }

    [Fact]
    public void Rules_of_Entra_ID_also_hold_in_Active_Directory()
    {
        using Password password = new("Abc\u00E9anna".ToCharArray());
        Assert.Equal(3, PasswordRules.Broken(password, new ActiveDirectoryNames("anna", null)).Count);
    }

    [Theory]
    [InlineData("Welkom2026!", "3 of the 5")]
    [InlineData("W3lc0me12", "3 of the 5")]
    [InlineData("P@ssw0rd123", "4 of the 5")]
    [InlineData("Zomer2026", "2 of the 5")]
    [InlineData("Qwerty12345!", "2 of the 5")]
    [InlineData("Gr8-hufXe-72q", null)]
    public void Weak_words_give_a_warning_with_the_points_and_nothing_of_the_password(string text, string? points)
    {
        using Password password = new(text.ToCharArray());
        IReadOnlyList<string> warnings = PasswordRules.Warnings(password);
        Assert.Equal(points is null ? 0 : 1, warnings.Count);
        Assert.All(warnings, warning =>
        {
            Assert.Contains(points!, warning);
            Assert.Contains("probably", warning);
            Assert.DoesNotContain(text.Substring(0, 4), warning);
        });
    }

    [Fact]
    public void A_name_gives_a_warning_that_does_not_tell_which()
    {
        using Password password = new("Xq7-F@brik@m-72".ToCharArray());
        string warning = Assert.Single(PasswordRules.Warnings(password, new[] { "Anna", "Fabrikam" }));
        Assert.Contains("name", warning);
        Assert.DoesNotContain("abrikam", warning);
    }

    [Fact]
    public void The_names_of_user_and_tenant_are_taken_apart()
    {
        DirectoryUser user = new()
        {
            Id = "6b1cbb4e-6d4e-4f0c-9f0e-3a5cbd1f2c11", UserPrincipalName = "anna.devries@corp.contoso.com",
            DisplayName = "Anna de Vri\u00EBs-O'Brien", OnPremisesSamAccountName = "ADVRIES",
        };
        Organization tenant = new()
        {
            Id = "0f1f2c11-6d4e-4f0c-9f0e-3a5cbd1f2c11", DisplayName = "Fabrikam B.V.",
            VerifiedDomains = new[]
            {
                new VerifiedDomain("fabrikam.onmicrosoft.com", false, true), new VerifiedDomain("my-mail.nl", true, false),
            },
        };
        string[] expected =
        {
            "ADVRIES", "Anna", "AnnadeVri\u00EBsOBrien", "Brien", "Fabrikam", "FabrikamBV", "Vri\u00EBs", "annadevries", "contoso", "corp",
            "devries", "mail",
        };
        Assert.Equal(expected, PasswordTerms.Of(user, tenant).OrderBy(term => term, StringComparer.Ordinal));
        Assert.Equal(expected.Length - 3, PasswordTerms.Of(user, null).Count);
    }

    [Fact]
    public void Every_character_of_ASCII_that_can_be_seen_is_taken()
    {
        using Password password = new(Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).ToArray());
        Assert.DoesNotContain(PasswordRules.Broken(password), rule => rule.StartsWith("character", StringComparison.Ordinal));
    }
}
