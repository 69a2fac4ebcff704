using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.Reset;
using PasswordOps.Graph.Models;

namespace PasswordOps.Graph.Tests;

public sealed class PasswordTests
{
    private const string Planted = "Pl4nted\"é\\<pass>\u20AC";
    private const string Location =
        "https://graph.microsoft.com/v1.0/users/" + FakeService.Adele
        + "/authentication/operations/b7d9f1a3?aadgdc=DUB02P&aadgsu=ssprprod-a";

    private readonly FakeService service = new();

    [Theory]
    [InlineData(ForceChange.Yes, true, false)]
    [InlineData(ForceChange.YesWithMfa, false, true)]
    [InlineData(ForceChange.No, false, false)]
    public async Task A_password_is_set_with_both_flags_said(ForceChange force, bool change, bool withMfa)
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Of(204);

        WriteOutcome outcome = await SetAsync(directory, force);

        Recorded request = Assert.Single(service.Requests);
        Assert.Equal("PATCH /v1.0/users/" + FakeService.Adele, request.ToString());
        using JsonDocument body = JsonDocument.Parse(request.Body);
        JsonElement profile = body.RootElement.GetProperty("passwordProfile");
        Assert.Equal(Planted, profile.GetProperty("password").GetString());
        Assert.Equal(change, profile.GetProperty("forceChangePasswordNextSignIn").GetBoolean());
        Assert.Equal(withMfa, profile.GetProperty("forceChangePasswordNextSignInWithMfa").GetBoolean());
        Assert.Equal(new WriteOutcome(null, "6d0f4a52-1b7e-4c39-8a90-2f3e4d5c6b7a", 1), outcome);
    }

    [Theory]
    [InlineData("adele@contoso.com", "null", "contoso.onmicrosoft.com", "PasswordTooWeak")]
    [InlineData("bram@contoso.com", "true", "contoso.onmicrosoft.com", "UserMasteredOnPremises")]
    [InlineData("cato@contoso.com", "false", "contoso.onmicrosoft.com", "PasswordRejected")]
    [InlineData("finn@fed.contoso.com", "null", "contoso.onmicrosoft.com", "UserFederated")]
    [InlineData("gita_fabrikam.com#EXT#@contoso.com", "null", "ExternalAzureAD", "PasswordMasteredElsewhere")]
    [InlineData("stray@fabrikam.com", "null", "contoso.onmicrosoft.com", "PasswordRejected")]
    public async Task A_refused_password_is_explained_by_the_source_of_the_user(string name, string synced, string issuer, string id)
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request => request.Method == "PATCH" ? Reply.Error(400, "Request_BadRequest", "about Pl4nted")
            : request.Path.StartsWith("/v1.0/domains", StringComparison.Ordinal) ? Domains()
            : Reply.Json(
                $$"""
                {"id":"{{FakeService.Adele}}","userPrincipalName":"{{name}}","onPremisesSyncEnabled":{{synced}},
                 "identities":[{"signInType":"userPrincipalName","issuer":"{{issuer}}"}]}
                """);

        PasswordOpsException failure = (await SetAsync(directory)).Error!;

        Assert.Equal(id, failure.Id);
        Assert.Equal("Request_BadRequest", failure.ServiceCode);
        Assert.Equal(400, failure.Status);
        Assert.False(failure.MayHaveHappened);
        Assert.DoesNotContain("Pl4nted", failure.ToString());
    }

    [Theory]
    [InlineData("true", "RestrictedManagement")]
    [InlineData("false", "RoleMissing")]
    public async Task A_denied_password_names_a_restricted_unit_where_there_is_one(string restricted, string id)
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request => request.Method != "GET"
            ? Reply.Error(403, "Authorization_RequestDenied")
            : Reply.Json(
                $$$"""{"id":"{{{FakeService.Adele}}}","userPrincipalName":"a@contoso.com","isManagementRestricted":{{{restricted}}} }""");

        PasswordOpsException set = (await SetAsync(directory)).Error!;
        PasswordOpsException reset = await Assert.ThrowsAsync<PasswordOpsException>(
            () => directory.StartPasswordResetAsync(FakeService.Adele, Secret(), CancellationToken.None));

        Assert.Equal(id, set.Id);
        Assert.Equal(id, reset.Id);
        Assert.Equal(403, set.Status);
    }

    [Theory]
    [InlineData("FuzzyPolicyViolationInvalidPassword")]
    [InlineData("PasswordDoesnotComplyFuzzyPolicy")]
    public async Task A_banned_password_is_told_by_the_code_wherever_it_stands(string code)
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Of(
            400,
            """{"error":{"code":"Request_BadRequest","message":"about Pl4nted","innerError":{"code":"CODE"}}}""".Replace("CODE", code));

        PasswordOpsException set = (await SetAsync(directory)).Error!;
        PasswordOpsException reset = await Assert.ThrowsAsync<PasswordOpsException>(
            () => directory.StartPasswordResetAsync(FakeService.Adele, Secret(), CancellationToken.None));
        PasswordOpsException change = await Assert.ThrowsAsync<PasswordOpsException>(
            () => directory.ChangeOwnPasswordAsync(Secret(), Secret(), CancellationToken.None));

        Assert.All(new[] { set, reset, change }, error => Assert.Equal("PasswordBanned", error.Id));
        Assert.DoesNotContain("Pl4nted", set.ToString() + reset + change);
    }

    [Theory]
    [InlineData(400, "Request_BadRequest", "The specified current password is not correct.", "PasswordRejected")]
    [InlineData(400, "Request_BadRequest", "AADSTS120000: about Pl4nted", "CurrentPasswordWrong")]
    [InlineData(400, "Request_BadRequest", "AADSTS120004: about Pl4nted", "PasswordTooWeak")]
    [InlineData(400, "Request_BadRequest", "AADSTS120018: about Pl4nted", "PasswordBanned")]
    [InlineData(400, "Request_BadRequest", "AADSTS120012: about Pl4nted", "UserMasteredOnPremises")]
    [InlineData(400, "Request_BadRequest", "AADSTS: about Pl4nted", "PasswordRejected")]
    [InlineData(403, "Authorization_RequestDenied", "Access to change password operation is denied.", "OwnPasswordDenied")]
    [InlineData(503, "serviceNotAvailable", "about Pl4nted", "OutcomeUnknown")]
    public async Task A_refused_change_of_the_own_password_has_an_id(int status, string code, string text, string id)
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Error(status, code, text);

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(
            () => directory.ChangeOwnPasswordAsync(Secret(), Secret(), CancellationToken.None));

        Assert.Equal(id, failure.Id);
        Assert.Equal(code, failure.ServiceCode);
        Assert.Equal(status == 503, failure.MayHaveHappened);
        Assert.DoesNotContain("Pl4nted", failure + failure.Advice);
        Assert.Single(service.Requests);
    }

    [Theory]
    [InlineData("Request_ResourceNotFound")]
    [InlineData("resourceNotFound")]
    public async Task A_user_who_vanished_before_the_write_is_not_found(string code)
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Error(404, code);

        PasswordOpsException reset = await Assert.ThrowsAsync<PasswordOpsException>(
            () => directory.StartPasswordResetAsync(FakeService.Adele, Secret(), CancellationToken.None));

        Assert.Equal("UserNotFound", reset.Id);
        Assert.False(reset.MayHaveHappened);
        Assert.Equal(
            code == "Request_ResourceNotFound" ? "UserNotFound" : "NotFound", (await SetAsync(directory)).Error!.Id);
    }

    [Fact]
    public async Task A_refused_password_that_breaks_no_known_rule_keeps_both_meanings()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request => request.Method == "PATCH" ? Reply.Error(400, "Request_BadRequest")
            : request.Path.StartsWith("/v1.0/domains", StringComparison.Ordinal) ? Domains()
            : Reply.Json($$"""{"id":"{{FakeService.Adele}}","userPrincipalName":"adele@contoso.com"}""");
        using Password fine = new("Kr8:Zwaluw-en-Wolk".ToCharArray());

        WriteOutcome outcome = Assert.Single(await directory.SetPasswordsAsync(
            new[] { new PasswordWrite(FakeService.Adele, fine, ForceChange.Yes) }, CancellationToken.None));

        Assert.Equal("PasswordRejected", outcome.Error!.Id);
    }

    [Fact]
    public async Task A_refused_password_whose_user_cannot_be_read_stays_open()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request => request.Method == "PATCH"
            ? Reply.Error(400, "Request_BadRequest")
            : Reply.Error(403, "Authorization_RequestDenied");

        PasswordOpsException failure = (await SetAsync(directory)).Error!;

        Assert.Equal("PasswordRejected", failure.Id);
    }

    [Fact]
    public async Task Many_passwords_go_in_batches_and_each_has_its_own_outcome()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request =>
            request.Path.Contains("/users/u7") && request.Method == "PATCH" ? Reply.Error(400, "Request_BadRequest", "about Pl4nted")
            : request.Path.Contains("/users/u7") ? Reply.Json("""{"id":"u7","onPremisesSyncEnabled":true}""")
            : request.Path.Contains("/users/u9") ? Reply.Error(404, "Request_ResourceNotFound")
            : Reply.Of(204);
        PasswordWrite[] writes = Enumerable.Range(0, 45)
            .Select(i => new PasswordWrite("u" + i, new Password((Planted + i).ToCharArray()), ForceChange.YesWithMfa)).ToArray();

        IReadOnlyList<WriteOutcome> outcomes = await directory.SetPasswordsAsync(writes, CancellationToken.None);

        Assert.Equal("UserMasteredOnPremises", outcomes[7].Error!.Id);
        Assert.Equal("UserNotFound", outcomes[9].Error!.Id);
        Assert.Equal(43, outcomes.Count(outcome => outcome.Succeeded));
        Assert.Equal(4, service.Requests.Count);
        int seen = 0;
        foreach (Recorded batch in service.Requests.Where(request => request.Body.Contains("passwordProfile")))
        {
            using JsonDocument body = JsonDocument.Parse(batch.Body);
            foreach (JsonElement item in body.RootElement.GetProperty("requests").EnumerateArray())
            {
                int i = int.Parse(item.GetProperty("url").GetString()!.Substring("/users/u".Length));
                JsonElement profile = item.GetProperty("body").GetProperty("passwordProfile");
                Assert.Equal(Planted + i, profile.GetProperty("password").GetString());
                Assert.True(profile.GetProperty("forceChangePasswordNextSignInWithMfa").GetBoolean());
                seen++;
            }
        }

        Assert.Equal(45, seen);
        Assert.DoesNotContain("Pl4nted", string.Join("\n", outcomes.Select(outcome => outcome.Error?.ToString()).Concat(service.Log)));
    }

    [Fact]
    public async Task Twenty_of_the_longest_passwords_fit_one_batch()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Of(204);
        PasswordWrite[] writes = Enumerable.Range(0, 20)
            .Select(i => new PasswordWrite(FakeService.Adele, new Password(new string('\u20AC', 256).ToCharArray()), ForceChange.Yes))
            .ToArray();

        Assert.All(await directory.SetPasswordsAsync(writes, CancellationToken.None), outcome => Assert.True(outcome.Succeeded));
        Assert.Single(service.Requests);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task What_was_stopped_before_it_was_sent_says_so(int count)
    {
        IDirectory directory = await OpenAsync();
        PasswordWrite[] writes =
            Enumerable.Range(0, count).Select(i => new PasswordWrite("u" + i, Secret(), ForceChange.Yes)).ToArray();

        IReadOnlyList<WriteOutcome> outcomes = await directory.SetPasswordsAsync(writes, new CancellationToken(true));

        Assert.All(outcomes, outcome => Assert.Equal("Stopped", outcome.Error!.Id));
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task Sessions_are_ended_one_by_one_or_in_batches()
    {
        IDirectory directory = await service.OpenAsync(Jwt.Person("User.Read.All"));
        service.OnGraph = request => request.Path.Contains("/users/b/")
            ? Reply.Error(403, "Authorization_RequestDenied")
            : Reply.Json("""{"value":true}""");

        WriteOutcome one = Assert.Single(await directory.RevokeSessionsAsync(new[] { "a" }, CancellationToken.None));
        IReadOnlyList<WriteOutcome> two = await directory.RevokeSessionsAsync(new[] { "a", "b" }, CancellationToken.None);

        Assert.True(one.Succeeded);
        Assert.Equal("POST /v1.0/users/a/revokeSignInSessions", service.Requests[0].ToString());
        Assert.True(two[0].Succeeded);
        Assert.Equal("PermissionMissing", two[1].Error!.Id);
        Assert.Contains("User.RevokeSessions.All", two[1].Error!.Message);
    }

    [Fact]
    public async Task The_own_password_is_changed_by_present_and_new_one()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Of(204);
        using Password current = new("Pr3sent-planted".ToCharArray());

        string? requestId = await directory.ChangeOwnPasswordAsync(current, Secret(), CancellationToken.None);

        Recorded request = Assert.Single(service.Requests);
        Assert.Equal("POST /v1.0/me/changePassword", request.ToString());
        using JsonDocument body = JsonDocument.Parse(request.Body);
        Assert.Equal("Pr3sent-planted", body.RootElement.GetProperty("currentPassword").GetString());
        Assert.Equal(Planted, body.RootElement.GetProperty("newPassword").GetString());
        Assert.Equal("6d0f4a52-1b7e-4c39-8a90-2f3e4d5c6b7a", requestId);
    }

    [Fact]
    public async Task An_application_has_no_own_password()
    {
        IDirectory directory = await service.OpenAsync(Jwt.App("User-PasswordProfile.ReadWrite.All"));

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(
            () => directory.ChangeOwnPasswordAsync(Secret(), Secret(), CancellationToken.None));

        Assert.Equal("AppOnlyNotSupported", failure.Id);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task A_reset_is_followed_where_the_service_says()
    {
        IDirectory directory = await OpenAsync();
        int looks = 0;
        service.OnGraph = request => request.Method == "POST"
            ? Reply.Of(202, "{}", ("Location", Location), ("Retry-after", "5"))
            : looks++ == 0
                ? Reply.Json("""{"id":"b7d9f1a3","createdDateTime":"2020-03-19T12-01-03.45Z","status":"Running"}""", ("Retry-After", "2"))
                : Reply.Json("""{"id":"b7d9f1a3","status":"failed","statusDetail":"FuzzyPolicyViolationInvalidPassword"}""");

        ResetOperation operation = await directory.StartPasswordResetAsync(FakeService.Adele, Secret(), CancellationToken.None);
        ResetOperationState first = await directory.GetPasswordResetAsync(operation, CancellationToken.None);
        ResetOperationState last = await directory.GetPasswordResetAsync(operation, CancellationToken.None);

        Assert.Equal(
            $"/v1.0/users/{FakeService.Adele}/authentication/methods/28c10230-6103-485e-b985-444c60001490/resetPassword",
            service.Requests[0].Path);
        using JsonDocument body = JsonDocument.Parse(service.Requests[0].Body);
        Assert.Equal(Planted, body.RootElement.GetProperty("newPassword").GetString());
        Assert.Equal(Location, service.Requests[1].Address.AbsoluteUri);
        Assert.Equal(TimeSpan.FromSeconds(5), operation.RetryAfter);
        Assert.Null(operation.Generated);
        Assert.False(first.Succeeded || first.Failed);
        Assert.Equal(TimeSpan.FromSeconds(2), first.RetryAfter);
        Assert.True(last.Failed);
        Assert.Equal("FuzzyPolicyViolationInvalidPassword", last.Detail);
    }

    [Fact]
    public async Task A_password_made_by_the_service_comes_back_hidden()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Of(202, """{"@odata.context":"x","newPassword":"Vakp\u00e97318"}""", ("Location", Location));

        ResetOperation operation = await directory.StartPasswordResetAsync(FakeService.Adele, null, CancellationToken.None);

        Assert.Equal("{}", service.Requests[0].Body);
        Assert.Equal("Vakpé7318", new string(operation.Generated!.Characters));
        Assert.DoesNotContain("Vakp", operation.ToString() + operation.Generated);
        Assert.DoesNotContain("Vakp", string.Join("\n", service.Log));
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://fabrikam.com/v1.0/users/x/authentication/operations/y")]
    public async Task A_reset_that_cannot_be_followed_may_have_happened(string location)
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => location.Length == 0 ? Reply.Of(202, "{}") : Reply.Of(202, "{}", ("Location", location));

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(
            () => directory.StartPasswordResetAsync(FakeService.Adele, Secret(), CancellationToken.None));

        Assert.Equal("ResetNotFollowable", failure.Id);
        Assert.True(failure.MayHaveHappened);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task An_application_alone_is_told_before_anything_is_sent()
    {
        IDirectory directory = await service.OpenAsync(Jwt.App("UserAuthenticationMethod.ReadWrite.All"));

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(
            () => directory.StartPasswordResetAsync(FakeService.Adele, Secret(), CancellationToken.None));

        Assert.Equal("AppOnlyNotSupported", failure.Id);
        Assert.False(failure.MayHaveHappened);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task An_operation_at_another_host_gets_no_token()
    {
        IDirectory directory = await OpenAsync();
        ResetOperation operation = new() { Location = new Uri("https://fabrikam.com/operations/1") };

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(
            () => directory.GetPasswordResetAsync(operation, CancellationToken.None));

        Assert.Equal("ForeignAddress", failure.Id);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public void The_bytes_of_a_password_are_erased_with_their_buffer()
    {
        SecretBuffer buffer = Bodies.Password(Secret(), ForceChange.Yes);
        ReadOnlyMemory<byte> bytes = buffer.Written;
        Assert.Contains((byte)'4', bytes.ToArray());

        buffer.Dispose();

        Assert.All(bytes.ToArray(), one => Assert.Equal(0, one));
    }

    [Fact]
    public void The_longest_password_fits_even_when_every_character_is_escaped()
    {
        string longest = new('\u20AC', 256);
        using SecretBuffer buffer = Bodies.Reset(new Password(longest.ToCharArray()));

        using JsonDocument body = JsonDocument.Parse(buffer.Written);
        Assert.Equal(longest, body.RootElement.GetProperty("newPassword").GetString());
    }

    private static async Task<WriteOutcome> SetAsync(IDirectory directory, ForceChange force = ForceChange.Yes) =>
        Assert.Single(await directory.SetPasswordsAsync(
            new[] { new PasswordWrite(FakeService.Adele, Secret(), force) }, CancellationToken.None));

    private static Reply Domains() => Reply.Json(
        """
        {"value":[{"id":"contoso.com","authenticationType":"Managed"},{"id":"fed.contoso.com","authenticationType":"Federated"}]}
        """);

    private static Password Secret() => new(Planted.ToCharArray());

    private Task<IDirectory> OpenAsync() =>
        service.OpenAsync(Jwt.Person("UserAuthenticationMethod.ReadWrite.All", "User-PasswordProfile.ReadWrite.All", "User.Read.All"));
}
