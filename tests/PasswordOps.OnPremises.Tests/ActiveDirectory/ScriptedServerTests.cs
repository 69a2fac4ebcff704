using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.OnPremises.ActiveDirectory;

namespace PasswordOps.OnPremises.Tests.ActiveDirectory;

/// <summary>What Samba does not do: texts of Windows' domain controllers, the control for history, and nonsense.</summary>
public class ScriptedServerTests
{
    private static readonly ActiveDirectoryName Anna = new("anna");

    [SkippableTheory]
    [InlineData(49, "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 52e, v4563", "AdSignInFailed", "52e")]
    [InlineData(49, "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 525, v4563", "AdSignInFailed", "525")]
    [InlineData(49, "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 775, v4563", "AdSignInLocked", "775")]
    [InlineData(49, "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 773, v4563", "AdSignInMustChange", "773")]
    [InlineData(49, "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 532, v4563", "AdSignInExpired", "532")]
    [InlineData(
        49, "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 701, v4563", "AdSignInAccountExpired", "701")]
    [InlineData(49, "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 530, v4563", "AdSignInRestricted", "530")]
    [InlineData(49, "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 531, v4563", "AdSignInRestricted", "531")]
    [InlineData(49, "80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 9f9, v4563", "AdSignInRefused", "9f9")]
    [InlineData(49, "", "AdSignInRefused", "LDAP 49")]
    public async Task A_refused_sign_in_is_read_by_its_code(int result, string text, string id, string code)
    {
        SkipElsewhere();
        using ScriptedServer server = new() { Bind = (result, text) };
        PasswordOpsException error = await Assert.ThrowsAsync<PasswordOpsException>(() => SambaFixture.OpenAsync(server.Options));
        Assert.Equal((id, code), (error.Id, error.ServiceCode));
        Assert.DoesNotContain('{', error.Message + error.Advice);
    }

    [SkippableTheory]
    [InlineData(53, "0000052D: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0\n\0", "AdPasswordRefused", "0000052D")]
    [InlineData(
        19,
        "0000052D: AtrErr: DSID-03191083, #1:\n\t0: 0000052D: DSID-03191083, "
        + "problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att 9005a (unicodePwd)",
        "AdPasswordRefused", "0000052D")]
    [InlineData(50, "00000005: SecErr: DSID-031A1190, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0\n", "AdRightsMissing", "00000005")]
    [InlineData(50, "00002098: SecErr: DSID-03150F94, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0\n", "AdRightsMissing", "00002098")]
    [InlineData(53, "0000001F: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0\n", "AdEncryptionRequired", "0000001F")]
    [InlineData(53, "00002077: SvcErr: DSID-031903A4, problem 5003 (WILL_NOT_PERFORM), data 0\n", "AdEncryptionRequired", "00002077")]
    [InlineData(53, "00002035: LdapErr: DSID-0C090FCF, comment: Operation not allowed, data 0, v4563", "AdRequestRefused", "00002035")]
    [InlineData(10, "0000202B: RefErr: DSID-0310082F, data 0, 1 access points\n\tref 1: 'fabrikam.com'\n", "AdReferral", "0000202B")]
    [InlineData(
        32, "0000208D: NameErr: DSID-03100288, problem 2001 (NO_OBJECT), data 0, best match of:\n\t''\n", "AdUserNotFound", "0000208D")]
    [InlineData(51, "0000200E: SvcErr: DSID-03190F80, problem 5001 (BUSY), data 0\n", "AdBusy", "0000200E")]
    [InlineData(52, "0000200F: SvcErr: DSID-03190F80, problem 5002 (UNAVAILABLE), data 0\n", "AdBusy", "0000200F")]
    [InlineData(80, "", "AdRequestRefused", "LDAP 80")]
    public async Task A_refused_reset_is_read_by_its_code(int result, string text, string id, string code)
    {
        SkipElsewhere();
        using ScriptedServer server = new() { Modify = (result, text) };
        PasswordOpsException error = await RefusedAsync(server, new DomainResetOptions());
        Assert.Equal((id, code), (error.Id, error.ServiceCode));
        Assert.False(error.MayHaveHappened);
        Assert.DoesNotContain('{', error.Message + error.Advice);
        Assert.DoesNotContain("DSID", error.ToString());
        Assert.DoesNotContain("Longer-Pa55-word", error.ToString());
    }

