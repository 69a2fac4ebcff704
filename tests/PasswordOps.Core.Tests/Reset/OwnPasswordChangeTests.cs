using System;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.Reset;

namespace PasswordOps.Core.Tests.Reset;

public sealed class OwnPasswordChangeTests : IDisposable
{
    private const string Sid = "S-1-5-21-1-2-3-1110";

    private readonly FakeDirectory tenant = new(new FakeClock());
    private readonly Password current = new("Canal-Blue-2291".ToCharArray());
    private readonly Password next = new("Harbour-Red-7714".ToCharArray());

    [Fact]
    public async Task The_password_of_a_cloud_user_is_changed_and_the_change_is_seen()
    {
        tenant.Caller = tenant.Caller with { LastPasswordChange = tenant.Clock.UtcNow.AddDays(-90) };
        (string, string)? sent = null;
        tenant.OnChangeOwn = (was, will) =>
        {
            sent = (new string(was.Characters), new string(will.Characters));
            tenant.Caller = tenant.Caller with { LastPasswordChange = tenant.Clock.UtcNow };
            return "r-9";
        };
        OwnPasswordChange change = new(tenant, tenant.Clock);
        DirectoryUser user = await change.CheckAsync(CancellationToken.None);
        using ResetOutcome outcome = await change.RunAsync(user, current, next, CancellationToken.None);
        Assert.Equal(("Canal-Blue-2291", "Harbour-Red-7714"), sent);
        Assert.Equal(ResetRoute.OwnChange, outcome.Route);
        Assert.Equal("r-9", outcome.RequestId);
        Assert.NotNull(outcome.SeenChangedAt);
        Assert.Null(outcome.Password);
    }

    [Fact]
    public async Task An_application_a_guest_and_a_missing_permission_are_refused_before_anything_is_sent()
    {
        tenant.Caller = tenant.Caller with { Identities = new[] { new SignInIdentity("federated", "google.com") } };
        Assert.Equal("PasswordMasteredElsewhere", await Refusal(ResetVia.Entra));
        tenant.Context = tenant.Context with { Permissions = new[] { "User.Read.All" } };
        Assert.Equal("PermissionMissing", await Refusal(ResetVia.Entra));
        tenant.Context = tenant.Context with { IsAppOnly = true };
        Assert.Equal("AppOnlyHasNoPassword", await Refusal(ResetVia.Entra));
    }

    [Fact]
    public async Task Each_way_takes_the_users_that_it_masters()
    {
        Assert.Equal("NotInActiveDirectory", await Refusal(ResetVia.ActiveDirectory));
        tenant.Caller = tenant.Caller with { OnPremisesSyncEnabled = true };
        Assert.Equal("OwnPasswordInActiveDirectory", await Refusal(ResetVia.Entra));
    }

    [Theory]
    [InlineData("short", "PasswordTooWeak")]
    [InlineData("Canal-Blue-2291", "PasswordUnchanged")]
    public async Task A_new_password_that_cannot_do_is_refused_without_repeating_it(string wish, string id)
    {
        OwnPasswordChange change = new(tenant, tenant.Clock);
        DirectoryUser user = await change.CheckAsync(CancellationToken.None);
        tenant.OnChangeOwn = (_, _) => throw new InvalidOperationException("Nothing may be sent.");
        using Password wanted = new(wish.ToCharArray());
        PasswordOpsException error = await Assert.ThrowsAsync<PasswordOpsException>(
            () => change.RunAsync(user, current, wanted, CancellationToken.None));
        Assert.Equal(id, error.Id);
        Assert.DoesNotContain(wish, error.Message);
    }

    [Fact]
    public async Task A_synced_user_changes_it_on_a_domain_controller()
    {
        using FakeDomain domain = new(tenant.Clock);
        domain.Add(Sid);
        tenant.Caller = tenant.Caller with
        {
            OnPremisesSyncEnabled = true, OnPremisesDomainName = "corp.contoso.com", OnPremisesSecurityIdentifier = Sid,
        };
        OwnPasswordChange change = new(tenant, tenant.Clock) { Via = ResetVia.ActiveDirectory };
        DirectoryUser user = await change.CheckAsync(CancellationToken.None);
        using ResetOutcome outcome = await change.RunAsync(user, domain, current, next, CancellationToken.None);
        Assert.Equal(ResetRoute.ActiveDirectory, outcome.Route);
        Assert.Equal("Harbour-Red-7714", domain.Passwords[Sid]);
        Assert.NotNull(outcome.SeenChangedAt);

        domain.Refusal = FakeDirectory.Refusal("AdCurrentPasswordWrong");
        PasswordOpsException error = await Assert.ThrowsAsync<PasswordOpsException>(
            () => change.RunAsync(user, domain, current, next, CancellationToken.None));
        Assert.Equal("AdCurrentPasswordWrong", error.Id);
    }

    public void Dispose()
    {
        tenant.Dispose();
        current.Dispose();
        next.Dispose();
    }

    private async Task<string> Refusal(ResetVia via) => (await Assert.ThrowsAsync<PasswordOpsException>(
        () => new OwnPasswordChange(tenant, tenant.Clock) { Via = via }.CheckAsync(CancellationToken.None))).Id;
}
