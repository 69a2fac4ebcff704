using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Contacts;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.Reset;
using PasswordOps.Graph.Pipeline;

namespace PasswordOps.Graph.Tests;

public sealed class RetryTests
{
    private readonly FakeService service = new();

    [Fact]
    public async Task A_throttled_read_comes_back_after_the_seconds_that_the_service_asks_for()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = Sequence(Reply.Error(429, "TooManyRequests", headers: ("Retry-After", "7")), Reply.Json("""{"value":[]}"""));

        await directory.GetDomainsAsync(CancellationToken.None);

        Assert.Equal(new[] { TimeSpan.FromSeconds(7) }, service.Clock.Waits);
        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task Retry_after_may_be_a_date()
    {
        IDirectory directory = await OpenAsync();
        service.Clock.UtcNow = new DateTimeOffset(2026, 8, 18, 9, 12, 0, TimeSpan.Zero);
        string date = service.Clock.UtcNow.AddSeconds(90).ToString("R", CultureInfo.InvariantCulture);
        service.OnGraph = Sequence(Reply.Error(429, "TooManyRequests", headers: ("Retry-After", date)), Reply.Json("""{"value":[]}"""));

        await directory.GetDomainsAsync(CancellationToken.None);

        Assert.Equal(new[] { TimeSpan.FromSeconds(90) }, service.Clock.Waits);
    }

    [Fact]
    public async Task Without_a_wish_of_the_service_the_waits_double()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Error(503, "serviceNotAvailable");

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(
            () => directory.GetDomainsAsync(CancellationToken.None));

