using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PasswordOps.Practice.Throttling;

namespace PasswordOps.Practice.Tests;

/// <summary>What the tenant refuses when it is asked too much, and what it says then.</summary>
public sealed class ThrottleTests
{
    private const string Phones = "/users/adele@contoso.com/authentication/phoneMethods";
    private const string Report = "/reports/authenticationMethods/userRegistrationDetails?$top=1";
    private readonly HeldClock _clock = new();

    private Task<PracticeClient> StartAsync(ThrottleRegime regime, int scale = 1, WindowKind kind = WindowKind.Sliding, int users = 60) =>
        PracticeClient.StartAsync(
            new ServeOptions { Users = users, Throttle = new ThrottleSettings { Regime = regime, Scale = scale, Kind = kind } }, _clock);

    private static Task<JsonArray> ReadsAsync(PracticeClient client, int count, string url) =>
        client.BatchAsync(Enumerable.Repeat(("GET", url, (string?)null), count));

    private static int[] Statuses(JsonArray items) => items.Select(item => item!["status"]!.GetValue<int>()).ToArray();

    private static string? Header(JsonNode item, string name) => item["headers"]![name]?.GetValue<string>();

    [Fact]
    public async Task Nothing_is_refused_unless_asked()
    {
        await using PracticeClient client = await StartAsync(ThrottleRegime.None);
        string token = await client.AppTokenAsync();
        for (int count = 0; count < 12; count++)
        {
            PracticeClient.Reply reply = await client.GetAsync(Report, token);
            Assert.Equal((200, null), (reply.Status, reply.Header("x-ms-throttle-limit-percentage")));
        }
    }

    [Fact]
    public async Task Reports_take_five_in_ten_seconds_and_then_say_how_long_to_wait()
    {
        await using PracticeClient client = await StartAsync(ThrottleRegime.Documented);
        string token = await client.AppTokenAsync();
        var shares = new List<string?>();
        for (int count = 0; count < 5; count++)
        {
            PracticeClient.Reply reply = await client.GetAsync(Report, token);
            Assert.Equal(200, reply.Status);
            shares.Add(reply.Header("x-ms-throttle-limit-percentage"));
            _clock.Pass(1);
        }
        Assert.Equal([null, null, null, "0.80", "1.00"], shares);
        _clock.Pass(0.5);
        PracticeClient.Reply refused = await client.GetAsync(Report, token);
        Assert.Equal((429, "TooManyRequests", "Too many requests."), (refused.Status, refused.Code, refused.ErrorMessage));
        Assert.Equal(
            $"Tenant_Application/ReadWrite/{client.App("PasswordOps full").AppId}/{client.Ready.TenantId}",
            refused.Header("x-ms-throttle-scope"));
        // The first of them leaves the window four and a half seconds from here.
        Assert.Equal("5", refused.Header("Retry-After"));
        Assert.Equal(200, (await client.GetAsync("/users?$top=1", token)).Status);
        _clock.Pass(4.4);
        Assert.Equal(429, (await client.GetAsync(Report, token)).Status);
        _clock.Pass(0.1);
        Assert.Equal(200, (await client.GetAsync(Report, token)).Status);
        Assert.Equal(429, (await client.GetAsync(Report, token)).Status);
    }

    [Theory]
    [InlineData("Sliding")]
    [InlineData("Fixed")]
    [InlineData("Bucket")]
    public async Task Whoever_waits_as_told_gets_through(string kind)
    {
        await using PracticeClient client = await StartAsync(ThrottleRegime.Strict, kind: Enum.Parse<WindowKind>(kind));
        string token = await client.AppTokenAsync();
        var random = new Random(5);
        int refusals = 0;
        for (int count = 0; count < 60; count++)
        {
            _clock.Pass(random.NextDouble());
            PracticeClient.Reply reply = await client.GetAsync(Phones, token);
            if (reply.Status == 200)
                continue;
            refusals++;
            Assert.Equal(429, reply.Status);
            _clock.Pass(double.Parse(reply.Header("Retry-After")!, CultureInfo.InvariantCulture));
            Assert.Equal(200, (await client.GetAsync(Phones, token)).Status);
        }
        Assert.InRange(refusals, 5, 59);
    }

