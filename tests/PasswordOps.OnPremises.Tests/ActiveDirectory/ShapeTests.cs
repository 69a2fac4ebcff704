using System;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.OnPremises.ActiveDirectory;

namespace PasswordOps.OnPremises.Tests.ActiveDirectory;

/// <summary>Small parts: texts of LDAP, what may be told of a password, the names of OpenSSL.</summary>
public class ShapeTests
{
    [Theory]
    [InlineData("anna.smith-1_2@contoso.com", "anna.smith-1_2@contoso.com")]
    [InlineData("*)(a=\\", "\\2a\\29\\28a\\3d\\5c")]
    [InlineData("o'b r\0", "o\\27b\\20r\\00")]
    [InlineData("Zo\u00EB", "Zo\\c3\\ab")]
    public void Values_of_filters_are_escaped(string text, string expected) => Assert.Equal(expected, LdapText.FilterValue(text));

    [Theory]
    [InlineData("0105000000000005150000000100000002000000FFFFFFFF50040000", "S-1-5-21-1-2-4294967295-1104")]
    [InlineData("010100000000000512000000", "S-1-5-18")]
    [InlineData("0100000000000005", "S-1-5")]
    [InlineData("010100000000000512", null)]
    [InlineData("020100000000000512000000", null)]
    [InlineData("01FF000000000005", null)]
    [InlineData("", null)]
    public void Security_identifiers_are_read(string hex, string? expected) =>
        Assert.Equal(expected, LdapText.Sid(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("abc", 3, 1)]
    [InlineData("aB", 2, 2)]
    [InlineData("aB3", 3, 3)]
    [InlineData("aB3 ", 4, 4)]
    [InlineData("aB3 \u4E2D", 5, 5)]
    [InlineData("\u00C9\u00E9", 2, 2)]
    public void A_password_shows_its_length_and_classes(string password, int length, int classes)
    {
        PasswordShape shape = PasswordShape.Of(SambaFixture.Secret(password));
        Assert.Equal((length, classes), (shape.Length, shape.Classes));
    }

    [Theory]
    [InlineData(12, true, 24, 0, "Aa1", false, "AdPasswordTooShort")]
    [InlineData(12, true, 24, 0, "aaaaaaaaaaaa", false, "AdPasswordTooSimple")]
    [InlineData(12, false, 24, 0, "aaaaaaaaaaaa", false, "AdPasswordRefused")]
    [InlineData(12, true, 24, 48, "Aaaaaaaaaaa1", true, "AdPasswordTooRecent")]
    [InlineData(12, true, 24, 48, "Aaaaaaaaaaa1", false, "AdPasswordRefused")]
    [InlineData(12, true, 24, 12, "Aaaaaaaaaaa1", true, "AdPasswordRefused")]
    [InlineData(null, null, null, null, "Aa1", true, "AdPasswordRefused")]
    public void The_policy_tells_why_a_password_was_refused(
        int? length, bool? complexity, int? history, int? ageHours, string password, bool historyCounts, string id)
    {
        DateTimeOffset now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
        ActiveDirectoryAccount account = new()
        {
            DistinguishedName = "CN=Anna,DC=contoso,DC=com", ObjectGuid = Guid.NewGuid(), SecurityIdentifier = "S-1-5-18",
            SamAccountName = "anna",
            PasswordLastSet = now.AddHours(-24),
            Policy = new DomainPasswordPolicy
            {
                MinimumLength = length, Complexity = complexity, HistoryLength = history,
                MinimumAge = ageHours is int hours ? TimeSpan.FromHours(hours) : null,
            },
        };
        Target target = Target.Of(new DomainConnectionOptions
        {
            Server = "dc1.contoso.com", UserName = "svc", Password = SambaFixture.Secret("x"),
        });
        PasswordOpsException refusal = target.Own("AdPasswordRefused", ("why", "?"), ("fix", "?"));
        PasswordOpsException told = PasswordShape.Of(SambaFixture.Secret(password)).Explain(target, account, historyCounts, now, refusal);
        Assert.Equal(id, told.Id);
        Assert.DoesNotContain(password, told.Message);
        Assert.Equal(historyCounts && history is not null && id == "AdPasswordRefused", told.Message.Contains("one of the last 24"));
        Assert.Equal(id == "AdPasswordTooRecent", told.Message.Contains("2026-03-03 08:00 UTC"));
    }

    /// <summary>Numbers by openssl x509 -hash.</summary>
    [Theory]
    [InlineData("CN=PasswordOps tests", "9d1d8fb3")]
    [InlineData("C=NL, O=Contoso  B.V., OU=IT & Support, CN=Contoso Root CA", "e3eaf5df")]
    [InlineData("DC=com, DC=contoso, CN=corp-DC1-CA", "c9379c08")]
    [InlineData("CN=Zo\u00EB \u00C9cole", "10745ed7")]
    public void Names_have_the_numbers_that_OpenSSL_gives_them(string name, string hash) =>
        Assert.Equal(hash, OpenSslName.Hash(Parsed(name)));

    private static System.Security.Cryptography.X509Certificates.X500DistinguishedName Parsed(string name) =>
        new(name, System.Security.Cryptography.X509Certificates.X500DistinguishedNameFlags.None);
}
