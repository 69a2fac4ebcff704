using System;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.SambaDomain;

namespace PasswordOps.OnPremises.Tests.ActiveDirectory;

[Collection(SambaCollection.Name)]
public class SambaFindTests
{
    private readonly SambaFixture samba;

    public SambaFindTests(SambaFixture samba)
    {
        this.samba = samba;
    }

    [SkippableFact]
    public async Task An_account_is_found_by_each_of_its_names()
    {
        using IActiveDirectory session = await samba.OpenAsync("svc-plain");
        ActiveDirectoryAccount bySid = await FindAsync(session, samba.Domain["o'brien"].SecurityIdentifier);
        Assert.Equal("o'brien", bySid.SamAccountName);
        Assert.Equal("o'brien@corp.contoso.com", bySid.UserPrincipalName);
        Assert.Equal(samba.Domain["o'brien"].SecurityIdentifier, bySid.SecurityIdentifier);
        Assert.Equal(bySid, await FindAsync(session, bySid.ObjectGuid.ToString()));
        Assert.Equal(bySid, await FindAsync(session, bySid.DistinguishedName));
        Assert.Equal(bySid, await FindAsync(session, "O'BRIEN@corp.contoso.com"));
        Assert.Equal(bySid, await FindAsync(session, "o'brien"));
    }

    [SkippableFact]
    public async Task A_name_full_of_signs_with_a_meaning_is_found_and_reset()
    {
        using IActiveDirectory session = await samba.OpenAsync("svc-reset");
        ActiveDirectoryAccount account = await FindAsync(session, "strange");
        Assert.StartsWith("CN=Zo\u00EB (Ext) *Test*\\, ", account.DistinguishedName, StringComparison.Ordinal);
        Assert.Equal(account, await FindAsync(session, account.DistinguishedName));
        string password = RunningDomain.NewPassword();
        await session.ResetPasswordAsync(account, SambaFixture.Secret(password), new DomainResetOptions(), CancellationToken.None);
        await samba.SignInAsync("strange", password);
    }

    [SkippableTheory]
    [InlineData("*")]
    [InlineData("a*")]
    [InlineData("anna)(objectClass=*")]
    [InlineData("*)(|(sAMAccountName=anna")]
    [InlineData("*@corp.contoso.com")]
    [InlineData("nobody")]
    [InlineData("nobody@corp.contoso.com")]
    [InlineData("S-1-5-21-1-2-3-99999")]
    [InlineData("00000000-1111-2222-3333-444444444444")]
    [InlineData("CN=Nobody,OU=Staff,DC=corp,DC=contoso,DC=com")]
    [InlineData("CN=anna,OU=Staff,DC=corp,DC=contoso,DC=com)(")]
    [InlineData("OU=Staff,DC=corp,DC=contoso,DC=com")]
    [InlineData("DC1$")]
    public async Task Nothing_but_one_user_is_ever_found(string name)
    {
        using IActiveDirectory session = await samba.OpenAsync("svc-reset");
        PasswordOpsException error = await Assert.ThrowsAsync<PasswordOpsException>(() => FindAsync(session, name));
        Assert.Equal("AdUserNotFound", error.Id);
        Assert.Contains(name, error.Message);
    }

    [SkippableFact]
    public async Task State_and_policy_are_read()
    {
        using IActiveDirectory session = await samba.OpenAsync("svc-plain");
        Assert.Equal("dc1.corp.contoso.com", session.Server);
        Assert.Equal("DC=corp,DC=contoso,DC=com", session.Controller.DomainName);
        Assert.False(session.Controller.IsReadOnly);
        Assert.InRange(session.Controller.ClockSkew!.Value, TimeSpan.FromSeconds(-5), TimeSpan.FromSeconds(5));
        Assert.Null(session.Controller.ClockWarning);

        Assert.True((await FindAsync(session, "erik")).PasswordNeverExpires);
        ActiveDirectoryAccount iris = await FindAsync(session, "iris");
        Assert.True(iris.IsDisabled);
        Assert.False(iris.IsLockedOut || iris.PasswordNeverExpires || iris.IsProtected || iris.SmartCardRequired);
        Assert.Equal(
            new DomainPasswordPolicy
            {
                MinimumLength = 8, MinimumAge = TimeSpan.Zero, MaximumAge = TimeSpan.FromDays(42), HistoryLength = 5, Complexity = true,
            },
            iris.Policy);
    }

    [SkippableFact]
    public async Task A_fine_grained_policy_is_told_to_whom_may_read_it_and_named_to_others()
    {
        using IActiveDirectory administrator = await samba.OpenAsync("Administrator");
        DomainPasswordPolicy policy = (await FindAsync(administrator, "strict")).Policy;
        Assert.StartsWith("CN=Strict,", policy.FineGrained, StringComparison.Ordinal);
        Assert.Equal((20, 12, true), (policy.MinimumLength, policy.HistoryLength, policy.Complexity));

        using IActiveDirectory plain = await samba.OpenAsync("svc-reset");
        ActiveDirectoryAccount account = await FindAsync(plain, "strict");
        Assert.Equal(new DomainPasswordPolicy { FineGrained = policy.FineGrained }, account.Policy);
        PasswordOpsException refusal = await Assert.ThrowsAsync<PasswordOpsException>(() => plain.ResetPasswordAsync(
            account, SambaFixture.Secret("Short-1234"), new DomainResetOptions(), CancellationToken.None));
        Assert.Equal("AdPasswordRefused", refusal.Id);
        Assert.Contains("a policy that cannot be read here", refusal.Message);
    }

    [SkippableFact]
    public async Task A_user_who_left_in_between_is_not_found_any_more()
    {
        using IActiveDirectory session = await samba.OpenAsync("svc-reset");
        ActiveDirectoryAccount gone = await FindAsync(session, "user49") with { ObjectGuid = Guid.NewGuid() };
        PasswordOpsException error = await Assert.ThrowsAsync<PasswordOpsException>(() => session.ResetPasswordAsync(
            gone, SambaFixture.Secret("Longer-1234"), new DomainResetOptions(), CancellationToken.None));
        Assert.Equal("AdUserNotFound", error.Id);
        Assert.False(error.MayHaveHappened);
    }

    private static Task<ActiveDirectoryAccount> FindAsync(IActiveDirectory session, string name) =>
        session.FindAsync(new ActiveDirectoryName(name), CancellationToken.None);
}
