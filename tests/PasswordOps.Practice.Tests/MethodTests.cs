using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace PasswordOps.Practice.Tests;

/// <summary>The rules of phone and email methods.</summary>
public sealed class MethodTests : IAsyncLifetime
{
    private const string Mobile = "3179e48a-750b-4051-897c-87b9720928f7";
    private const string Alternate = "b6332ec1-7057-4abe-9331-3d72feddfe41";
    private const string Office = "e37fc753-ff3b-4958-9484-eaa9425c82bc";
    private const string Email = "3ddfcfc8-9383-446f-83cc-3ab9be4be18f";
    private const string Phones = "/users/adele@contoso.com/authentication/phoneMethods";
    private const string Emails = "/users/adele@contoso.com/authentication/emailMethods";
    private PracticeClient _client = null!;
    private string _token = "";

    public async Task InitializeAsync()
    {
        _client = await PracticeClient.StartAsync();
        _token = await _client.AppTokenAsync();
    }

    public async Task DisposeAsync() => await _client.DisposeAsync();

    private Task<PracticeClient.Reply> Add(string type, string number) =>
        _client.WriteAsync("POST", Phones, _token, $$"""{"phoneNumber":"{{number}}","phoneType":"{{type}}"}""");

    [Fact]
    public async Task Three_numbers_come_and_go_in_their_order()
    {
        Assert.Equal((400, "badRequest"), Short(await Add("alternateMobile", "+1 4255550101")));
        PracticeClient.Reply created = await Add("mobile", "+1 4255550100");
        Assert.Equal(201, created.Status);
        Assert.Equal((Mobile, "mobile", "+1 4255550100", "ready"),
            (created.Text("id"), created.Text("phoneType"), created.Text("phoneNumber"), created.Text("smsSignInState")));
        Assert.EndsWith("/authentication/phoneMethods/$entity", created.Text("@odata.context"), StringComparison.Ordinal);
        Assert.Equal(201, (await Add("alternateMobile", "+1 4255550101")).Status);
        Assert.Equal(201, (await Add("office", "+1 4255550102x7")).Status);
        Assert.Equal((400, "badRequest"), Short(await Add("mobile", "+1 4255550103")));

        PracticeClient.Reply list = await _client.GetAsync(Phones, _token);
        Assert.Equal([Mobile, Alternate, Office], list.Value.Select(phone => phone!["id"]!.GetValue<string>()));
        Assert.Equal("notSupported", list.Value[1]!["smsSignInState"]!.GetValue<string>());

        Assert.Equal((400, "badRequest"), Short(await _client.WriteAsync("DELETE", $"{Phones}/{Mobile}", _token)));
        Assert.Equal(204, (await _client.WriteAsync("DELETE", $"{Phones}/{Alternate}", _token)).Status);
        Assert.Equal(204, (await _client.WriteAsync("DELETE", $"{Phones}/{Mobile}", _token)).Status);
        Assert.Equal(404, (await _client.WriteAsync("DELETE", $"{Phones}/{Mobile}", _token)).Status);
        Assert.Equal(404, (await _client.GetAsync($"{Phones}/{Mobile}", _token)).Status);
        Assert.Equal("+1 4255550102x7", (await _client.GetAsync($"{Phones}/{Office}", _token)).Text("phoneNumber"));
    }

    private static (int, string?) Short(PracticeClient.Reply reply) => (reply.Status, reply.Code);

    [Theory]
    [InlineData("4255550100")]
    [InlineData("+14255550100")]
    [InlineData("0612345678")]
    [InlineData("+1 425 555 0100")]
    [InlineData("+1 425-CALL")]
    [InlineData("+1 4255550100X12")]
    [InlineData("+1 4255550100\\n")]
    [InlineData("")]
    public async Task Numbers_in_another_form_are_refused(string number) =>
        Assert.Equal((400, "badRequest"), Short(await Add("mobile", number)));

    [Theory]
    [InlineData("""{"phoneNumber":"+1 4255550100"}""")]
    [InlineData("""{"phoneType":"mobile"}""")]
    [InlineData("""{"phoneNumber":"+1 4255550100","phoneType":"pager"}""")]
    [InlineData("""{"phoneNumber":"+1 4255550100","phoneType":"mobile","smsSignInState":"ready"}""")]
    [InlineData("""[]""")]
    [InlineData(null)]
    public async Task Bodies_that_say_too_little_or_too_much_are_refused(string? body) =>
        Assert.Equal((400, "badRequest"), Short(await _client.WriteAsync("POST", Phones, _token, body)));

