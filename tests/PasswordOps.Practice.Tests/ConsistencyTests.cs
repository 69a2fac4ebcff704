using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace PasswordOps.Practice.Tests;

/// <summary>Reads that lag behind writes.</summary>
public sealed class ConsistencyTests : IAsyncLifetime
{
    private const string Adele = "/users/adele@contoso.com";
    private const string Phones = Adele + "/authentication/phoneMethods";
    private const string Mobile = "3179e48a-750b-4051-897c-87b9720928f7";
    private const string NewPhone = """{"phoneNumber":"+1 4255550107","phoneType":"mobile"}""";
    private readonly HeldClock _clock = new();
    private PracticeClient _client = null!;
    private string _token = "";

    public async Task InitializeAsync()
    {
        _client = await PracticeClient.StartAsync(new ServeOptions { Users = 60, ConsistencyMilliseconds = 5000 }, _clock);
        _token = await _client.AppTokenAsync();
    }

    public async Task DisposeAsync() => await _client.DisposeAsync();

    private async Task<string?> ShownAsync(string property) =>
        (await _client.GetAsync($"{Adele}?$select={property}", _token)).Json![property]?.GetValue<string>();

    private Task<PracticeClient.Reply> PatchAsync(string title) =>
        _client.WriteAsync("PATCH", Adele, _token, $$"""{"jobTitle":"{{title}}"}""");

    [Fact]
    public async Task Methods_show_up_later_everywhere_and_the_rules_know_them_at_once()
    {
        Assert.Equal(201, (await _client.WriteAsync("POST", Phones, _token, NewPhone)).Status);
        Assert.Empty((await _client.GetAsync(Phones, _token)).Value);
        Assert.Single((await _client.GetAsync(Adele + "/authentication/methods", _token)).Value);
        Assert.Equal(404, (await _client.GetAsync($"{Phones}/{Mobile}", _token)).Status);
        JsonNode item = Assert.Single(await _client.BatchAsync([("GET", Phones, null)]))!;
        Assert.Empty(item["body"]!["value"]!.AsArray());

        Assert.Equal(400, (await _client.WriteAsync("POST", Phones, _token, NewPhone)).Status);
        Assert.Equal(201, (await _client.WriteAsync("POST", Phones, _token, NewPhone.Replace("mobile", "alternateMobile"))).Status);
        JsonNode state = (await _client.SendAsync("GET", "practice/users/adele@contoso.com/state", null)).Json!["methods"]!;
        Assert.Equal("+1 4255550107", state["mobile"]!.GetValue<string>());
        JsonArray all = (await _client.SendAsync("GET", "practice/state", null)).Json!["users"]!.AsArray();
        Assert.Equal(_client.Ready.Users, all.Count);
        Assert.Equal(
            state.ToJsonString(),
            all.Single(user => user!["userPrincipalName"]!.GetValue<string>() == "adele@contoso.com")!["methods"]!.ToJsonString());

        _clock.Pass(5);
        Assert.Equal(2, (await _client.GetAsync(Phones, _token)).Value.Count);
        Assert.Equal(3, (await _client.GetAsync(Adele + "/authentication/methods", _token)).Value.Count);
    }

    [Fact]
    public async Task Users_lag_alone_in_lists_and_when_filtered()
    {
        Assert.Equal(204, (await _client.WriteAsync(
            "PATCH", Adele, _token, """{"mobilePhone":"+1 4255550107","jobTitle":"Pilot"}""")).Status);
        string[] reads =
        [
            "/users?$top=999&$select=userPrincipalName,mobilePhone", "/users?$filter=userPrincipalName eq 'adele@contoso.com'",
            "/users?$filter=startswith(userPrincipalName,'adele@')", "/users?$orderby=displayName&$top=999",
        ];
        async Task<string?[]> NumbersAsync()
        {
            var numbers = new List<string?> { await ShownAsync("mobilePhone") };
            foreach (string read in reads)
            {
                numbers.Add((await _client.GetAsync(read, _token)).Value
                    .Single(user => user!["userPrincipalName"]?.GetValue<string>() == "adele@contoso.com")!["mobilePhone"]
                    ?.GetValue<string>());
            }
            return numbers.ToArray();
        }
        Assert.All(await NumbersAsync(), number => Assert.NotEqual("+1 4255550107", number));
        Assert.Empty((await _client.GetAsync("/users?$filter=jobTitle eq 'Pilot'", _token)).Value);
        _clock.Pass(5);
        Assert.All(await NumbersAsync(), number => Assert.Equal("+1 4255550107", number));
        Assert.Single((await _client.GetAsync("/users?$filter=jobTitle eq 'Pilot'", _token)).Value);
    }

    [Fact]
    public async Task Each_write_takes_a_while_of_its_own_and_what_was_seen_stays()
    {
        var seconds = new HashSet<int>();
        for (int round = 0; round < 25; round++)
        {
            await PatchAsync($"Title {round}");
            int passed = 0;
            while (await ShownAsync("jobTitle") != $"Title {round}")
            {
                _clock.Pass(1);
                Assert.InRange(++passed, 1, 5);
            }
            seconds.Add(passed);
        }
        Assert.True(seconds.Count > 3);
        for (int round = 0; round < 25; round++)
            await PatchAsync($"Later {round:00}");
        string? last = "";
        for (int step = 0; step < 50; step++)
        {
            string? shown = await ShownAsync("jobTitle");
            if (shown!.StartsWith("Later", StringComparison.Ordinal))
            {
                Assert.True(string.CompareOrdinal(shown, last) >= 0);
                last = shown;
            }
            _clock.Pass(0.1);
        }
        Assert.Equal("Later 24", await ShownAsync("jobTitle"));
    }

    [Fact]
    public async Task The_while_is_set_and_ended_while_it_runs()
    {
        await PatchAsync("Old");
        _clock.Pass(5);
        await PatchAsync("New");
        Assert.Equal("Old", await ShownAsync("jobTitle"));
        Assert.Equal(200, (await _client.SendAsync("POST", "practice/consistency?ms=0", null)).Status);
        Assert.Equal("New", await ShownAsync("jobTitle"));
        await PatchAsync("Newer");
        Assert.Equal("Newer", await ShownAsync("jobTitle"));
        Assert.Equal(400, (await _client.SendAsync("POST", "practice/consistency?ms=-1", null)).Status);
        Assert.Equal(400, (await _client.SendAsync("POST", "practice/consistency?ms=1&seed=x", null)).Status);
    }
}
