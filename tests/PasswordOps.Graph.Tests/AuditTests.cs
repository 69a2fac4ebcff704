using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using Xunit;

namespace PasswordOps.Graph.Tests;

/// <summary>The audit log as the adapter reads it.</summary>
public sealed class AuditTests
{
    private const string Next = "https://graph.microsoft.com/v1.0/auditLogs/directoryAudits?$top=999&$skiptoken=X%2744%27";

    private readonly FakeService service = new();

    [Fact]
    public async Task Rows_come_page_by_page_with_all_that_they_tell()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request => request.Address.AbsoluteUri == Next
            ? Reply.Json(
                """
                {"value":[
                 {"id":"Directory_c_1","category":"UserManagement","correlationId":"","result":"timeout","resultReason":"",
                  "activityDisplayName":"Reset user password","activityDateTime":"2026-08-18T11:40:02.2934305+02:00",
                  "loggedByService":"Core Directory","initiatedBy":{"user":null,"app":{"appId":"9d3e5b71-2c4f-4a68-b0d1-e3f5a7c9b1d4",
                  "displayName":"PasswordOps","servicePrincipalId":"a0b1c2d3-e4f5-4061-8273-8495a6b7c8d9"}},
                  "targetResources":[{"id":"g","displayName":"A group","type":"Group"}],"additionalDetails":null},
                 {"id":"no-time","activityDisplayName":"Update user"}]}
                """)
            : Reply.Json(
                $$"""
                {"@odata.nextLink":"{{Next}}","value":[
                 {"id":"SSPR_b_1","category":"UserManagement","correlationId":"4a1f0c6e-7d2b-4e8a-9c35-1b2d3e4f5a6b","result":"success",
                  "resultReason":"Successfully completed reset.","activityDisplayName":"Reset password (by admin)",
                  "activityDateTime":"2026-08-18T09:12:47.1234567Z","loggedByService":"Self-service Password Management",
                  "initiatedBy":{"app":null,"user":{"id":"{{FakeService.Helena}}","displayName":null,
                  "userPrincipalName":"helena@contoso.com","ipAddress":"203.0.113.7"} },
                  "targetResources":[{"id":"{{FakeService.Adele}}","type":"User","userPrincipalName":"adele@contoso.com"}],
                  "additionalDetails":[{"key":"OnPremisesAgent","value":"Microsoft Entra Connect"}]}]}
                """);

        IAuditPages pages = directory.OpenAudits(new AuditFilter());
        Assert.Empty(service.Requests);
        DirectoryAudit first = Assert.Single((await pages.NextAsync(CancellationToken.None))!);
        DirectoryAudit second = Assert.Single((await pages.NextAsync(CancellationToken.None))!);

