using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Access;
using PasswordOps.Core.Contacts;
using PasswordOps.Core.Directory;
using PasswordOps.Graph.Errors;

namespace PasswordOps.Graph.Tests;

public sealed class ErrorTests
{
    private const string Phone = "+1 4255550177";
    private const string Mail = "planted@fabrikam.com";

    private readonly FakeService service = new();

    [Fact]
    public async Task A_denial_without_any_fitting_permission_names_the_least_one()
    {
        PasswordOpsException failure = await FailureAsync(Jwt.Person("User.Read.All"), Reply.Error(403, "accessDenied"));

        Assert.Equal("PermissionMissing", failure.Id);
        Assert.Equal(ErrorKind.PermissionDenied, failure.Kind);
        Assert.Contains("UserAuthMethod-Phone.ReadWrite.All (delegated permission)", failure.Message);
    }

    [Fact]
    public async Task A_denial_of_an_application_names_the_application_permission()
    {
        PasswordOpsException failure = await FailureAsync(Jwt.App("User.Read.All"), Reply.Error(403, "accessDenied"));

        Assert.Equal("PermissionMissing", failure.Id);
        Assert.Contains("(application permission)", failure.Message);
        Assert.Contains(FakeService.App, failure.Advice);
    }

    [Fact]
    public async Task A_denial_in_spite_of_a_fitting_permission_is_about_roles()
    {
        PasswordOpsException failure =
            await FailureAsync(Jwt.Person("UserAuthenticationMethod.ReadWrite.All"), Reply.Error(403, "accessDenied"));

        Assert.Equal("RoleMissing", failure.Id);
        Assert.Contains("helena@contoso.com", failure.Message);
        Assert.Equal("accessDenied", failure.ServiceCode);
        Assert.Equal(403, failure.Status);
        Assert.Equal(new DateTimeOffset(2026, 8, 18, 9, 12, 44, TimeSpan.Zero), failure.ServiceTime);
    }

    [Fact]
    public async Task A_denial_to_a_token_that_cannot_be_read_leaves_the_reason_open()
    {
        Assert.Equal("AccessDenied", (await FailureAsync("opaque", Reply.Error(403, "accessDenied"))).Id);
    }

    [Theory]
    [InlineData(WriteAction.Add, 409, "anything", "MethodExists")]
    [InlineData(WriteAction.Add, 400, "badRequest", "RequestRejected")]
    [InlineData(WriteAction.Replace, 400, "badRequest", "RequestRejected")]
    [InlineData(WriteAction.Remove, 400, "badRequest", "RequestRejected")]
    [InlineData(WriteAction.Remove, 404, "resourceNotFound", "MethodNotFound")]
    [InlineData(WriteAction.Replace, 404, "Request_ResourceNotFound", "UserNotFound")]
    [InlineData(WriteAction.Replace, 401, "InvalidAuthenticationToken", "TokenRejected")]
    [InlineData(WriteAction.Replace, 500, "UnknownError", "OutcomeUnknown")]
    [InlineData(WriteAction.Replace, 418, "teapot", "RequestRejected")]
    public async Task A_refused_write_has_an_id_and_repeats_nothing_of_the_service(WriteAction action, int status, string code, string id)
    {
        PasswordOpsException failure = await FailureAsync(
            Jwt.Person("UserAuthenticationMethod.ReadWrite.All"),
            Reply.Error(status, code, $"The value {Phone} of {Mail} is not good"),
            action);

        Assert.Equal(id, failure.Id);
        Assert.Equal(status, failure.Status);
        Assert.Equal(code, failure.ServiceCode);
        Assert.DoesNotContain(Phone, failure.ToString() + failure.Advice);
        Assert.DoesNotContain(Mail, failure.ToString() + failure.Advice);
        Assert.DoesNotContain("{", failure.Message + failure.Advice);
        Assert.DoesNotContain(service.Log, line => line.Contains("4255550177"));
    }

