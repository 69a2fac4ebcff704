using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.SambaDomain;

namespace PasswordOps.OnPremises.Tests.ActiveDirectory;

[Collection(SambaCollection.Name)]
public class SambaResetTests
{
    private readonly SambaFixture samba;

    public SambaResetTests(SambaFixture samba)
    {
        this.samba = samba;
    }

    [SkippableTheory]
    [InlineData(DomainTransport.Ldaps)]
    [InlineData(DomainTransport.StartTls)]
    public async Task A_delegated_account_resets_a_password_that_then_signs_in(DomainTransport transport)
    {
        using IActiveDirectory session = await samba.OpenAsync("svc-reset", transport);
        ActiveDirectoryAccount before = await session.FindAsync(Sid("anna"), CancellationToken.None);
        string password = RunningDomain.NewPassword();
        await session.ResetPasswordAsync(before, SambaFixture.Secret(password), new DomainResetOptions(), CancellationToken.None);

        await samba.SignInAsync("anna", password);
        ActiveDirectoryAccount after = await session.FindAsync(Sid("anna"), CancellationToken.None);
        Assert.True(after.PasswordLastSet > before.PasswordLastSet);
        Assert.False(after.MustChangePassword);
        Assert.Equal("AdSignInFailed", (await samba.RefusalAsync("anna", samba.Domain["anna"].Password)).Id);
    }

    [SkippableFact]
    public async Task A_reset_with_a_forced_change_lets_nobody_in_until_it_is_changed()
    {
        using IActiveDirectory session = await samba.OpenAsync("svc-reset");
        ActiveDirectoryAccount account = await session.FindAsync(Sid("ben"), CancellationToken.None);
        string password = RunningDomain.NewPassword();
        await session.ResetPasswordAsync(
            account, SambaFixture.Secret(password), new DomainResetOptions { MustChange = true }, CancellationToken.None);

        ActiveDirectoryAccount after = await session.FindAsync(Sid("ben"), CancellationToken.None);
        Assert.True(after.MustChangePassword);
        Assert.Null(after.PasswordLastSet);
        PasswordOpsException refusal = await samba.RefusalAsync("ben", password);
        Assert.Equal(("AdSignInMustChange", "773"), (refusal.Id, refusal.ServiceCode));
    }

    [SkippableFact]
    public async Task Unlocking_ends_a_real_lockout_and_a_reset_alone_does_not()
    {
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("AdSignInFailed", (await samba.RefusalAsync("carla", "Wrong" + i)).Id);
        }

        Assert.Equal("AdSignInLocked", (await samba.RefusalAsync("carla", samba.Domain["carla"].Password)).Id);
        using IActiveDirectory session = await samba.OpenAsync("svc-reset");
        ActiveDirectoryAccount account = await session.FindAsync(Sid("carla"), CancellationToken.None);
        Assert.True(account.IsLockedOut);

        string first = RunningDomain.NewPassword();
        await session.ResetPasswordAsync(account, SambaFixture.Secret(first), new DomainResetOptions(), CancellationToken.None);
        Assert.True((await session.FindAsync(Sid("carla"), CancellationToken.None)).IsLockedOut);
        Assert.Equal("AdSignInLocked", (await samba.RefusalAsync("carla", first)).Id);