    [Fact]
    public async Task A_body_with_a_type_annotation_cannot_be_parsed()
    {
        PracticeClient.Reply reply = await _client.WriteAsync(
            "PATCH", $"/users/nora@contoso.com/authentication/phoneMethods/{Mobile}", _token,
            """{"@odata.type":"#microsoft.graph.phoneAuthenticationMethod","phoneNumber":"+1 4255550104"}""");
        Assert.Equal((400, "Unable to parse request body as an authentication method."), (reply.Status, reply.ErrorMessage));
    }

    [Fact]
    public async Task A_number_changes_and_its_type_does_not()
    {
        string mobile = $"/users/nora@contoso.com/authentication/phoneMethods/{Mobile}";
        Assert.Equal(204, (await _client.WriteAsync(
            "PATCH", mobile, _token, """{"phoneNumber":"+1 4255550104","phoneType":"mobile"}""")).Status);
        Assert.Equal("+1 4255550104", (await _client.GetAsync(mobile, _token)).Text("phoneNumber"));
        Assert.Equal(400, (await _client.WriteAsync(
            "PATCH", mobile, _token, """{"phoneNumber":"+1 4255550105","phoneType":"office"}""")).Status);
        Assert.Equal("+1 4255550104", (await _client.GetAsync(mobile, _token)).Text("phoneNumber"));
        Assert.Equal(404, (await _client.WriteAsync("PATCH", $"{Phones}/{Mobile}", _token, """{"phoneNumber":"+1 4255550104"}""")).Status);
    }

    [Fact]
    public async Task The_default_method_stays()
    {
        string[] withSms = _client.Server.Tenant.Users.Where(user => user.Methods is { Preferred: "sms", AlternateMobile: null })
            .Select(user => user.Id.ToString()).Take(1).ToArray();
        Assert.Single(withSms);
        PracticeClient.Reply reply = await _client.WriteAsync(
            "DELETE", $"/users/{withSms[0]}/authentication/phoneMethods/{Mobile}", _token);
        Assert.Equal(
            $"The requested authentication method id of [{Mobile}] matches the user's current default authentication method, "
            + "and cannot be deleted until the default authentication method is changed", reply.ErrorMessage);
        Assert.Equal((400, "badRequest"), Short(reply));
    }

    [Fact]
    public async Task One_mail_address_comes_changes_and_goes()
    {
        PracticeClient.Reply created = await _client.WriteAsync("POST", Emails, _token, """{"emailAddress":"adele@fabrikam.com"}""");
        Assert.Equal((201, Email), (created.Status, created.Text("id")));
        Assert.Equal(400, (await _client.WriteAsync("POST", Emails, _token, """{"emailAddress":"a@fabrikam.com"}""")).Status);
        Assert.Equal(400, (await _client.WriteAsync("PATCH", $"{Emails}/{Email}", _token, """{"emailAddress":"no address"}""")).Status);
        Assert.Equal(204, (await _client.WriteAsync(
            "PATCH", $"{Emails}/{Email}", _token, """{"emailAddress":"vance@fabrikam.com"}""")).Status);
        Assert.Equal("vance@fabrikam.com", (await _client.GetAsync(Emails, _token)).Value[0]!["emailAddress"]!.GetValue<string>());
        Assert.Equal(204, (await _client.WriteAsync("DELETE", $"{Emails}/{Email}", _token)).Status);
        Assert.Empty((await _client.GetAsync(Emails, _token)).Value);
        Assert.Equal(404, (await _client.GetAsync($"{Emails}/{Email}", _token)).Status);
    }

    [Fact]
    public async Task All_methods_come_with_their_types_and_the_report_counts_them()
    {
        PracticeClient.Reply all = await _client.GetAsync("/users/nora@contoso.com/authentication/methods", _token);
        Assert.Equal(
            ["password", "phone", "phone", "phone", "email", "microsoftAuthenticator"],
            all.Value
                .Select(method => method!["@odata.type"]!.GetValue<string>()["#microsoft.graph.".Length..^"AuthenticationMethod".Length]));
        PracticeClient.Reply password = await _client.GetAsync("/users/nora@contoso.com/authentication/passwordMethods", _token);
        Assert.Null(Assert.Single(password.Value)!["password"]);

        string nora = (await _client.GetAsync("/users/nora@contoso.com", _token)).Text("id");
        PracticeClient.Reply report = await _client.GetAsync($"/reports/authenticationMethods/userRegistrationDetails/{nora}", _token);
        Assert.True(report.Json!["isSsprCapable"]!.GetValue<bool>());
        Assert.Equal(
            ["microsoftAuthenticatorPush", "mobilePhone", "alternateMobilePhone", "officePhone", "email"],
            report.Json["methodsRegistered"]!.AsArray().Select(method => method!.GetValue<string>()));
        PracticeClient.Reply list = await _client.GetAsync(
            "/reports/authenticationMethods/userRegistrationDetails"
            + "?$filter=isSsprCapable%20eq%20true%20and%20startswith(userPrincipalName,'nora')",
            _token);
        Assert.Single(list.Value);
        string dirk = (await _client.GetAsync("/users/dirk@contoso.com", _token)).Text("id");
        Assert.Equal(404, (await _client.GetAsync($"/reports/authenticationMethods/userRegistrationDetails/{dirk}", _token)).Status);
    }

