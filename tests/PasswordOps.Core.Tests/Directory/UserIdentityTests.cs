using System;
using System.Linq;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Tests.Directory;

public class UserIdentityTests
{
    [Theory]
    [InlineData(" anna@contoso.com ", "anna@contoso.com", false)]
    [InlineData("gita_fabrikam.com#EXT#@contoso.onmicrosoft.com", "gita_fabrikam.com#EXT#@contoso.onmicrosoft.com", false)]
    [InlineData("o'brien@contoso.com", "o'brien@contoso.com", false)]
    [InlineData("{3C1D7F20-5A64-4E0B-8F7E-6B1A9D2C4E11}", "3c1d7f20-5a64-4e0b-8f7e-6b1a9d2c4e11", true)]
    public void Names_ids_guests_and_apostrophes_are_taken(string text, string value, bool isId)
    {
        UserIdentity identity = new(text);
        Assert.Equal(value, identity.Value);
        Assert.Equal(isId, identity.ObjectId is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("anna")]
    [InlineData("@contoso.com")]
    [InlineData("anna@")]
    [InlineData("a@b@contoso.com")]
    [InlineData("anna smith@contoso.com")]
    [InlineData("anna/../x@contoso.com")]
    [InlineData("anna?x@contoso.com")]
    public void What_names_nobody_is_refused_with_a_reason(string text)
    {
        PasswordOpsException error = Assert.Throws<PasswordOpsException>(() => new UserIdentity(text));
        Assert.Equal("IdentityInvalid", error.Id);
        Assert.NotEmpty(error.Advice);
    }

    [Fact]
    public void A_name_over_the_limit_is_refused_and_not_repeated_whole() =>
        Assert.DoesNotContain(
            new string('a', 80),
            Assert.Throws<PasswordOpsException>(() => new UserIdentity(new string('a', 150) + "@contoso.com")).Message);

    [Fact]
    public void Clouds_are_found_by_name_and_say_what_they_lack()
    {
        Assert.Equal(new[] { "Global", "USGov", "USGovDoD", "China" }, Cloud.Names);
        Assert.Equal("graph.microsoft.us", Cloud.Named("usgov").Graph.Host);
        Assert.Empty(Cloud.Named("Global").Lacks);
        Assert.Equal(3, Cloud.Named("China").Lacks.Count);
        Assert.Equal("CloudUnknown", Assert.Throws<PasswordOpsException>(() => Cloud.Named("Mars")).Id);
    }
}