        Assert.Null(await pages.NextAsync(CancellationToken.None));
        Assert.Equal(2, service.Requests.Count);
        Assert.Equal("SSPR_b_1", first.Id);
        Assert.Equal(new DateTimeOffset(2026, 8, 18, 9, 12, 47, TimeSpan.Zero).AddTicks(1234567), first.At);
        Assert.Equal("Reset password (by admin)", first.Activity);
        Assert.Equal("Self-service Password Management", first.Service);
        Assert.Equal("UserManagement", first.Category);
        Assert.Equal(AuditResult.Success, first.Result);
        Assert.Equal("Successfully completed reset.", first.ResultReason);
        Assert.Equal("4a1f0c6e-7d2b-4e8a-9c35-1b2d3e4f5a6b", first.CorrelationId);
        Assert.Equal(new AuditActor(false, FakeService.Helena, "helena@contoso.com"), first.InitiatedBy);
        Assert.Equal(new AuditTarget("User", FakeService.Adele, "adele@contoso.com"), Assert.Single(first.Targets));
        Assert.Equal("Microsoft Entra Connect", first.Detail("onpremisesagent"));
        Assert.Null(first.Detail("User-Agent"));
        Assert.Equal(AuditResult.Timeout, second.Result);
        Assert.Equal(TimeSpan.Zero, second.At.Offset);
        Assert.Equal(9, second.At.Hour);
        Assert.Null(second.ResultReason);
        Assert.Null(second.CorrelationId);
        Assert.Equal(new AuditActor(true, "a0b1c2d3-e4f5-4061-8273-8495a6b7c8d9", "PasswordOps"), second.InitiatedBy);
        Assert.Equal("A group", second.Targets[0].Name);
        Assert.Empty(second.Details);
    }

    [Fact]
    public async Task The_filter_goes_to_the_service()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Json("""{"value":[]}""");

        await directory.OpenAudits(new AuditFilter
        {
            Service = "Self-service Password Management",
            Activities = new[] { "Reset password (by admin)", "Tom's" },
            Since = new DateTimeOffset(2026, 8, 1, 2, 0, 0, 500, TimeSpan.FromHours(2)),
            Until = new DateTimeOffset(2026, 8, 2, 0, 0, 0, 500, TimeSpan.Zero),
            TargetId = FakeService.Adele,
            NewestFirst = true,
        }).NextAsync(CancellationToken.None);

        string query = Uri.UnescapeDataString(service.Requests[0].Address.Query);
        Assert.Contains("$orderby=activityDateTime desc&", query);
        Assert.EndsWith(
            "&$filter=loggedByService eq 'Self-service Password Management'"
                + " and (activityDisplayName eq 'Reset password (by admin)' or activityDisplayName eq 'Tom''s')"
                + " and activityDateTime ge 2026-08-01T00:00:00Z and activityDateTime le 2026-08-02T00:00:01Z"
                + " and targetResources/any(t:t/id eq '" + FakeService.Adele + "')",
            query);
    }

    [Fact]
    public async Task Rows_beside_the_asked_time_are_left_out()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Json("{\"value\":["
            + string.Join(",", new[] { "00.2", "00.5", "00.9", "01.0", "01.1" }.Select(second =>
            "{\"id\":\"" + second + "\",\"activityDisplayName\":\"a\",\"activityDateTime\":\"2026-08-18T09:12:" + second + "Z\"}")) + "]}");

        IReadOnlyList<DirectoryAudit>? rows = await directory.OpenAudits(new AuditFilter
        {
            Since = new DateTimeOffset(2026, 8, 18, 9, 12, 0, 500, TimeSpan.Zero),
            Until = new DateTimeOffset(2026, 8, 18, 9, 12, 1, TimeSpan.Zero),
        }).NextAsync(CancellationToken.None);

        Assert.Equal(new[] { "00.5", "00.9", "01.0" }, rows!.Select(row => row.Id));
    }

    [Theory]
    [InlineData("User.Read.All", "Authorization_RequestDenied", "PermissionMissing")]
    [InlineData("AuditLog.Read.All", "Authorization_RequestDenied", "RoleMissing")]
    [InlineData("AuditLog.Read.All", "Authentication_RequestFromNonPremiumTenantOrB2CTenant", "LicenseMissing")]
    public async Task A_refusal_says_what_is_missing(string permission, string code, string id)
    {
        IDirectory directory = await service.OpenAsync(Jwt.App(permission));
        service.OnGraph = _ => Reply.Error(403, code);
        IAuditPages pages = directory.OpenAudits(new AuditFilter());

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(() => pages.NextAsync(CancellationToken.None));

        Assert.Equal(id, failure.Id);
        Assert.Contains(id == "PermissionMissing" ? "AuditLog.Read.All" : "audit log", failure.Message);
        Assert.Null(await pages.NextAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_link_to_another_host_ends_the_reading()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Json(
            """{"value":[],"@odata.nextLink":"https://graph.fabrikam.com/v1.0/auditLogs/directoryAudits?x"}""");

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(
            () => directory.OpenAudits(new AuditFilter()).NextAsync(CancellationToken.None));

        Assert.Equal("ForeignAddress", failure.Id);
        Assert.Single(service.Requests);
    }

    private Task<IDirectory> OpenAsync() => service.OpenAsync(Jwt.App("AuditLog.Read.All"));
}