    [Fact]
    public async Task A_refused_read_tells_what_the_service_said()
    {
        IDirectory directory = await service.OpenAsync(Jwt.Person("Directory.Read.All"));
        service.OnGraph = _ => Reply.Error(400, "Request_UnsupportedQuery", "Unsupported query.");

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(
            () => directory.GetDomainsAsync(CancellationToken.None));

        Assert.Equal("RequestRejected", failure.Id);
        Assert.EndsWith("The service says: Unsupported query.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_of_another_form_is_named_as_such()
    {
        IDirectory directory = await service.OpenAsync(Jwt.Person("Directory.Read.All"));
        service.OnGraph = _ => Reply.Json("<html>");

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(
            () => directory.GetDomainsAsync(CancellationToken.None));

        Assert.Equal("AnswerInvalid", failure.Id);
    }

    [Theory]
    [InlineData(
        """{"error":{"code":"a","message":"m","innerError":{"code":"b","request-id":"r","innererror":{"code":"c"}}}}""", "a b c", "r")]
    [InlineData(
        """
        {"error":{"code":"a","message":"m","details":[{"code":"ObjectConflict","target":"x"}],
         "innerError":{"date":"2026-08-18T09:12:44"}}}
        """,
        "a ObjectConflict",
        null)]
    [InlineData("""{"error":"invalid_grant","error_description":"x"}""", "", null)]
    [InlineData("""{"error":null}""", "", null)]
    [InlineData("""{"error":{"code":5,"message":{},"details":{}}}""", "", null)]
    [InlineData("\"aHRtbA==\"", "", null)]
    [InlineData("<html>", "", null)]
    [InlineData("", "", null)]
    public void An_error_body_is_read_whatever_its_form(string body, string codes, string? requestId)
    {
        Fault fault = Fault.Read(Encoding.UTF8.GetBytes(body));

        Assert.Equal(codes, string.Join(" ", fault.Codes));
        Assert.Equal(requestId, fault.RequestId);
    }

    [Fact]
    public void Nested_errors_without_end_are_cut()
    {
        string body = string.Concat(Enumerable.Repeat("{\"innererror\":", 60)) + "{}" + new string('}', 60);

        Assert.Empty(Fault.Read(Encoding.UTF8.GetBytes("{\"error\":" + body + "}")).Codes);
    }

    [Fact]
    public void Every_service_has_an_entry_for_the_unknown_and_every_text_can_be_filled()
    {
        HashSet<string> names = new(
            new[]
            {
                "subject", "Subject", "title", "permission", "sort", "account", "client", "host", "why", "status", "code", "attempts",
                "tenant",
                "thumbprint", "date", "graph", "until", "id", "ids",
            },
            StringComparer.Ordinal);
        foreach (ErrorEntry entry in ErrorTable.All)
        {
            Assert.Matches("^[A-Z][A-Za-z]+$", entry.Id);
            Assert.EndsWith(".", entry.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", entry.Advice, StringComparison.Ordinal);
            foreach (Match match in Regex.Matches(entry.Message + entry.Advice, "{([^}]*)}"))
            {
                Assert.Contains(match.Groups[1].Value, names);
            }
        }

        Assert.Equal("SignInServiceError", ErrorTable.Find(ErrorTable.SignIn, new HashSet<string>()).Id);
        Assert.Equal("RequestRejected", ErrorTable.Find(ErrorTable.Graph, new HashSet<string>()).Id);
    }

    [Fact]
    public void Every_own_error_is_in_the_table_once()
    {
        string[] own = ErrorTable.All.Where(entry => entry.Words[0] == "-").Select(entry => entry.Id).ToArray();

        Assert.Equal(own.Length, own.Distinct().Count());
    }

    [Fact]
    public void Every_condition_on_an_operation_names_one_that_exists()
    {
        string[] operations = GraphOperation.All.Select(operation => operation.Name).ToArray();

        Assert.All(
            ErrorTable.All.Where(entry => entry.Service == ErrorTable.Graph)
                .SelectMany(entry => entry.Words).Where(word => word.Contains('.')),
            word => Assert.Contains(word, operations));
    }

    [Fact]
    public void Every_operation_is_used_by_a_route_and_every_route_has_one()
    {
        Assert.Equal(
            GraphOperation.All.Select(operation => operation.Name).OrderBy(name => name, StringComparer.Ordinal),
            Routes.All.Select(route => route.Operation.Name).Distinct().OrderBy(name => name, StringComparer.Ordinal));
        Assert.All(GraphOperation.All, operation => Assert.NotEmpty(operation.Delegated));
    }

    private async Task<PasswordOpsException> FailureAsync(string token, Reply reply, WriteAction action = WriteAction.Replace)
    {
        IDirectory directory = await service.OpenAsync(token);
        service.OnGraph = _ => reply;
        ContactWrite write = new(
            FakeService.Adele, ContactField.Mobile, ContactTarget.AuthenticationMethods, action,
            action == WriteAction.Remove ? null : Phone);
        return Assert.Single(await directory.WriteContactDataAsync(new[] { write }, CancellationToken.None)).Error!;
    }
}
