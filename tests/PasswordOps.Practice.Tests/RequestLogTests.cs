using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace PasswordOps.Practice.Tests;

/// <summary>The log proves what was sent, in which order it took effect, and gives no value away.</summary>
public sealed class RequestLogTests : IAsyncLifetime
{
    private const string Adele = "/users/adele@contoso.com";
    private const string Phones = Adele + "/authentication/phoneMethods";
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private PracticeClient _client = null!;
    private string _token = "";

    public async Task InitializeAsync()
    {
        _client = await PracticeClient.StartAsync(new ServeOptions { Users = 60, LogFile = _file });
        _token = await _client.AppTokenAsync();
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        File.Delete(_file);
    }

    private JsonNode[] FileEntries()
    {
        using var stream = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)
            .Where(entry => entry["path"]!.GetValue<string>().StartsWith("/v1.0/", StringComparison.Ordinal)).ToArray();
    }

    private async Task<byte[]> KeyAsync() =>
        Convert.FromHexString((await _client.SendAsync("GET", "practice/requests/key", null)).Text("key"));

    private static string Hash(byte[] key, string value) => Convert.ToHexString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(value)));

    [Fact]
    public async Task Values_can_be_proved_and_not_read()
    {
        await _client.WriteAsync("POST", Phones, _token, """{"phoneNumber":"+1 4255550107","phoneType":"mobile"}""");
        await _client.WriteAsync(
            "PATCH", Adele, _token,
            """
            {
              "mobilePhone": null, "businessPhones": ["+1 4255550108"], "otherMails": ["a@fabrikam.com", "b@fabrikam.com"],
              "jobTitle": "Smith"
            }
            """);
        await _client.BatchAsync([("POST", Adele + "/authentication/emailMethods", """{"emailAddress":"c@fabrikam.com"}""")]);
        byte[] key = await KeyAsync();
        JsonNode[] log = FileEntries();
        Assert.Equal(4, log.Length);
        Assert.Equal(Hash(key, "+1 4255550107"), log[0]["values"]!["phoneNumber"]!.GetValue<string>());
        JsonObject values = log[1]["values"]!.AsObject();
        Assert.Equal(["mobilePhone", "businessPhones", "otherMails"], values.Select(value => value.Key));
        Assert.Null(values["mobilePhone"]);
        Assert.Equal([Hash(key, "+1 4255550108")], values["businessPhones"]!.AsArray().Select(hash => hash!.GetValue<string>()));
        Assert.Equal(
            [Hash(key, "a@fabrikam.com"), Hash(key, "b@fabrikam.com")],
            values["otherMails"]!.AsArray().Select(hash => hash!.GetValue<string>()));
        Assert.Equal(Hash(key, "c@fabrikam.com"), log[2]["values"]!["emailAddress"]!.GetValue<string>());
        string text = string.Join('\n', log.Select(entry => entry.ToJsonString()));
        Assert.DoesNotContain("4255550", text, StringComparison.Ordinal);
        Assert.DoesNotContain("fabrikam", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Smith", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(key), await File.ReadAllTextAsync(_file), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(text, string.Join('\n', (await _client.LogAsync()).Select(entry => entry.ToJsonString())));
    }

    [Fact]
    public async Task Reads_and_refusals_have_no_effect()
    {
        await _client.GetAsync(Phones, _token);
        await _client.WriteAsync("POST", Phones, _token, """{"phoneNumber":"4255550107","phoneType":"mobile"}""");
        await _client.WriteAsync("PATCH", Adele, await _client.AppTokenAsync("PasswordOps reader"), """{"jobTitle":"Smith"}""");
        await _client.GetAsync(Phones, "no token");
        await _client.WriteAsync("PATCH", Adele, _token, """{"jobTitle":"Smith"}""");
        await _client.WriteAsync("PATCH", Adele, _token, """{"jobTitle":"Smith"}""");
        JsonNode[] log = FileEntries();
        Assert.Equal([200, 400, 403, 401, 204, 204], log.Select(entry => entry["status"]!.GetValue<int>()));
        Assert.Equal([false, false, false, false, true, true], log.Select(entry => entry["effect"]!.GetValue<bool>()));
        Assert.All(log, entry => Assert.Null(entry["madeStatus"]));
        Assert.All(log, entry => Assert.Null(entry["fault"]));
    }

    [Fact]
    public async Task Entries_stand_in_the_order_in_which_writes_took_effect()
    {
        string[] numbers = Enumerable.Range(100, 40).Select(number => $"+1 4255550{number}").ToArray();
        await _client.WriteAsync("POST", Phones, _token, """{"phoneNumber":"+1 4255550199","phoneType":"mobile"}""");
        await Task.WhenAll(numbers.Select(number => _client.WriteAsync(
            "PATCH", Phones + "/3179e48a-750b-4051-897c-87b9720928f7", _token, $$"""{"phoneNumber":"{{number}}"}""")));
        byte[] key = await KeyAsync();
        JsonNode[] log = FileEntries();
        Assert.Equal(41, log.Length);
        long[] places = log.Select(entry => entry["number"]!.GetValue<long>()).ToArray();
        Assert.Equal(places.Order(), places);
        string last = log[^1]["values"]!["phoneNumber"]!.GetValue<string>();
        Assert.Equal(last, Hash(key, _client.Server.Tenant.Users.Find("adele@contoso.com")!.Methods.Mobile!));
        Assert.Equal(
            numbers.Append("+1 4255550199").Select(number => Hash(key, number)).Order(),
            log.Select(entry => entry["values"]!["phoneNumber"]!.GetValue<string>()).Order());
    }

    [Fact]
    public async Task An_entry_is_in_the_file_when_its_answer_arrives()
    {
        for (int count = 1; count <= 30; count++)
        {
            await _client.WriteAsync("PATCH", Adele, _token, """{"jobTitle":"Smith"}""");
            Assert.Equal(count, FileEntries().Length);
        }
    }

    [Fact]
    public async Task The_log_can_be_read_bit_by_bit()
    {
        await _client.GetAsync(Adele, _token);
        long last = (await _client.LogAsync())[^1]["number"]!.GetValue<long>();
        Assert.Empty((await _client.SendAsync("GET", $"practice/requests?after={last}", null)).Json!["requests"]!.AsArray());
        await _client.GetAsync(Adele, _token);
        await _client.SendAsync("DELETE", "practice/requests", null);
        await _client.GetAsync(Phones, _token);
        JsonNode entry = Assert.Single(
            (await _client.SendAsync("GET", $"practice/requests?after={last}", null)).Json!["requests"]!.AsArray())!;
        Assert.Equal((last + 2, "/v1.0" + Phones), (entry["number"]!.GetValue<long>(), entry["path"]!.GetValue<string>()));
        Assert.Equal(400, (await _client.SendAsync("GET", "practice/requests?after=start", null)).Status);
    }

    [Fact]
    public async Task It_counts_what_came()
    {
        await _client.SendAsync("DELETE", "practice/requests", null);
        await _client.SendAsync("POST", "practice/throttle?regime=strict", null);
        await _client.SendAsync("POST", "practice/faults?kind=unavailable&effect=after&method=PATCH&at=2", null);
        await _client.BatchAsync(Enumerable.Repeat(("GET", Phones, (string?)null), 7));
        await _client.BatchAsync(Enumerable.Repeat(("PATCH", Adele, (string?)"""{"jobTitle":"Smith"}"""), 3));
        await _client.GetAsync("/users/nobody", _token);
        JsonNode counts = (await _client.SendAsync("GET", "practice/requests/counts", null)).Json!;
        Assert.Equal(
            """
            {"requests":3,"items":10,"effects":3,"status":{"200":5,"204":2,"404":1,"429":2,"503":1},
            "throttle":{"methods":2},"fault":{"unavailable":1}}
            """.ReplaceLineEndings(""),
            counts.ToJsonString());
    }
}
