using System;
using System.Threading.Tasks;

namespace PasswordOps.Practice.Tests;

/// <summary>Orders to refuse and to break that make no sense are refused and change nothing.</summary>
public sealed class TroubleControlTests(TenantFixture tenant) : IClassFixture<TenantFixture>
{
    private readonly PracticeClient _client = tenant.Client;

    [Theory]
    [InlineData("regime=loose")]
    [InlineData("regime=1")]
    [InlineData("scale=0")]
    [InlineData("scale=1001")]
    [InlineData("kind=round")]
    public async Task Limits_that_make_no_sense_are_refused(string query)
    {
        Assert.Equal(200, (await _client.SendAsync("POST", "practice/throttle?regime=strict&scale=3&kind=bucket", null)).Status);
        Assert.Equal(400, (await _client.SendAsync("POST", "practice/throttle?" + query, null)).Status);
        PracticeClient.Reply state = await _client.SendAsync("GET", "practice/throttle", null);
        Assert.Equal(("strict", 3, "bucket"), (state.Text("regime"), state.Json!["scale"]!.GetValue<int>(), state.Text("kind")));
    }

    [Theory]
    [InlineData("rate=0.5", "needs a kind")]
    [InlineData("kind=flood", "kind must be one of")]
    [InlineData("kind=throttled&rate=2", "rate must be a number from 0 to 1")]
    [InlineData("kind=throttled&next=0", "next must be a whole number")]
    [InlineData("kind=throttled&effect=after", "does not go with throttled")]
    [InlineData("kind=wrongJson&effect=before", "does not go with wrongJson")]
    [InlineData("kind=resetAfter&effect=before", "names its effect")]
    [InlineData("kind=reset&on=items", "of requests only")]
    [InlineData("kind=slow", "needs seconds")]
    [InlineData("kind=slow&seconds=soon", "seconds must be a number")]
    [InlineData("kind=internal&often=yes", "no 'often'")]
    [InlineData("kind=internal&kind=slow", "one 'kind'")]
    [InlineData("kind=internal&body=xml", "body must be")]
    [InlineData("", "as JSON")]
    public async Task Rules_that_make_no_sense_are_refused(string query, string message)
    {
        PracticeClient.Reply reply = await _client.SendAsync("POST", "practice/faults?" + query, null);
        Assert.Equal(400, reply.Status);
        Assert.Contains(message, reply.Text("error"), StringComparison.Ordinal);
        Assert.Empty((await _client.SendAsync("GET", "practice/faults", null)).Json!["faults"]!.AsArray());
    }
}