        string second = RunningDomain.NewPassword();
        await session.ResetPasswordAsync(
            account, SambaFixture.Secret(second), new DomainResetOptions { Unlock = true }, CancellationToken.None);
        Assert.False((await session.FindAsync(Sid("carla"), CancellationToken.None)).IsLockedOut);
        await samba.SignInAsync("carla", second);
    }

    [SkippableTheory]
    [InlineData("Aa1!x", "AdPasswordTooShort", "5 characters")]
    [InlineData("onlylowercase", "AdPasswordTooSimple", "1 of the classes")]
    [InlineData("lower1234567", "AdPasswordTooSimple", "2 of the classes")]
    public async Task A_refused_password_says_what_it_lacks(string password, string id, string why)
    {
        using IActiveDirectory session = await samba.OpenAsync("svc-reset");
        ActiveDirectoryAccount account = await session.FindAsync(Sid("dora"), CancellationToken.None);
        PasswordOpsException refusal = await Assert.ThrowsAsync<PasswordOpsException>(() => session.ResetPasswordAsync(
            account, SambaFixture.Secret(password), new DomainResetOptions { Unlock = true, MustChange = true }, CancellationToken.None));
        Assert.Equal((id, "0000052D"), (refusal.Id, refusal.ServiceCode));
        Assert.Contains(why, refusal.Message);
        Assert.False(refusal.MayHaveHappened);
        Assert.DoesNotContain(password, refusal.ToString());

        // One modification: with the password nothing else happened either.
        Assert.Equal(account, await session.FindAsync(Sid("dora"), CancellationToken.None));
        await samba.SignInAsync("dora", samba.Domain["dora"].Password);
    }

    [SkippableFact]
    public async Task Without_rights_nothing_happens_and_the_missing_right_is_named()
    {
        using IActiveDirectory plain = await samba.OpenAsync("svc-plain");
        ActiveDirectoryAccount account = await plain.FindAsync(Sid("fay"), CancellationToken.None);
        PasswordOpsException none = await RefusedAsync(plain, account, new DomainResetOptions());
        Assert.Equal("AdRightsMissing", none.Id);
        Assert.Contains("svc-plain@corp.contoso.com", none.Message);
        Assert.Contains("Reset Password is missing", none.Message);

        using IActiveDirectory some = await samba.OpenAsync("svc-resetonly");
        PasswordOpsException one = await RefusedAsync(some, account, new DomainResetOptions { Unlock = true });
        Assert.Contains("Write lockoutTime is missing", one.Message);
        PasswordOpsException both = await RefusedAsync(some, account, new DomainResetOptions { Unlock = true, MustChange = true });
        Assert.Contains("Write lockoutTime and Write pwdLastSet are missing", both.Message);
        await samba.SignInAsync("fay", samba.Domain["fay"].Password);

        string password = RunningDomain.NewPassword();
        await some.ResetPasswordAsync(account, SambaFixture.Secret(password), new DomainResetOptions(), CancellationToken.None);
        await samba.SignInAsync("fay", password);
    }

    [SkippableFact]
    public async Task A_protected_account_is_told_apart()
    {
        using IActiveDirectory session = await samba.OpenAsync("svc-reset");
        ActiveDirectoryAccount account = await session.FindAsync(Sid("protected"), CancellationToken.None);
        Assert.True(account.IsProtected);
        PasswordOpsException refusal = await RefusedAsync(session, account, new DomainResetOptions());
        Assert.Equal("AdRightsMissing", refusal.Id);
        Assert.Contains("AdminSDHolder", refusal.Advice);
    }

    [SkippableFact]
    public async Task History_cannot_be_enforced_where_the_server_does_not_offer_it()
    {
        using IActiveDirectory session = await samba.OpenAsync("svc-reset");
        Assert.False(session.Controller.CanEnforceHistory);
        ActiveDirectoryAccount account = await session.FindAsync(Sid("gus"), CancellationToken.None);
        PasswordOpsException refusal = await RefusedAsync(session, account, new DomainResetOptions { EnforceHistory = true });
        Assert.Equal("AdHistoryNotSupported", refusal.Id);
        await samba.SignInAsync("gus", samba.Domain["gus"].Password);
    }

    [SkippableFact]
    public async Task A_reset_may_repeat_the_present_password_as_the_tools_of_Windows_allow()
    {
        using IActiveDirectory session = await samba.OpenAsync("svc-reset");
        ActiveDirectoryAccount account = await session.FindAsync(Sid("gus"), CancellationToken.None);
        await session.ResetPasswordAsync(
            account, SambaFixture.Secret(samba.Domain["gus"].Password), new DomainResetOptions(), CancellationToken.None);
        await samba.SignInAsync("gus", samba.Domain["gus"].Password);
    }

    [SkippableFact]
    public async Task A_user_changes_the_own_password_and_history_counts()
    {
        string now = samba.Domain["jan"].Password;
        string next = RunningDomain.NewPassword();
        using IActiveDirectory own = await samba.OpenAsync("jan");
        ActiveDirectoryAccount account = await own.FindAsync(Sid("jan"), CancellationToken.None);

        PasswordOpsException wrong = await Assert.ThrowsAsync<PasswordOpsException>(
            () => own.ChangePasswordAsync(account, SambaFixture.Secret("Wrong-1234"), SambaFixture.Secret(next), CancellationToken.None));
        Assert.Equal(("AdCurrentPasswordWrong", "00000056"), (wrong.Id, wrong.ServiceCode));

        await own.ChangePasswordAsync(account, SambaFixture.Secret(now), SambaFixture.Secret(next), CancellationToken.None);
        await samba.SignInAsync("jan", next);

        PasswordOpsException used = await Assert.ThrowsAsync<PasswordOpsException>(
            () => own.ChangePasswordAsync(account, SambaFixture.Secret(next), SambaFixture.Secret(now), CancellationToken.None));
        Assert.Equal(("AdPasswordRefused", "0000052D"), (used.Id, used.ServiceCode));
        Assert.Contains("one of the last 5", used.Message);
        Assert.DoesNotContain(now, used.ToString());
        await samba.SignInAsync("jan", next);
    }

    [SkippableFact]
    public async Task A_change_within_the_minimum_age_says_when_it_will_be_possible()
    {
        using IActiveDirectory administrator = await samba.OpenAsync("Administrator");
        ActiveDirectoryAccount account = await administrator.FindAsync(Sid("strict"), CancellationToken.None);
        Assert.Equal(TimeSpan.FromDays(1), account.Policy.MinimumAge);
        PasswordOpsException refusal = await Assert.ThrowsAsync<PasswordOpsException>(() => administrator.ChangePasswordAsync(
            account, SambaFixture.Secret(samba.Domain["strict"].Password), SambaFixture.Secret(RunningDomain.NewPassword()),
            CancellationToken.None));
        Assert.Equal("AdPasswordTooRecent", refusal.Id);
        Assert.Contains((account.PasswordLastSet!.Value + TimeSpan.FromDays(1)).ToString("yyyy-MM-dd HH:mm"), refusal.Message);
    }

    [SkippableFact]
    public async Task Fifty_resets_at_once_share_few_connections()
    {
        using Relay relay = samba.Relay();
        using IActiveDirectory session = await SambaFixture.OpenAsync(samba.Options("svc-reset", port: relay.Port));
        string[] names = Enumerable.Range(0, 50).Select(i => $"user{i:00}").ToArray();
        string[] passwords = names.Select(_ => RunningDomain.NewPassword()).ToArray();
        await Task.WhenAll(names.Select(async (name, i) =>
        {
            ActiveDirectoryAccount account = await session.FindAsync(Sid(name), CancellationToken.None);
            await session.ResetPasswordAsync(account, SambaFixture.Secret(passwords[i]), new DomainResetOptions(), CancellationToken.None);
        }));
        Assert.InRange(relay.Accepted, 1, 4);
        for (int i = 0; i < names.Length; i += 7)
        {
            await samba.SignInAsync(names[i], passwords[i]);
        }
    }

    [SkippableFact]
    public async Task Stopping_returns_at_once_and_leaves_the_session_usable()
    {
        using IActiveDirectory session = await samba.OpenAsync("svc-reset");
        ActiveDirectoryAccount account = await session.FindAsync(Sid("hugo"), CancellationToken.None);
        using CancellationTokenSource stopped = new();
        stopped.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.ResetPasswordAsync(
            account, SambaFixture.Secret(RunningDomain.NewPassword()), new DomainResetOptions(), stopped.Token));
        await samba.SignInAsync("hugo", samba.Domain["hugo"].Password);

        using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(30));
        Stopwatch waited = Stopwatch.StartNew();
        Task[] work = Enumerable.Range(0, 40)
            .Select(_ => session.ResetPasswordAsync(
                account, SambaFixture.Secret(RunningDomain.NewPassword()), new DomainResetOptions(), soon.Token))
            .ToArray();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(work));
        Assert.True(waited.Elapsed < TimeSpan.FromSeconds(2), $"{waited.Elapsed}");
        Assert.All(work, task => Assert.True(task.IsCanceled || task.IsCompletedSuccessfully));

        // What was on its way may still have arrived; the session goes on.
        ActiveDirectoryAccount other = await session.FindAsync(Sid("user44"), CancellationToken.None);
        string password = RunningDomain.NewPassword();
        await session.ResetPasswordAsync(other, SambaFixture.Secret(password), new DomainResetOptions(), CancellationToken.None);
        await samba.SignInAsync("user44", password);
    }

    private static async Task<PasswordOpsException> RefusedAsync(
        IActiveDirectory session, ActiveDirectoryAccount account, DomainResetOptions options) =>
        await Assert.ThrowsAsync<PasswordOpsException>(() => session.ResetPasswordAsync(
            account, SambaFixture.Secret(RunningDomain.NewPassword()), options, CancellationToken.None));

    private ActiveDirectoryName Sid(string name) => new(samba.Domain[name].SecurityIdentifier);
}