    [Fact]
    public async Task Users_add_and_delete_a_number_of_their_own_and_do_not_change_it()
    {
        string own = await _client.UserTokenAsync("uma@contoso.com");
        string phones = "/users/uma@contoso.com/authentication/phoneMethods";
        await _client.WriteAsync("DELETE", $"{phones}/{Mobile}", own);
        Assert.Equal(201, (await _client.WriteAsync(
            "POST", phones, own, """{"phoneNumber":"+1 4255550100","phoneType":"mobile"}""")).Status);
        Assert.Equal((403, "accessDenied"), Short(
            await _client.WriteAsync("PATCH", $"{phones}/{Mobile}", own, """{"phoneNumber":"+1 4255550101"}""")));
        Assert.Equal(204, (await _client.WriteAsync("DELETE", $"{phones}/{Mobile}", own)).Status);
    }

    [Fact]
    public async Task Each_number_that_is_the_default_method_stays_and_can_be_changed()
    {
        (string Preferred, string Id)[] defaults =
            [("sms", Mobile), ("voiceMobile", Mobile), ("voiceAlternateMobile", Alternate), ("voiceOffice", Office)];
        foreach ((string preferred, string id) in defaults)
        {
            State.User user = _client.Server.Tenant.Users.Find("adele@contoso.com")!;
            _client.Server.Tenant.Users.Update(user, current => current with
            {
                Methods = new State.MethodSet
                {
                    Mobile = "+1 4255550100", AlternateMobile = id == Mobile ? null : "+1 4255550101", Office = "+1 4255550102",
                    Preferred = preferred,
                },
            });
            Assert.Equal((preferred, 400), (preferred, (await _client.WriteAsync("DELETE", $"{Phones}/{id}", _token)).Status));
            Assert.Equal(204, (await _client.WriteAsync("PATCH", $"{Phones}/{id}", _token, """{"phoneNumber":"+1 4255550103"}""")).Status);
            string other = id == Office ? Alternate : Office;
            Assert.Equal(204, (await _client.WriteAsync("DELETE", $"{Phones}/{other}", _token)).Status);
        }
    }

    [Fact]
    public async Task Sms_sign_in_follows_the_policy_and_belongs_to_the_mobile_number_only()
    {
        await Add("mobile", "+1 4255550100");
        await Add("alternateMobile", "+1 4255550101");
        await Add("office", "+1 4255550102");
        JsonArray list = (await _client.GetAsync(Phones, _token)).Value;
        Assert.Equal(["ready", "notSupported", "notSupported"], list.Select(phone => phone!["smsSignInState"]!.GetValue<string>()));
        Assert.Equal(400, (await _client.WriteAsync("PATCH", $"{Phones}/{Mobile}", _token, """{"smsSignInState":"notEnabled"}""")).Status);
        string file = SmsOff();
        await using PracticeClient client = await PracticeClient.StartAsync(new ServeOptions { DirectoryFile = file });
        System.IO.File.Delete(file);
        string token = await client.AppTokenAsync("PasswordOps full");
        PracticeClient.Reply created = await client.WriteAsync(
            "POST", Phones, token, """{"phoneNumber":"+1 4255550100","phoneType":"mobile"}""");
        Assert.Equal((201, "notAllowedByPolicy"), (created.Status, created.Text("smsSignInState")));
    }

    private static string SmsOff()
    {
        string file = System.IO.Path.GetTempFileName();
        System.IO.File.WriteAllText(file, """
            {
              "domains": [ { "id": "contoso.com", "isDefault": true, "isInitial": true } ],
              "users": [ { "userPrincipalName": "adele@contoso.com", "displayName": "Adele" } ],
              "policies": {
                "authenticationMethodsPolicy": { "authenticationMethodConfigurations": [ { "id": "Sms", "state": "disabled" } ] }
              }
            }
            """);
        return file;
    }

    [Fact]
    public async Task The_right_number_wins_when_many_write_at_once()
    {
        Assert.Equal(201, (await Add("mobile", "+1 4255550100")).Status);
        PracticeClient.Reply[] replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Add("alternateMobile", "+1 4255550101")));
        Assert.Equal(1, replies.Count(reply => reply.Status == 201));
        Assert.Equal(39, replies.Count(reply => reply.Status == 400));
    }
}