    [SkippableTheory]
    [InlineData("1.2.840.113556.1.4.2239")]
    [InlineData("1.2.840.113556.1.4.2066")]
    public async Task History_is_enforced_by_the_control_that_the_server_has(string control)
    {
        SkipElsewhere();
        using ScriptedServer server = new();
        server.Root["supportedControl"] = new[] { "1.2.840.113556.1.4.319", control };
        using IActiveDirectory session = await SambaFixture.OpenAsync(server.Options);
        Assert.True(session.Controller.CanEnforceHistory);
        ActiveDirectoryAccount account = await session.FindAsync(Anna, CancellationToken.None);
        await ResetAsync(session, account, new DomainResetOptions { EnforceHistory = true, MustChange = true, Unlock = true });
        await ResetAsync(session, account, new DomainResetOptions());

        (string dn, string[] changes, string[] controls)[] sent = server.Modifications.ToArray();
        Assert.Equal($"<GUID={ScriptedServer.AccountId:D}>", sent[0].dn);
        Assert.Equal(new[] { "2 unicodePwd", "2 lockoutTime", "2 pwdLastSet" }, sent[0].changes);
        Assert.Equal(new[] { control + " critical 3003020101" }, sent[0].controls);
        Assert.Equal(new[] { "2 unicodePwd" }, sent[1].changes);
        Assert.Empty(sent[1].controls);
    }

    [SkippableFact]
    public async Task A_refusal_under_enforced_history_names_history_or_age()
    {
        SkipElsewhere();
        using ScriptedServer server = new() { Modify = (19, "0000052D: Constraint violation") };
        PasswordOpsException history = await RefusedAsync(server, new DomainResetOptions { EnforceHistory = true });
        Assert.Equal("AdPasswordRefused", history.Id);
        Assert.Contains("one of the last 24", history.Message);
        Assert.DoesNotContain("one of the last", (await RefusedAsync(server, new DomainResetOptions())).Message);

        server.Account["pwdLastSet"] = new[] { DateTime.UtcNow.AddHours(-1).ToFileTimeUtc().ToString() };
        Assert.Equal("AdPasswordTooRecent", (await RefusedAsync(server, new DomainResetOptions { EnforceHistory = true })).Id);
        Assert.Equal("AdPasswordRefused", (await RefusedAsync(server, new DomainResetOptions())).Id);
    }

    [SkippableFact]
    public async Task A_read_only_domain_controller_is_sent_no_password()
    {
        SkipElsewhere();
        using ScriptedServer server = new();
        server.Root["supportedCapabilities"] = new[] { "1.2.840.113556.1.4.800", "1.2.840.113556.1.4.1920" };
        Assert.Equal("AdReadOnly", (await RefusedAsync(server, new DomainResetOptions())).Id);
        Assert.Empty(server.Modifications);
    }

    [SkippableFact]
    public async Task A_clock_that_is_off_is_warned_of()
    {
        SkipElsewhere();
        using ScriptedServer server = new();
        server.Root["currentTime"] = new[] { DateTime.UtcNow.AddMinutes(-11).ToString("yyyyMMddHHmmss'.0Z'") };
        using IActiveDirectory session = await SambaFixture.OpenAsync(server.Options);
        Assert.InRange(session.Controller.ClockSkew!.Value.TotalMinutes, -11.5, -10.5);
        Assert.Contains("11 minutes behind", session.Controller.ClockWarning);
    }

    [SkippableFact]
    public async Task A_server_that_is_no_domain_controller_is_left()
    {
        SkipElsewhere();
        using ScriptedServer server = new();
        server.Root.Remove("supportedCapabilities");
        PasswordOpsException error = await Assert.ThrowsAsync<PasswordOpsException>(() => SambaFixture.OpenAsync(server.Options));
        Assert.Equal("AdNotActiveDirectory", error.Id);
    }

    [SkippableFact]
    public async Task An_expired_certificate_is_refused()
    {
        SkipElsewhere();
        using ScriptedServer server = new(DateTimeOffset.UtcNow.AddDays(-2));
        PasswordOpsException error = await Assert.ThrowsAsync<PasswordOpsException>(() => SambaFixture.OpenAsync(server.Options));
        Assert.Equal("AdCertificateExpired", error.Id);
        Assert.Contains(DateTime.UtcNow.AddDays(-2).ToString("yyyy-MM"), error.Message);
    }

