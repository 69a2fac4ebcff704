using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Checks.Source;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Tests.Directory;

public class UserSourceTests
{
    private static readonly string[] OwnDomains = { "contoso.com", "contoso.onmicrosoft.com", "fed.contoso.com" };

    private static readonly DateTimeOffset At = new(2026, 8, 18, 9, 0, 0, TimeSpan.Zero);

    private static readonly SignInIdentity OwnName = new("userPrincipalName", "contoso.onmicrosoft.com");

    private static readonly Reading<IReadOnlyList<Domain>> Domains = Reading.Of<IReadOnlyList<Domain>>(
        new[] { new Domain { Name = "contoso.com" }, new Domain { Name = "fed.contoso.com", IsFederated = true } }, At);

    public static IEnumerable<object[]> Kinds() => new[]
    {
        Kind("cloud member", SourceOfAuthority.Cloud, Verdict.Pass, user => user),
        Kind("cloud member, no longer synced", SourceOfAuthority.Cloud, Verdict.Pass,
            user => user with { OnPremisesSyncEnabled = false, OnPremisesSecurityIdentifier = "S-1-5-21-1-2-3-1104" }),
        Kind("synced", SourceOfAuthority.ActiveDirectory, Verdict.Pass,
            user => user with { OnPremisesSyncEnabled = true, OnPremisesDomainName = "corp.contoso.com" }),
        Kind("synced, federated domain", SourceOfAuthority.ActiveDirectory, Verdict.Warn,
            user => user with { OnPremisesSyncEnabled = true, UserPrincipalName = "anna@fed.contoso.com" }),
        Kind("cloud member, federated domain", SourceOfAuthority.Cloud, Verdict.Warn,
            user => user with { UserPrincipalName = "anna@fed.contoso.com" }),
        Kind("transferred", SourceOfAuthority.Cloud, Verdict.Pass,
            user => user with { IsCloudManaged = true, OnPremisesSecurityIdentifier = "S-1-5-21-1-2-3-1104" }),
        Kind("synced and transferred at once", SourceOfAuthority.Cloud, Verdict.Warn,
            user => user with { IsCloudManaged = true, OnPremisesSyncEnabled = true }),
        Kind("rolled back just now", SourceOfAuthority.Cloud, Verdict.Warn,
            user => user with { IsCloudManaged = false, OnPremisesDistinguishedName = "CN=Anna,OU=Sales,DC=corp,DC=contoso,DC=com" }),
        Kind("from Active Directory, transfer unread", SourceOfAuthority.Cloud, Verdict.Warn,
            user => user with { OnPremisesLastSync = At }),
        Kind("born in the cloud, transfer read", SourceOfAuthority.Cloud, Verdict.Pass, user => user with { IsCloudManaged = false }),
        Kind("guest of another tenant", SourceOfAuthority.OtherTenant, Verdict.Fail, Guest("ExternalAzureAD")),
        Kind("guest of another tenant, by its domain", SourceOfAuthority.OtherTenant, Verdict.Fail, Guest("fabrikam.com")),
        Kind("Microsoft account", SourceOfAuthority.MicrosoftAccount, Verdict.Fail, Guest("MicrosoftAccount")),
        Kind("Microsoft account, the portal's word", SourceOfAuthority.MicrosoftAccount, Verdict.Fail, Guest("Microsoft account")),
        Kind("Google", SourceOfAuthority.Google, Verdict.Fail, Guest("google.com")),
        Kind("Facebook", SourceOfAuthority.Facebook, Verdict.Fail, Guest("facebook.com")),
        Kind("one-time passcode by mail", SourceOfAuthority.EmailOneTimePasscode, Verdict.Fail, Guest("mail")),
        Kind("SAML", SourceOfAuthority.SamlOrWsFederation, Verdict.Fail, Guest("https://sts.fabrikam.com/adfs/services/trust")),
        Kind("WS-Federation", SourceOfAuthority.SamlOrWsFederation, Verdict.Fail, Guest("urn:fabrikam:sts")),
        Kind("another provider", SourceOfAuthority.OtherProvider, Verdict.Fail, Guest("fabrikam")),
        Kind("guest with internal credentials", SourceOfAuthority.Cloud, Verdict.Pass,
            user => user with { IsGuest = true, Identities = new[] { OwnName } }),
        Kind("federated by an own domain", SourceOfAuthority.Cloud, Verdict.Pass,
            user => user with { Identities = new[] { new SignInIdentity("federated", "CONTOSO.com") } }),
        Kind("local account by mail address", SourceOfAuthority.LocalAccount, Verdict.Pass,
            user => user with { Identities = new[] { new SignInIdentity("emailAddress", "contoso.onmicrosoft.com"), OwnName } }),
        Kind("local account by user name, Google linked", SourceOfAuthority.LocalAccount, Verdict.Pass,
            user => user with
            {
                Identities = new[] { new SignInIdentity("federated", "google.com"), new SignInIdentity("userName", "contoso.com") },
            }),
        Kind("local account by its creation", SourceOfAuthority.LocalAccount, Verdict.Pass,
            user => user with { CreationType = "LocalAccount", Identities = new[] { OwnName } }),
        Kind("invitation not redeemed", SourceOfAuthority.Unknown, Verdict.Unknown,
            user => user with { CreationType = "Invitation", ExternalUserState = "PendingAcceptance", Identities = new[] { OwnName } }),
        Kind("invitation redeemed by who knows what", SourceOfAuthority.Unknown, Verdict.Unknown,
            user => user with { CreationType = "Invitation", ExternalUserState = "Accepted", Identities = new[] { OwnName } }),
        Kind("self-service sign-up", SourceOfAuthority.Unknown, Verdict.Unknown,
            user => user with { CreationType = "SelfServiceSignUp", Identities = new[] { OwnName } }),
        Kind("self-service sign-up with Facebook", SourceOfAuthority.Facebook, Verdict.Fail,
            user => user with
            {
                CreationType = "SelfServiceSignUp", Identities = new[] { new SignInIdentity("federated", "facebook.com") },
            }),
        Kind("sign-up of a member, verified by mail", SourceOfAuthority.Cloud, Verdict.Pass,
            user => user with { CreationType = "EmailVerified", Identities = new[] { OwnName } }),
        Kind("guest of whom nothing shows", SourceOfAuthority.Unknown, Verdict.Unknown, user => user with { IsGuest = true }),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_account_has_its_authority_its_evidence_and_where_to_go(
        string kind, SourceOfAuthority authority, Verdict verdict, object change)
    {
        DirectoryUser user = Changed(change);
        UserSource source = UserSource.Of(user, OwnDomains);
        Assert.True(authority == source.Authority, $"{kind}: {source.Authority}, {source.Evidence}");
        Assert.NotEmpty(source.Evidence);
        Answer answer = UserSourceCheck.Decide(Reading.Of(user, At), source, Domains);
        Assert.True(verdict == answer.Verdict, $"{kind}: {answer.Verdict}, {answer.Reason}");
        Assert.Equal(verdict != Verdict.Pass, answer.Fix is { Length: > 20 });
        Assert.Equal(verdict != Verdict.Fail, source.IsHere);
    }

    [Fact]
    public void Every_authority_is_met_and_has_words_of_its_own()
    {
        string[] reasons = Kinds().GroupBy(kind => (SourceOfAuthority)kind[1]).Select(group =>
        {
            DirectoryUser user = Changed(group.First()[3]);
            return UserSourceCheck.Decide(Reading.Of(user, At), UserSource.Of(user, OwnDomains), Domains).Reason;
        }).ToArray();
        Assert.Equal(Enum.GetValues(typeof(SourceOfAuthority)).Length, reasons.Length);
        Assert.Equal(reasons.Length, reasons.Distinct().Count());
    }

    [Fact]
    public void A_transferred_user_is_one_of_the_cloud_with_evidence_of_its_own()
    {
        DirectoryUser user = User() with { IsCloudManaged = true, OnPremisesSecurityIdentifier = "S-1-5-21-1-2-3-1104" };
        UserSource source = UserSource.Of(user, OwnDomains);
        Assert.True(source.IsTransferred);
        Assert.Null(source.Caveat);
        Assert.Contains("isCloudManaged is true", source.Evidence);
        Assert.False(UserSource.DependsOnTransfer(user));
    }

    [Fact]
    public void A_user_just_rolled_back_looks_like_the_cloud_until_the_next_sync_run()
    {
        DirectoryUser user = User() with { IsCloudManaged = false, OnPremisesSecurityIdentifier = "S-1-5-21-1-2-3-1104" };
        UserSource source = UserSource.Of(user, OwnDomains);
        Assert.False(source.IsTransferred);
        Assert.Contains("until the next sync run", source.Caveat);
        Assert.False(UserSource.DependsOnTransfer(user));
        Assert.True(UserSource.DependsOnTransfer(user with { IsCloudManaged = null }));
        Assert.False(UserSource.DependsOnTransfer(User()));
        Assert.False(UserSource.DependsOnTransfer(user with { IsCloudManaged = null, OnPremisesSyncEnabled = true }));
    }

    [Fact]
    public void The_action_serves_the_cloud_and_active_directory_and_no_local_account()
    {
        Assert.True(UserSource.Of(User(), OwnDomains).TakesResetAction);
        Assert.True(UserSource.Of(User() with { OnPremisesSyncEnabled = true }, OwnDomains).TakesResetAction);
        Assert.False(UserSource.Of(User() with { CreationType = "LocalAccount" }, OwnDomains).TakesResetAction);
    }

    [Fact]
    public void Where_the_own_domains_are_unknown_a_domain_tells_nothing_and_the_rest_does()
    {
        Assert.Equal(SourceOfAuthority.Unknown, Without("federated", "fabrikam.com"));
        Assert.Equal(SourceOfAuthority.OtherTenant, Without("federated", "ExternalAzureAD"));
        Assert.Equal(SourceOfAuthority.SamlOrWsFederation, Without("federated", "https://sts.fabrikam.com"));
        Assert.Equal(SourceOfAuthority.Cloud, Without("userPrincipalName", "contoso.com"));
        Assert.Equal(SourceOfAuthority.LocalAccount, Without("emailAddress", "contoso.onmicrosoft.com"));

        static SourceOfAuthority Without(string type, string issuer) => UserSource.Of(
            User() with { Identities = new[] { new SignInIdentity(type, issuer) } }, Array.Empty<string>()).Authority;
    }

    [Fact]
    public void A_refusal_names_the_other_organisation_where_its_domain_is_known()
    {
        Assert.Contains("(fabrikam.com)", Reason("fabrikam.com"));
        Assert.DoesNotContain("ExternalAzureAD", Reason("ExternalAzureAD"));
        Assert.Contains("https://sts.fabrikam.com", Reason("https://sts.fabrikam.com"));

        static string Reason(string issuer)
        {
            DirectoryUser user = Guest(issuer)(User());
            return UserSourceCheck.Decide(Reading.Of(user, At), UserSource.Of(user, OwnDomains), Domains).Reason;
        }
    }

    private static object[] Kind(
        string name, SourceOfAuthority authority, Verdict verdict, Func<DirectoryUser, DirectoryUser> change) =>
        new object[] { name, authority, verdict, change };

    private static Func<DirectoryUser, DirectoryUser> Guest(string issuer) => user => user with
    {
        UserPrincipalName = "gita_fabrikam.com#EXT#@contoso.onmicrosoft.com", IsGuest = true, CreationType = "Invitation",
        ExternalUserState = "Accepted", Identities = new[] { new SignInIdentity("federated", issuer), OwnName },
    };

    private static DirectoryUser User() => new()
    {
        Id = "5f8e7d6c-4b3a-4291-8e7f-6d5c4b3a2918", UserPrincipalName = "anna@contoso.com", AccountEnabled = true,
    };

    private static DirectoryUser Changed(object change) => ((Func<DirectoryUser, DirectoryUser>)change)(User());
}
