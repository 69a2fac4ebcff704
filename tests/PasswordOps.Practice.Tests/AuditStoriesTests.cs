using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace PasswordOps.Practice.Tests;

/// <summary>The month that a generated tenant has behind it.</summary>
public sealed class AuditStoriesTests(TenantFixture fixture) : IClassFixture<TenantFixture>
{
    private readonly PracticeClient _client = fixture.Client;

    [Fact]
    public async Task Every_kind_of_story_is_told_with_the_names_of_both_published_lists()
    {
        List<JsonNode> rows = await RowsAsync("");
        string[] names = [.. rows.Select(row => Text(row, "activityDisplayName")).Distinct()];
        Assert.Superset(
            new HashSet<string>
            {
                "Reset password (self-service)", "Reset password (by admin)", "Change password (self-service)",
                "Self-service password reset flow activity progress", "Security info saved for self-service password reset",
                "User registered for self-service password reset", "Self-service password reset policy changes",
                "Enable password writeback for directory", "Disable password writeback for directory", "Admin started password reset",
                "User started security info registration", "User registered security info",
            },
            names.ToHashSet());
        string[] reasons = [.. rows.Select(row => Text(row, "resultReason")).Distinct()];
        Assert.Contains("OnPremisesConnectivityError", reasons);
        Assert.Contains("User submitted their user ID", reasons);
        Assert.Equal(rows.Count, rows.Select(row => Text(row, "id")).Distinct().Count());
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Assert.All(rows, row => Assert.InRange(At(row), now.AddDays(-30).AddMinutes(-1), now.AddMinutes(-2)));
    }

    [Fact]
    public async Task The_filters_of_real_clients_are_taken_and_pages_follow_each_other()
    {
        const string Service = "loggedByService eq 'Self-service Password Management'";
        List<JsonNode> all = await RowsAsync("?$filter=" + Uri.EscapeDataString(Service));
        List<JsonNode> paged = await RowsAsync("?$top=7&$orderby=activityDateTime%20asc&$filter=" + Uri.EscapeDataString(Service));
        Assert.Equal(all.Select(row => Text(row, "id")).Order(), paged.Select(row => Text(row, "id")).Order());
        Assert.Equal(paged.Select(At).Order(), paged.Select(At));
        string user = Text(all.First(row => Text(row, "resultReason") == "User submitted their user ID")["targetResources"]![0]!, "id");
        List<JsonNode> one = await RowsAsync("?$filter=" + Uri.EscapeDataString($"{Service} and targetResources/any(t:t/id eq '{user}')"));
        Assert.NotEmpty(one);
        Assert.All(one, row => Assert.Equal(user, Text(row["targetResources"]![0]!, "id")));
        List<JsonNode> failed = await RowsAsync("?$filter=" + Uri.EscapeDataString(
            "(activityDisplayName eq 'Reset password (self-service)' or startswith(activityDisplayName,'Reset password (by'))"
                + " and result eq 'failure'"));
        Assert.NotEmpty(failed);
        Assert.All(failed, row => Assert.Equal("failure", Text(row, "result")));
    }

    [Fact]
    public async Task The_same_seed_tells_the_same_and_another_seed_something_else()
    {
        async Task<string[]> Told(int seed)
        {
            await using PracticeClient client = await PracticeClient.StartAsync(new ServeOptions { Users = 30, Seed = seed });
            DateTimeOffset until = DateTimeOffset.UtcNow.AddHours(-3);
            return [.. (await RowsAsync(client, "")).Where(row => At(row) < until).Select(row => Text(row, "id"))];
        }

        string[] first = await Told(3);
        Assert.NotEmpty(first);
        Assert.Equal(first, await Told(3));
        Assert.NotEqual(first, await Told(4));
    }

    [Fact]
    public async Task Every_seed_tells_of_a_finished_registration_a_change_and_a_reset_by_an_administrator()
    {
        foreach (int seed in Enumerable.Range(10, 12))
        {
            await using PracticeClient client = await PracticeClient.StartAsync(new ServeOptions { Users = 30, Seed = seed });
            string[] names = [.. (await RowsAsync(client, "")).Select(row => Text(row, "activityDisplayName"))];
            Assert.Contains("User registered for self-service password reset", names);
            Assert.Contains("Change password (self-service)", names);
            Assert.Contains("Reset password (by admin)", names);
        }
    }

    private Task<List<JsonNode>> RowsAsync(string query) => RowsAsync(_client, query);

    private static async Task<List<JsonNode>> RowsAsync(PracticeClient client, string query)
    {
        string token = await client.AppTokenAsync();
        string? path = "/auditLogs/directoryAudits" + query;
        List<JsonNode> rows = [];
        while (path is not null)
        {
            PracticeClient.Reply page = await client.GetAsync(path, token);
            Assert.Equal(200, page.Status);
            rows.AddRange(page.Value.Select(row => row!));
            path = page.Json!["@odata.nextLink"]?.GetValue<string>()[(client.Ready.Graph.Length + "v1.0".Length)..];
        }
        return rows;
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static DateTimeOffset At(JsonNode row) => row["activityDateTime"]!.GetValue<DateTimeOffset>();
}