    [SkippableTheory]
    [InlineData("objectGUID", "short")]
    [InlineData("objectSid", "\u0001\u000f\0\0")]
    [InlineData("sAMAccountName", null)]
    public async Task An_account_without_what_every_account_has_is_not_taken(string attribute, string? value)
    {
        SkipElsewhere();
        using ScriptedServer server = new();
        server.Account[attribute] = value is null ? Array.Empty<string>() : new[] { value };
        using IActiveDirectory session = await SambaFixture.OpenAsync(server.Options);
        PasswordOpsException error = await Assert.ThrowsAsync<PasswordOpsException>(() => session.FindAsync(Anna, CancellationToken.None));
        Assert.Equal("AdAnswerUnexpected", error.Id);
    }

    [SkippableFact]
    public async Task Strange_values_read_as_nothing_and_two_accounts_are_none()
    {
        SkipElsewhere();
        using ScriptedServer server = new();
        server.Account["pwdLastSet"] = new[] { "9223372036854775807" };
        server.Account["lockoutTime"] = new[] { "soon" };
        server.Account["displayName"] = new[] { new string('x', 100_000) };
        server.Policy["minPwdLength"] = new[] { "-3" };
        using IActiveDirectory session = await SambaFixture.OpenAsync(server.Options);
        ActiveDirectoryAccount account = await session.FindAsync(Anna, CancellationToken.None);
        Assert.Null(account.PasswordLastSet);
        Assert.False(account.MustChangePassword);
        Assert.False(account.IsLockedOut);
        Assert.Null(account.DisplayName);
        Assert.Null(account.Policy.MinimumLength);
        Assert.Equal(TimeSpan.MaxValue, account.Policy.MaximumAge);
        Assert.Equal("S-1-5-18", account.SecurityIdentifier);

        server.Copies = 2;
        PasswordOpsException error = await Assert.ThrowsAsync<PasswordOpsException>(() => session.FindAsync(Anna, CancellationToken.None));
        Assert.Equal("AdUserAmbiguous", error.Id);
    }

    [Theory]
    [InlineData("ldap://dc1", "svc", "x", DomainTransport.Ldaps, "AdServerInvalid")]
    [InlineData("dc1:636", "svc", "x", DomainTransport.Ldaps, "AdServerInvalid")]
    [InlineData("", "svc", "x", DomainTransport.Ldaps, "AdServerInvalid")]
    [InlineData("dc1", null, null, DomainTransport.Ldaps, "AdCredentialMissing")]
    [InlineData("dc1", "svc", "", DomainTransport.Ldaps, "AdCredentialMissing")]
    [InlineData("dc1", "", "x", DomainTransport.StartTls, "AdCredentialMissing")]
    public async Task What_cannot_work_is_refused_before_anything_is_sent(
        string server, string? user, string? password, DomainTransport transport, string id)
    {
        DomainConnectionOptions options = new()
        {
            Server = server, UserName = user, Password = password is null ? null : SambaFixture.Secret(password), Transport = transport,
        };
        Assert.Equal(id, (await Assert.ThrowsAsync<PasswordOpsException>(() => SambaFixture.OpenAsync(options))).Id);
    }

    // The server speaks TLS with a certificate of its own authority, which is trusted for one connection; with OpenLDAP.
    private static void SkipElsewhere() => Skip.IfNot(OperatingSystem.IsLinux(), "Needs Linux with OpenLDAP's client library.");

    private static async Task<PasswordOpsException> RefusedAsync(ScriptedServer server, DomainResetOptions options)
    {
        using IActiveDirectory session = await SambaFixture.OpenAsync(server.Options);
        ActiveDirectoryAccount account = await session.FindAsync(Anna, CancellationToken.None);
        return await Assert.ThrowsAsync<PasswordOpsException>(() => ResetAsync(session, account, options));
    }

    private static Task ResetAsync(IActiveDirectory session, ActiveDirectoryAccount account, DomainResetOptions options) =>
        session.ResetPasswordAsync(account, SambaFixture.Secret("Longer-Pa55-word"), options, CancellationToken.None);
}