        Assert.Equal("ServiceUnavailable", failure.Id);
        Assert.Equal(503, failure.Status);
        Assert.Contains("6 times", failure.Message);
        Assert.Equal(new[] { 0.5, 1, 2, 4, 8 }, service.Clock.Waits.Select(wait => wait.TotalSeconds));
        Assert.Equal(6, service.Requests.Count);
    }

    [Fact]
    public async Task A_wish_beyond_all_patience_is_given_up_at_once()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Error(429, "TooManyRequests", headers: ("Retry-After", "3600"));

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(
            () => directory.GetDomainsAsync(CancellationToken.None));

        Assert.Equal("Throttled", failure.Id);
        Assert.Equal(ErrorKind.LimitsExceeded, failure.Kind);
        Assert.Empty(service.Clock.Waits);
    }

    [Fact]
    public async Task Stopping_ends_a_wait()
    {
        IDirectory directory = await OpenAsync();
        using CancellationTokenSource stop = new();
        service.Clock.OnWait = stop.Cancel;
        service.OnGraph = _ => Reply.Error(429, "TooManyRequests", headers: ("Retry-After", "7"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => directory.GetDomainsAsync(stop.Token));
        Assert.Single(service.Requests);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_password_is_never_sent_again_after_a_gateway_error(int status)
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Of(status, "<html>gateway</html>", ("Retry-After", "1"));

        PasswordOpsException failure = (await SetPasswordAsync(directory)).Error!;

        Assert.Equal("OutcomeUnknown", failure.Id);
        Assert.True(failure.MayHaveHappened);
        Assert.Equal(status, failure.Status);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task A_password_is_never_sent_again_after_the_connection_broke()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => throw new HttpRequestException("broken", new SocketException((int)SocketError.ConnectionReset));

        PasswordOpsException failure = (await SetPasswordAsync(directory)).Error!;

        Assert.Equal("OutcomeUnknown", failure.Id);
        Assert.True(failure.MayHaveHappened);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task A_password_that_was_never_sent_surely_did_not_happen()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => throw new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused));

        PasswordOpsException failure = (await SetPasswordAsync(directory)).Error!;

        Assert.Equal("ServiceUnreachable", failure.Id);
        Assert.False(failure.MayHaveHappened);
        Assert.Contains("graph.microsoft.com", failure.Message);
    }

    [Fact]
    public async Task A_password_is_sent_again_after_it_was_refused_for_load()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = Sequence(Reply.Error(429, "TooManyRequests", headers: ("Retry-After", "3")), Reply.Of(204));

        await SetPasswordAsync(directory);

        Assert.Equal(2, service.Requests.Count);
        Assert.Equal(service.Requests[0].Body, service.Requests[1].Body);
    }

    [Fact]
    public async Task Stopping_while_a_password_is_under_way_waits_for_its_outcome()
    {
        IDirectory directory = await OpenAsync();
        using CancellationTokenSource stop = new();
        service.OnGraph = _ =>
        {
            stop.Cancel();
            return Reply.Of(204);
        };

        WriteOutcome outcome = await SetPasswordAsync(directory, stop.Token);

        Assert.True(outcome.Succeeded);
        Assert.NotNull(outcome.RequestId);
    }

    [Fact]
    public async Task A_read_that_meets_a_broken_connection_is_tried_three_times()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => throw new HttpRequestException("broken", new SocketException((int)SocketError.ConnectionReset));

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(
            () => directory.GetDomainsAsync(CancellationToken.None));

        Assert.Equal("ConnectionLost", failure.Id);
        Assert.Equal(3, service.Requests.Count);
    }

    [Fact]
    public async Task Of_a_batch_only_what_was_throttled_comes_back_after_the_longest_wait()
    {
        IDirectory directory = await OpenAsync();
        DateTimeOffset start = service.Clock.UtcNow;
        Dictionary<string, int> seen = new();
        service.OnGraph = request =>
        {
            int before = Count(seen, request.Address.AbsolutePath);
            return before > 0 ? Reply.Of(204)
                : request.Path.Contains("/u3") ? Reply.Error(429, "TooManyRequests", headers: ("Retry-After", "4"))
                : request.Path.Contains("/u5") ? Reply.Error(429, "TooManyRequests", headers: ("Retry-After", "9"))
                : Reply.Of(204);
        };

        IReadOnlyList<WriteOutcome> outcomes = await directory.WriteContactDataAsync(Writes(8), CancellationToken.None);

        Assert.All(outcomes, outcome => Assert.True(outcome.Succeeded));
        Assert.Equal(new[] { 1, 1, 1, 2, 1, 2, 1, 1 }, outcomes.Select(outcome => outcome.Attempts));
        Assert.True(service.Clock.UtcNow - start >= TimeSpan.FromSeconds(9));
        Assert.All(seen, pair => Assert.Equal(pair.Key.Contains("/u3") || pair.Key.Contains("/u5") ? 2 : 1, pair.Value));
    }

    [Fact]
    public async Task An_item_may_name_a_date_to_come_back()
    {
        IDirectory directory = await OpenAsync();
        service.Clock.UtcNow = new DateTimeOffset(2026, 8, 18, 9, 12, 0, TimeSpan.Zero);
        string date = service.Clock.UtcNow.AddSeconds(30).ToString("R", CultureInfo.InvariantCulture);
        int calls = 0;
        service.OnGraph = _ => calls++ == 0 ? Reply.Error(429, "TooManyRequests", headers: ("Retry-After", date)) : Reply.Of(204);

        await directory.WriteContactDataAsync(Writes(2), CancellationToken.None);

        Assert.Equal(new[] { TimeSpan.FromSeconds(30) }, service.Clock.Waits);
    }

    [Fact]
    public async Task A_write_in_a_batch_is_never_sent_again_after_a_gateway_error()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request => request.Path.Contains("/u1")
            ? Reply.Of(503, """{"error":{"code":"UnknownError","message":""}}""")
            : Reply.Of(204);

        IReadOnlyList<WriteOutcome> outcomes = await directory.WriteContactDataAsync(Writes(3), CancellationToken.None);

        Assert.True(outcomes[0].Succeeded);
        Assert.Equal("OutcomeUnknown", outcomes[1].Error!.Id);
        Assert.True(outcomes[1].Error!.MayHaveHappened);
        Assert.True(outcomes[2].Succeeded);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task A_read_in_a_batch_comes_back_after_a_gateway_error()
    {
        IDirectory directory = await OpenAsync();
        int calls = 0;
        service.OnGraph = _ => calls++ == 0 ? Reply.Of(504, "\"bm90IGpzb24=\"") : null;

        IReadOnlyList<Reading<ContactData>> read = await directory.GetContactDataAsync(new[] { FakeService.Adele }, CancellationToken.None);

        Assert.True(read[0].IsKnown);
        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task An_item_that_stays_throttled_says_so_and_surely_did_not_happen()
    {
        IDirectory directory = await OpenAsync();
        DateTimeOffset start = service.Clock.UtcNow;
        service.OnGraph = request => request.Path.Contains("/u1")
            ? Reply.Error(429, "TooManyRequests", headers: ("Retry-After", "1"))
            : Reply.Of(204);

        IReadOnlyList<WriteOutcome> outcomes = await directory.WriteContactDataAsync(Writes(2), CancellationToken.None);

        Assert.Equal("Throttled", outcomes[1].Error!.Id);
        Assert.False(outcomes[1].Error!.MayHaveHappened);
        Assert.InRange(outcomes[1].Attempts, 6, 25);
        Assert.InRange(service.Clock.UtcNow - start, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10));
    }

    [Theory]
    [InlineData(502, "OutcomeUnknown", true)]
    [InlineData(400, "RequestRejected", false)]
    public async Task A_batch_that_fails_as_a_whole_fails_in_each_write(int status, string id, bool mayHaveHappened)
    {
        IDirectory directory = await OpenAsync();
        service.OnBatch = _ => Reply.Error(status, "BadRequest");

        IReadOnlyList<WriteOutcome> outcomes = await directory.WriteContactDataAsync(Writes(25), CancellationToken.None);

        Assert.Equal(25, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.Equal((id, mayHaveHappened), (outcome.Error!.Id, outcome.Error.MayHaveHappened)));
        Assert.All(outcomes, outcome => Assert.Equal(1, outcome.Attempts));
    }

    [Theory]
    [InlineData(SocketError.ConnectionReset, "OutcomeUnknown", true)]
    [InlineData(SocketError.ConnectionRefused, "ServiceUnreachable", false)]
    public async Task A_batch_whose_connection_fails_says_whether_it_was_sent(SocketError error, string id, bool mayHaveHappened)
    {
        IDirectory directory = await OpenAsync();
        service.OnBatch = _ => throw new HttpRequestException("x", new SocketException((int)error));

        IReadOnlyList<WriteOutcome> outcomes = await directory.WriteContactDataAsync(Writes(2), CancellationToken.None);

        Assert.All(outcomes, outcome => Assert.Equal((id, mayHaveHappened), (outcome.Error!.Id, outcome.Error.MayHaveHappened)));
        Assert.Single(service.Requests);
    }

    [Theory]
    [InlineData("{\"responses\":[{\"id\":\"0\",\"status\":204}]}")]
    [InlineData("{\"responses\":[{\"id\":\"0\",\"status\":204},{\"id\":\"7\",\"status\":204}]}")]
    public async Task A_write_that_the_answer_leaves_out_may_have_happened(string answer)
    {
        IDirectory directory = await OpenAsync();
        service.OnBatch = _ => Reply.Json(answer);

        IReadOnlyList<WriteOutcome> outcomes = await directory.WriteContactDataAsync(Writes(2), CancellationToken.None);

        Assert.True(outcomes[0].Succeeded);
        Assert.True(outcomes[1].Error!.MayHaveHappened);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"responses\":[{\"id\":\"0\",\"sta")]
    [InlineData("{\"responses\":[{\"id\":0,\"status\":\"x\"}]}")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task An_answer_that_cannot_be_read_leaves_all_writes_open(string answer)
    {
        IDirectory directory = await OpenAsync();
        service.OnBatch = _ => Reply.Json(answer);

        IReadOnlyList<WriteOutcome> outcomes = await directory.WriteContactDataAsync(Writes(2), CancellationToken.None);

        Assert.All(outcomes, outcome => Assert.True(outcome.Error!.MayHaveHappened));
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task Stopping_leaves_unsent_what_is_unsent_and_says_so_of_each()
    {
        IDirectory directory = await OpenAsync();
        using CancellationTokenSource stop = new();
        service.Clock.OnWait = stop.Cancel;
        service.OnGraph = request => request.Path.Contains("/u1")
            ? Reply.Error(429, "TooManyRequests", headers: ("Retry-After", "5"))
            : Reply.Of(204);

        IReadOnlyList<WriteOutcome> outcomes = await directory.WriteContactDataAsync(Writes(3), stop.Token);

        Assert.True(outcomes[0].Succeeded);
        Assert.Equal("Stopped", outcomes[1].Error!.Id);
        Assert.False(outcomes[1].Error!.MayHaveHappened);
        Assert.True(outcomes[2].Succeeded);
    }

    [Fact]
    public async Task No_more_batches_are_under_way_than_the_limit()
    {
        IDirectory directory = await OpenAsync();
        int now = 0;
        int most = 0;
        object gate = new();
        service.OnBatch = _ =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++now);
            }

            Thread.Sleep(20);
            lock (gate)
            {
                now--;
            }

            return null;
        };

        await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => Task.Run(() => directory.WriteContactDataAsync(Writes(200), CancellationToken.None))));

        Assert.InRange(most, 1, 8);
        Assert.InRange(service.Requests.Count, 30, 40);
    }

    [Theory]
    [InlineData("5", 5.0)]
    [InlineData("0", 0.0)]
    [InlineData("1.5", 1.5)]
    [InlineData("Tue, 18 Aug 2026 09:13:14 GMT", 30.0)]
    [InlineData("Tue, 18 Aug 2026 09:00:00 GMT", 0.0)]
    [InlineData("Tue, 18 Aug 2099 09:00:00 GMT", null)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    [InlineData("999999999999999999999", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Retry_after_is_read_as_it_comes(string? header, double? seconds)
    {
        DateTimeOffset now = new(2026, 8, 18, 9, 12, 44, TimeSpan.Zero);

        Assert.Equal(seconds, RetryTiming.Asked(header, now)?.TotalSeconds);
    }

    [Fact]
    public void Backoff_is_spread_and_bounded()
    {
        Assert.Equal(0.4, RetryTiming.Backoff(1, 0).TotalSeconds, 6);
        Assert.Equal(0.6, RetryTiming.Backoff(1, 1).TotalSeconds, 6);
        Assert.InRange(RetryTiming.Backoff(50, 1).TotalSeconds, 24, 36);
    }

    private static int Count(Dictionary<string, int> seen, string key)
    {
        seen.TryGetValue(key, out int before);
        seen[key] = before + 1;
        return before;
    }

    private static Func<Recorded, Reply?> Sequence(params Reply[] replies)
    {
        int next = 0;
        return _ => replies[Math.Min(next++, replies.Length - 1)];
    }

    private static ContactWrite[] Writes(int count) => Enumerable.Range(0, count)
        .Select(i => new ContactWrite(
            "u" + i, ContactField.Mobile, ContactTarget.AuthenticationMethods, WriteAction.Replace, "+1 4255550100"))
        .ToArray();

    private static async Task<WriteOutcome> SetPasswordAsync(IDirectory directory, CancellationToken stop = default) =>
        Assert.Single(await directory.SetPasswordsAsync(
            new[] { new PasswordWrite(FakeService.Adele, Secret(), ForceChange.Yes) }, stop));

    private static Password Secret() => new("planted-password".ToCharArray());

    private Task<IDirectory> OpenAsync() => service.OpenAsync(Jwt.Person("Directory.Read.All"));
}