    [Fact]
    public async Task Each_item_of_a_batch_is_counted_and_refused_by_itself_and_changes_nothing_then()
    {
        await using PracticeClient client = await StartAsync(ThrottleRegime.Strict);
        string[] people = client.Server.Tenant.Users.Where(user => user.Methods.Mobile is null && !user.Deleted).Take(12)
            .Select(user => user.Id.ToString()).ToArray();
        JsonArray items = await client.BatchAsync(people.Select(id => (
            "POST", $"/users/{id}/authentication/phoneMethods", (string?)"""{"phoneNumber":"+1 4255550107","phoneType":"mobile"}""")));
        Assert.Equal(
            [.. Enumerable.Repeat(201, 5), .. Enumerable.Repeat(429, 7)], Statuses(items));
        Assert.Equal("0.80", Header(items[3]!, "x-ms-throttle-limit-percentage"));
        JsonNode refused = items[11]!;
        Assert.Equal("10", Header(refused, "Retry-After"));
        Assert.StartsWith("Tenant_Application/ReadWrite/", Header(refused, "x-ms-throttle-scope"), StringComparison.Ordinal);
        JsonNode error = refused["body"]!["error"]!;
        Assert.Equal("TooManyRequests", error["code"]!.GetValue<string>());
        Assert.Equal(error["message"]!.GetValue<string>(), error["innerError"]!["message"]!.GetValue<string>());
        Assert.Equal(5, people.Count(id => client.Server.Tenant.Users.Find(id)!.Methods.Mobile is not null));
    }

    [Fact]
    public async Task Strict_leaves_the_directory_alone()
    {
        await using PracticeClient client = await StartAsync(ThrottleRegime.Strict);
        Assert.All(Statuses(await ReadsAsync(client, 20, "/users/adele@contoso.com?$select=id")), status => Assert.Equal(200, status));
        Assert.Equal(15, Statuses(await ReadsAsync(client, 20, Phones)).Count(status => status == 429));
    }

    [Fact]
    public async Task Three_thousand_writes_in_two_and_a_half_minutes()
    {
        await using PracticeClient client = await StartAsync(ThrottleRegime.Documented);
        int written = 0;
        JsonNode? refused = null;
        JsonNode? last = null;
        for (int batch = 0; batch < 151; batch++)
        {
            // Five in a second, so that neither units nor requests run out first.
            JsonArray items = await client.BatchAsync(Enumerable.Repeat(
                ("PATCH", "/users/adele@contoso.com", (string?)"""{"mobilePhone":"+1 4255550107"}"""), 20));
            written += Statuses(items).Count(status => status == 204);
            refused ??= items.FirstOrDefault(item => item!["status"]!.GetValue<int>() == 429);
            last = items.LastOrDefault(item => item!["status"]!.GetValue<int>() == 204) ?? last;
            _clock.Pass(0.2);
        }
        Assert.Equal(3000, written);
        Assert.Equal("1.00", Header(last!, "x-ms-throttle-limit-percentage"));
        Assert.Equal(
            ("WriteLimitExceeded", "120"), (Header(refused!, "x-ms-throttle-information"), Header(refused!, "Retry-After")));
        Assert.StartsWith("Tenant_Application/Write/", Header(refused!, "x-ms-throttle-scope"), StringComparison.Ordinal);
        Assert.Contains("under category:aadgraph.app.tenant_medium", refused!["body"]!["error"]!["message"]!.GetValue<string>(),
            StringComparison.Ordinal);
        // Other applications have writes of their own, and reads go on.
        string helpdesk = await client.AppTokenAsync("PasswordOps helpdesk");
        Assert.Equal(201, (await client.WriteAsync(
            "POST", Phones, helpdesk, """{"phoneNumber":"+1 4255550107","phoneType":"mobile"}""")).Status);
        Assert.Equal(200, (await client.GetAsync(Phones, await client.AppTokenAsync())).Status);
    }

