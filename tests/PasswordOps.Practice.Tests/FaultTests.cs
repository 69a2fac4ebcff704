using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.Practice.Tests;

/// <summary>Requests that go wrong as they do in life, when and where a test wants it.</summary>
public sealed class FaultTests(TenantFixture tenant) : IClassFixture<TenantFixture>, IAsyncLifetime
{
    private const string Adele = "/users/adele@contoso.com";
    private const string Phones = Adele + "/authentication/phoneMethods";
    private const string NewPhone = """{"phoneNumber":"+1 4255550107","phoneType":"mobile"}""";
    private const string Mobile = Phones + "/3179e48a-750b-4051-897c-87b9720928f7";
    private readonly PracticeClient _client = tenant.Client;
    private string _token = "";

    public async Task InitializeAsync()
    {
        foreach ((string method, string control) in ((string, string)[])
            [("DELETE", "faults"), ("POST", "latency?ms=0"), ("POST", "clock?ahead=0")])
            await OrderAsync(method, control);
        _client.Server.Tenant.Users.Update(
            _client.Server.Tenant.Users.Find("adele@contoso.com")!, adele => adele with { Methods = State.MethodSet.None });
        _token = await _client.AppTokenAsync();
        await OrderAsync("DELETE", "requests");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task OrderAsync(string method, string control) =>
        Assert.InRange((await _client.SendAsync(method, "practice/" + control, null)).Status, 200, 204);

    private async Task FaultAsync(string query) =>
        Assert.Equal(200, (await _client.SendAsync("POST", "practice/faults?" + query, null)).Status);

    private string? AdelesMobile => _client.Server.Tenant.Users.Find("adele@contoso.com")!.Methods.Mobile;

    private static int? Number(JsonNode entry, string name) => entry[name]?.GetValue<int>();

    private static string? Text(JsonNode entry, string name) => entry[name]?.GetValue<string>();

    private static bool Effect(JsonNode entry) => entry["effect"]!.GetValue<bool>();

    [Theory]
    [InlineData("throttled", 429, "TooManyRequests", "1")]
    [InlineData("throttled&seconds=7", 429, "TooManyRequests", "7")]
    [InlineData("throttledSilently", 429, "TooManyRequests", null)]
    [InlineData("unavailable&effect=before", 503, "serviceNotAvailable", null)]
    [InlineData("unavailable&effect=before&seconds=3", 503, "serviceNotAvailable", "3")]
    [InlineData("gatewayTimeout&effect=before", 504, "UnknownError", null)]
    [InlineData("internal&effect=before", 500, "UnknownError", null)]
    [InlineData("tokenExpired", 401, "InvalidAuthenticationToken", null)]
    public async Task A_refused_request_changes_nothing_alone_and_in_a_batch(string kind, int status, string code, string? retryAfter)
    {
        await FaultAsync($"kind={kind}&on=items");
        PracticeClient.Reply reply = await _client.WriteAsync("POST", Phones, _token, NewPhone);
        Assert.Equal((status, code, retryAfter), (reply.Status, reply.Code, reply.Header("Retry-After")));
        JsonNode item = Assert.Single(await _client.BatchAsync([("POST", Phones, NewPhone)]))!;
        Assert.Equal((status, code), (Number(item, "status"), item["body"]!["error"]!["code"]!.GetValue<string>()));
        Assert.Equal(retryAfter, item["headers"]!["Retry-After"]?.GetValue<string>());
        Assert.Null(AdelesMobile);
        JsonNode[] log = await _client.LogAsync();
        Assert.Equal([status, status, 200], log.Select(entry => Number(entry, "status")));
        string name = kind.Split('&')[0];
        Assert.Equal([name, name, null], log.Select(entry => Text(entry, "fault")));
        Assert.DoesNotContain(log, Effect);
    }

    [Theory]
    [InlineData("unavailable", 503)]
    [InlineData("badGateway", 502)]
    [InlineData("gatewayTimeout", 504)]
    [InlineData("internal", 500)]
    public async Task An_error_can_hide_that_the_request_took_effect(string kind, int status)
    {
        await FaultAsync($"kind={kind}&effect=after&next=1");
        Assert.Equal(status, (await _client.WriteAsync("POST", Phones, _token, NewPhone)).Status);
        Assert.Equal("+1 4255550107", AdelesMobile);
        JsonNode entry = Assert.Single(await _client.LogAsync());
        Assert.Equal(
            (status, 201, kind, true), (Number(entry, "status"), Number(entry, "madeStatus"), Text(entry, "fault"), Effect(entry)));
        Assert.Equal(400, (await _client.WriteAsync("POST", Phones, _token, NewPhone)).Status);
    }

    [Fact]
    public async Task A_date_in_place_of_seconds_follows_the_clock_of_the_answers()
    {
        await _client.SendAsync("POST", "practice/clock?ahead=3600", null);
        await FaultAsync("kind=throttledDate&seconds=20");
        PracticeClient.Reply reply = await _client.GetAsync(Adele, _token);
        DateTimeOffset until = DateTimeOffset.ParseExact(reply.Header("Retry-After")!, "R", CultureInfo.InvariantCulture);
        Assert.InRange(until - reply.Message.Headers.Date!.Value, TimeSpan.FromSeconds(19), TimeSpan.FromSeconds(23));
    }

    [Theory]
    [InlineData("resetBefore", false)]
    [InlineData("resetAfter", true)]
    public async Task A_connection_breaks_before_or_after_the_write(string kind, bool written)
    {
        await FaultAsync($"kind={kind}&next=1&method=POST");
        await Assert.ThrowsAsync<HttpRequestException>(() => _client.WriteAsync("POST", Phones, _token, NewPhone));
        Assert.Equal(written ? "+1 4255550107" : null, AdelesMobile);
        JsonNode entry = Assert.Single(await _client.LogAsync());
        Assert.Equal((0, written ? 201 : null, "reset", written),
            (Number(entry, "status"), Number(entry, "madeStatus"), Text(entry, "fault"), Effect(entry)));
        Assert.Equal(written ? 400 : 201, (await _client.WriteAsync("POST", Phones, _token, NewPhone)).Status);
    }

    [Theory]
    [InlineData("reset", 0)]
    [InlineData("unavailable&on=requests", 503)]
    [InlineData("gatewayTimeout&on=requests", 504)]
    [InlineData("internal&on=requests&body=html", 500)]
    public async Task A_batch_that_breaks_may_have_been_carried_out_in_part(string kind, int status)
    {
        string[] people = _client.Server.Tenant.Users.Where(user => user is { Deleted: false, Methods.Office: null }).Take(20)
            .Select(user => user.Id.ToString()).ToArray();
        var cuts = new HashSet<int>();
        await FaultAsync($"kind={kind}&effect=mixed&seed=11");
        for (int round = 0; round < 8; round++)
        {
            await _client.SendAsync("DELETE", "practice/requests", null);
            string batch = PracticeClient.BatchBody(people.Select(id => (
                "PATCH", $"/users/{id}", (string?)$$"""{"jobTitle":"Round {{round}}"}""")));
            if (status == 0)
                await Assert.ThrowsAsync<HttpRequestException>(() => _client.WriteAsync("POST", "/$batch", _token, batch));
            else
                Assert.Equal(status, (await _client.WriteAsync("POST", "/$batch", _token, batch)).Status);
            JsonNode[] log = await _client.LogAsync();
            JsonNode[] items = log.Where(entry => entry["item"] is not null).ToArray();
            string?[] written = items.Where(Effect).Select(entry => Text(entry, "path")).ToArray();
            Assert.Equal(20, items.Length);
            Assert.All(items, entry => Assert.Equal((0, kind.Split('&')[0]), (Number(entry, "status"), Text(entry, "fault"))));
            Assert.All(items, entry => Assert.Equal(
                Effect(entry) || Number(entry, "madeStatus") >= 400, Number(entry, "madeStatus") is not null));
            Assert.Equal((status, false), (Number(log[^1], "status"), Effect(log[^1])));
            string[] changed = _client.Server.Tenant.Users.Where(user => user.JobTitle == $"Round {round}")
                .Select(user => $"/v1.0/users/{user.Id}").ToArray();
            Assert.Equal(changed.Order(), written.Order());
            cuts.Add(items.Count(entry => Number(entry, "madeStatus") is not null));
        }
        Assert.True(cuts.Count > 3);
    }

    [Theory]
    [InlineData("resetBefore", 0)]
    [InlineData("resetAfter", 3)]
    public async Task A_batch_breaks_as_a_whole_when_told_so(string kind, int written)
    {
        await FaultAsync($"kind={kind}");
        string batch = PracticeClient.BatchBody(Enumerable.Repeat(("PATCH", Adele, (string?)"""{"jobTitle":"Smith"}"""), 3));
        await Assert.ThrowsAsync<HttpRequestException>(() => _client.WriteAsync("POST", "/$batch", _token, batch));
        Assert.Equal(written, (await _client.LogAsync()).Count(Effect));
    }

    [Fact]
    public async Task A_share_of_requests_goes_wrong_and_the_same_ones_for_the_same_seed()
    {
        var runs = new List<int[]>();
        foreach (int seed in (int[])[4, 4, 5])
        {
            await _client.SendAsync("DELETE", "practice/faults", null);
            await FaultAsync($"kind=throttled&rate=0.2&seed={seed}&method=GET");
            var statuses = new List<int>();
            for (int batch = 0; batch < 10; batch++)
            {
                statuses.AddRange((await _client.BatchAsync(Enumerable.Repeat(("GET", Adele, (string?)null), 20)))
                    .Select(item => Number(item!, "status")!.Value));
            }
            Assert.InRange(statuses.Count(status => status == 429), 22, 60);
            runs.Add(statuses.ToArray());
        }
        Assert.Equal(runs[0], runs[1]);
        Assert.NotEqual(runs[0], runs[2]);
        JsonNode rule = Assert.Single((await _client.SendAsync("GET", "practice/faults", null)).Json!["faults"]!.AsArray())!;
        Assert.Equal((200, runs[2].Count(status => status == 429)), (Number(rule, "matched"), Number(rule, "fired")));
    }

    [Fact]
    public async Task A_script_picks_its_requests()
    {
        await FaultAsync("kind=unavailable&effect=before&at=3");
        await FaultAsync("kind=internal&effect=before&at=5&next=2");
        await FaultAsync("kind=gatewayTimeout&effect=before&path=phonemethods&method=DELETE&next=1");
        JsonArray items = await _client.BatchAsync(Enumerable.Repeat(("GET", Adele, (string?)null), 8));
        // The third reached no other rule, so that it does not count there.
        Assert.Equal([200, 200, 503, 200, 200, 500, 500, 200], items.Select(item => Number(item!, "status")));
        Assert.Equal(404, (await _client.WriteAsync("DELETE", Adele + "/authentication/emailMethods/x", _token)).Status);
        Assert.Equal(504, (await _client.WriteAsync("DELETE", Mobile, _token)).Status);
        Assert.Equal(404, (await _client.WriteAsync("DELETE", Mobile, _token)).Status);
    }

    [Fact]
    public async Task Batches_are_picked_by_what_is_in_them()
    {
        await FaultAsync("kind=unavailable&on=requests&effect=before&method=POST&path=phoneMethods");
        string reads = PracticeClient.BatchBody([("GET", Phones, null), ("GET", Adele, null)]);
        string writes = PracticeClient.BatchBody([("GET", Phones, null), ("POST", Phones, NewPhone)]);
        Assert.Equal(200, (await _client.WriteAsync("POST", "/$batch", _token, reads)).Status);
        Assert.Equal(503, (await _client.WriteAsync("POST", "/$batch", _token, writes)).Status);
        Assert.Null(AdelesMobile);
        await _client.SendAsync("DELETE", "practice/faults", null);
        await FaultAsync("kind=unavailable&on=requests&effect=before&path=$batch");
        Assert.Equal(503, (await _client.WriteAsync("POST", "/$batch", _token, reads)).Status);
        Assert.Equal(200, (await _client.GetAsync(Phones, _token)).Status);
    }

    [Fact]
    public async Task A_slow_answer_is_late_and_a_slow_request_is_carried_out_late()
    {
        await FaultAsync("kind=slow&seconds=0.4&next=1");
        var watch = Stopwatch.StartNew();
        Task<PracticeClient.Reply> late = _client.WriteAsync("PATCH", Adele, _token, """{"jobTitle":"Late"}""");
        JsonNode entry = (await _client.LogAsync(1))[0];
        Assert.Equal((204, "slow", true), (Number(entry, "status"), Text(entry, "fault"), Effect(entry)));
        Assert.False(late.IsCompleted);
        Assert.Equal(204, (await late).Status);
        Assert.True(watch.ElapsedMilliseconds >= 390);

        await FaultAsync("kind=slow&seconds=0.4&effect=before&next=1");
        watch.Restart();
        using var impatient = new CancellationTokenSource(100);
        using var request = new HttpRequestMessage(HttpMethod.Patch, "v1.0" + Adele)
        {
            Content = new StringContent("""{"jobTitle":"Later"}""", Encoding.UTF8, "application/json"),
            Headers = { Authorization = new("Bearer", _token) },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _client.Http.SendAsync(request, impatient.Token));
        Assert.Equal("Late", _client.Server.Tenant.Users.Find("adele@contoso.com")!.JobTitle);
        Assert.True(Effect((await _client.LogAsync(2))[1]));
        Assert.True(watch.ElapsedMilliseconds >= 390);
        Assert.Equal("Later", _client.Server.Tenant.Users.Find("adele@contoso.com")!.JobTitle);
    }

    [Fact]
    public async Task What_was_received_is_carried_out_although_the_caller_is_gone()
    {
        await _client.SendAsync("POST", "practice/latency?ms=300", null);
        using var gone = new CancellationTokenSource(100);
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1.0/$batch")
        {
            Content = new StringContent(PracticeClient.BatchBody([("POST", Phones, NewPhone)]), Encoding.UTF8, "application/json"),
            Headers = { Authorization = new("Bearer", _token) },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _client.Http.SendAsync(request, gone.Token));
        Assert.Null(AdelesMobile);
        JsonNode[] log = await _client.LogAsync(2);
        Assert.Equal([true, false], log.Select(Effect));
        Assert.Equal("+1 4255550107", AdelesMobile);
    }

    [Fact]
    public async Task A_token_that_counts_is_called_expired()
    {
        await FaultAsync("kind=tokenExpired&next=1");
        PracticeClient.Reply reply = await _client.WriteAsync("POST", "/$batch", _token, PracticeClient.BatchBody([("GET", Adele, null)]));
        Assert.Equal((401, "InvalidAuthenticationToken"), (reply.Status, reply.Code));
        string header = reply.Header("WWW-Authenticate")!;
        Assert.StartsWith("Bearer realm=\"\", authorization_uri=", header, StringComparison.Ordinal);
        Assert.DoesNotContain("claims", header, StringComparison.Ordinal);
        Assert.Equal(200, (await _client.GetAsync(Adele, _token)).Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_body_can_be_no_json_although_the_request_took_effect(int seed)
    {
        await FaultAsync($"kind=wrongJson&seed={seed}&method=POST");
        using HttpRequestMessage request = new(HttpMethod.Post, "v1.0/$batch")
        {
            Content = new StringContent(PracticeClient.BatchBody([("POST", Phones, NewPhone)]), Encoding.UTF8, "application/json"),
            Headers = { Authorization = new("Bearer", _token) },
        };
        using HttpResponseMessage response = await _client.Http.SendAsync(request);
        string body = await response.Content.ReadAsStringAsync();
        Assert.Equal((200, "application/json"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(body));
        Assert.Equal("+1 4255550107", AdelesMobile);
        JsonNode entry = (await _client.LogAsync())[0];
        Assert.Equal((0, 201, "wrongJson", true),
            (Number(entry, "status"), Number(entry, "madeStatus"), Text(entry, "fault"), Effect(entry)));
    }

    [Fact]
    public async Task An_item_can_hold_something_else_than_json()
    {
        await FaultAsync("kind=wrongJson&on=items&next=1");
        JsonArray items = await _client.BatchAsync([("PATCH", Adele, """{"jobTitle":"Odd"}"""), ("GET", Adele, null)]);
        Assert.Equal((200, "text/html"), (Number(items[0]!, "status"), items[0]!["headers"]!["Content-Type"]!.GetValue<string>()));
        Assert.StartsWith(
            "<html>", Encoding.ASCII.GetString(Convert.FromBase64String(items[0]!["body"]!.GetValue<string>())), StringComparison.Ordinal);
        Assert.Equal("Odd", items[1]!["body"]!["jobTitle"]?.GetValue<string>());
    }

    [Fact]
    public async Task Several_rules_come_as_json_and_go_one_by_one()
    {
        PracticeClient.Reply reply = await _client.SendAsync(
            "POST", "practice/faults", null, """[{"kind":"throttled","rate":0.5,"seed":3},{"kind":"reset","next":2,"path":"/users"}]""");
        JsonArray rules = reply.Json!["faults"]!.AsArray();
        Assert.Equal(["throttled", "reset"], rules.Select(rule => Text(rule!, "kind")));
        Assert.Equal(("items", "before", 0.5), (Text(rules[0]!, "on"), Text(rules[0]!, "effect"), rules[0]!["rate"]!.GetValue<double>()));
        Assert.Equal(("requests", "mixed"), (Text(rules[1]!, "on"), Text(rules[1]!, "effect")));
        Assert.Equal(200, (await _client.SendAsync("DELETE", $"practice/faults?id={Number(rules[1]!, "id")}", null)).Status);
        Assert.Equal(404, (await _client.SendAsync("DELETE", $"practice/faults?id={Number(rules[1]!, "id")}", null)).Status);
        Assert.Single((await _client.SendAsync("GET", "practice/faults", null)).Json!["faults"]!.AsArray());
        Assert.Equal(200, (await _client.SendAsync("DELETE", "practice/faults", null)).Status);
        Assert.Equal(200, (await _client.GetAsync(Adele, _token)).Status);
    }

    [Fact]
    public async Task The_tenant_outlives_all_of_it_and_its_log_says_what_happened()
    {
        string[] people = _client.Server.Tenant.Users.Where(user => user is { Deleted: false }).Take(20)
            .Select(user => user.Id.ToString()).ToArray();
        await FaultAsync("kind=any&rate=0.4&seed=9&seconds=0");
        await FaultAsync("kind=any&on=items&rate=0.2&seed=10&seconds=0");
        await Task.WhenAll(Enumerable.Range(0, 120).Select(async round =>
        {
            try
            {
                await _client.WriteAsync("POST", "/$batch", _token, PracticeClient.BatchBody(people.Select(id => (
                    "PATCH", $"/users/{id}", (string?)$$"""{"department":"Round {{round}}"}"""))));
            }
            catch (Exception error) when (error is HttpRequestException or JsonException)
            {
                // Some of them must end so.
            }
        }));
        await _client.SendAsync("DELETE", "practice/faults", null);
        Assert.Equal(200, (await _client.GetAsync(Adele, _token)).Status);
        JsonNode[] log = (await _client.LogAsync())[..^1];
        Assert.Equal(120 * 21, log.Length);
        Assert.Equal(9, log.Select(entry => Text(entry, "fault")).OfType<string>().Distinct().Count());
        Assert.Equal(log.Length, log.Select(entry => Number(entry, "number")).Distinct().Count());
    }
}