    [Theory]
    [InlineData(40, 3500, "small")]
    [InlineData(60, 5000, "medium")]
    [InlineData(600, 8000, "large")]
    public void Resource_units_go_by_the_size_of_the_tenant(int users, int units, string size)
    {
        var tenant = new State.TenantState(State.TenantGenerator.Generate(users, 1, _clock.GetUtcNow()), _clock);
        foreach (State.User user in tenant.Users.Where(user => !user.Deleted).Skip(users).ToArray())
            tenant.Users.Update(user, current => current.AsDeleted(_clock.GetUtcNow()));
        var throttle = new Throttle(tenant) { Settings = new ThrottleSettings { Regime = ThrottleRegime.Documented } };
        Graph.Route route = Graph.GraphService.MakeRoutes().Routes.Single(route => route.Template == "/subscribedSkus");
        Assert.Null(throttle.Admit(Guid.NewGuid(), route, 3).Refusal);
        var app = Guid.NewGuid();
        int admitted = 0;
        Admission admission;
        for (; (admission = throttle.Admit(app, route, 3)).Refusal is null; admitted++)
            _clock.Pass(0.002);
        Assert.Equal(units / 3, admitted);
        Assert.Equal("ResourceUnitLimitExceeded", admission.Refusal.Headers!["x-ms-throttle-information"]);
        Assert.Contains("tenant_" + size, admission.Refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_of_the_directory_say_what_they_cost()
    {
        await using PracticeClient client = await StartAsync(ThrottleRegime.None);
        (string Url, string? Units)[] costs =
        [
            ("/subscribedSkus", "3"), ("/users", "2"), ("/users?$top=5", "1"), ("/users?$top=50", "2"), ("/users?$select=id", "1"),
            ("/users/adele@contoso.com/memberOf", "2"), ("/users/adele@contoso.com?$select=id", "1"), (Phones, null),
        ];
        foreach ((string url, string? units) in costs)
        {
            Assert.Equal((url, units), (url, (await client.GetAsync(url, await client.AppTokenAsync())).Header("x-ms-resource-unit")));
            Assert.Equal((url, units), (url, Header((await ReadsAsync(client, 1, url))[0]!, "x-ms-resource-unit")));
        }
    }

    [Fact]
    public async Task Windows_can_be_shortened_and_limits_changed_while_it_runs()
    {
        await using PracticeClient client = await StartAsync(ThrottleRegime.Strict, scale: 10);
        Assert.Equal(15, Statuses(await ReadsAsync(client, 20, Phones)).Count(status => status == 429));
        JsonArray items = await ReadsAsync(client, 1, Phones);
        Assert.Equal("1", Header(items[0]!, "Retry-After"));
        _clock.Pass(0.95);
        // Whole seconds of the unscaled window: one tenth each.
        Assert.Equal("0.1", Header((await ReadsAsync(client, 1, Phones))[0]!, "Retry-After"));
        _clock.Pass(0.05);
        Assert.Equal(15, Statuses(await ReadsAsync(client, 20, Phones)).Count(status => status == 429));

        PracticeClient.Reply state = await client.SendAsync("POST", "practice/throttle?regime=documented&kind=fixed", null);
        Assert.Equal(("documented", "fixed", 10), (state.Text("regime"), state.Text("kind"), state.Json!["scale"]!.GetValue<int>()));
        Assert.DoesNotContain("methods", state.Json["limits"]!.AsArray().Select(limit => limit!["name"]!.GetValue<string>()));
        Assert.All(Statuses(await ReadsAsync(client, 20, Phones)), status => Assert.Equal(200, status));
        JsonNode units = (await client.SendAsync("GET", "practice/throttle", null)).Json!["limits"]!.AsArray()
            .Single(limit => limit!["name"]!.GetValue<string>() == "resourceUnits")!;
        Assert.Equal((5000, 1.0), (units["limit"]!.GetValue<int>(), units["seconds"]!.GetValue<double>()));
        Assert.Equal(20, units["used"]![client.App("PasswordOps full").AppId.ToString()]!.GetValue<int>());
        await client.SendAsync("POST", "practice/throttle?regime=none", null);
        Assert.Empty((await client.SendAsync("GET", "practice/throttle", null)).Json!["limits"]!.AsArray());
    }

    [Fact]
    public async Task The_log_names_the_limit()
    {
        await using PracticeClient client = await StartAsync(ThrottleRegime.Strict);
        await ReadsAsync(client, 6, Phones);
        JsonNode[] entries = (await client.LogAsync()).Where(entry => entry["item"] is not null).ToArray();
        Assert.Equal([null, null, null, null, null, "methods"], entries.Select(entry => entry["throttle"]?.GetValue<string>()));
    }

    [Theory]
    [InlineData("Sliding")]
    [InlineData("Fixed")]
    [InlineData("Bucket")]
    public void No_window_of_any_kind_lets_too_much_through(string name)
    {
        WindowKind kind = Enum.Parse<WindowKind>(name);
        var window = Window.Of(kind, 5, TimeSpan.FromSeconds(10));
        var random = new Random(3);
        long now = 1_000_000_000_000;
        var taken = new List<long>();
        for (int step = 0; step < 3000; step++)
        {
            now += random.Next(0, 30_000_000);
            TimeSpan wait = window.WaitFor(1, now);
            if (wait == TimeSpan.Zero)
            {
                window.Take(1, now);
                taken.Add(now);
                Assert.InRange(window.Used(now), 1, 5);
                continue;
            }
            Assert.InRange(wait, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(10));
            if (wait.Ticks > 100)
                Assert.NotEqual(TimeSpan.Zero, window.WaitFor(1, now + wait.Ticks - 100));
            Assert.Equal(TimeSpan.Zero, window.WaitFor(1, now + wait.Ticks));
            now += wait.Ticks;
        }
        // A sliding window holds at every moment; the others allow up to twice as much across a border.
        int most = kind == WindowKind.Sliding ? 5 : 10;
        for (int index = most; index < taken.Count; index++)
            Assert.True(taken[index] - taken[index - most] >= TimeSpan.FromSeconds(10).Ticks);
        Assert.True(taken.Count > 1000);
    }
}
