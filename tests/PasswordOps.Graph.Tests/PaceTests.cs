using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Contacts;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.Reset;
using PasswordOps.Core.SignIn;
using PasswordOps.Graph.Pipeline;

namespace PasswordOps.Graph.Tests;

/// <summary>Requests keep to what the service admits, and each that comes back in doubt is judged by what may have happened.</summary>
public sealed class PaceTests
{
    private const string Challenge =
        "Bearer realm=\\\"\\\", client_id=\\\"00000003-0000-0000-c000-000000000000\\\", error=\\\"insufficient_claims\\\", "
        + "claims=\\\"eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwgInZhbHVlIjoiMTYwNDEwNjY1MSJ9fX0=\\\"";

    private readonly FakeService service = new();

    [Fact]
    public void Every_route_counts_with_its_like()
    {
        Dictionary<PaceBudget, string[]> routes = Routes.All.GroupBy(route => route.Budget)
            .ToDictionary(group => group.Key, group => group.Select(route => route.ToString()).ToArray());

        Assert.All(
            routes[PaceBudget.Reports],
            route => Assert.Matches("^GET (/reports/authenticationMethods/|/auditLogs/directoryAudits)", route));
        Assert.Contains("GET /auditLogs/directoryAudits", routes[PaceBudget.Reports]);
        Assert.DoesNotContain(
            Routes.All, route => route.Budget != PaceBudget.Reports && Regex.IsMatch(route.ToString(), "^GET /(reports|auditLogs)/"));
        Assert.All(routes[PaceBudget.MethodReads], route => Assert.Matches("^GET .*/authentication/", route));
        Assert.All(routes[PaceBudget.MethodWrites], route => Assert.Matches("^(POST|PATCH|DELETE) .*/authentication/", route));
        Assert.Contains("PATCH /users/{id}", routes[PaceBudget.DirectoryWrites]);
        Assert.Contains("GET /policies/authenticationMethodsPolicy", routes[PaceBudget.DirectoryReads]);
    }

    [Fact]
    public async Task A_strict_service_gets_small_batches_and_every_write_is_done_once()
    {
        IDirectory directory = await OpenAsync();
        Queue<DateTimeOffset> admitted = new();
        Dictionary<string, int> done = new();
        service.OnGraph = request => Admit(admitted, 5, 10) ?? Done(done, request);

        IReadOnlyList<WriteOutcome> outcomes = await directory.WriteContactDataAsync(Writes(60), CancellationToken.None);

        Assert.All(outcomes, outcome => Assert.True(outcome.Succeeded));
        Assert.Equal(60, done.Count);
        Assert.All(done.Values, times => Assert.Equal(1, times));
        Assert.InRange(outcomes.Sum(outcome => outcome.Attempts) - 60, 1, 5);
        Assert.All(service.Requests, batch => Assert.InRange(ItemsOf(batch), 1, 5));
    }

    [Fact]
    public async Task However_long_it_takes_nothing_is_given_up_while_the_service_admits_some()
    {
        IDirectory directory = await OpenAsync();
        DateTimeOffset start = service.Clock.UtcNow;
        Queue<DateTimeOffset> admitted = new();
        service.OnGraph = _ => Admit(admitted, 1, 600) ?? Reply.Of(204);

        IReadOnlyList<WriteOutcome> outcomes = await directory.WriteContactDataAsync(Writes(40), CancellationToken.None);

        Assert.All(outcomes, outcome => Assert.True(outcome.Succeeded));
        Assert.InRange(service.Clock.UtcNow - start, TimeSpan.FromHours(6), TimeSpan.FromHours(8));
    }

    [Fact]
    public async Task One_request_that_is_refused_while_all_others_are_admitted_is_given_up_at_last()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = request => request.Path.Contains("/u7/")
            ? Reply.Error(429, "TooManyRequests", headers: ("Retry-After", "1"))
            : Reply.Of(204);

        IReadOnlyList<WriteOutcome> outcomes = await directory.WriteContactDataAsync(Writes(300), CancellationToken.None);

        Assert.Equal("Throttled", outcomes[7].Error!.Id);
        Assert.False(outcomes[7].Error!.MayHaveHappened);
        Assert.InRange(outcomes[7].Attempts, 6, 25);
        Assert.Equal(299, outcomes.Count(outcome => outcome.Succeeded));
    }

    [Fact]
    public async Task Where_one_here_and_there_is_refused_the_others_go_on()
    {
        IDirectory directory = await OpenAsync();
        Dictionary<string, int> seen = new();
        service.OnGraph = request =>
        {
            Done(seen, request);
            return seen[request.Path] == 1 && request.Path.Split('/')[3].EndsWith("0", StringComparison.Ordinal)
                ? Reply.Error(429, "TooManyRequests", headers: ("Retry-After", "2"))
                : Reply.Of(204);
        };

        IReadOnlyList<WriteOutcome> outcomes = await directory.WriteContactDataAsync(Writes(400), CancellationToken.None);

        Assert.All(outcomes, outcome => Assert.True(outcome.Succeeded));
        Assert.Equal(40, outcomes.Count(outcome => outcome.Attempts == 2));
        Assert.Equal(440, seen.Values.Sum());
    }

    [Fact]
    public async Task What_waits_for_the_pace_when_stopped_was_never_sent()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Error(429, "TooManyRequests", headers: ("Retry-After", "100"));
        using CancellationTokenSource first = new();
        service.Clock.OnWait = first.Cancel;
        await directory.WriteContactDataAsync(Writes(2), first.Token);
        service.Forget();
        service.Clock.UtcNow = service.Clock.UtcNow.AddSeconds(-100);
        using CancellationTokenSource second = new();
        service.Clock.OnWait = second.Cancel;
        service.OnGraph = _ => Reply.Error(429, "TooManyRequests", headers: ("Retry-After", "100"));

        IReadOnlyList<WriteOutcome> many = await directory.WriteContactDataAsync(Writes(30), second.Token);

        Assert.All(many, outcome => Assert.Equal(("Stopped", false), (outcome.Error!.Id, outcome.Error.MayHaveHappened)));
        Assert.InRange(service.Requests.Sum(ItemsOf), 0, 6);
    }

    [Fact]
    public async Task Who_watches_learns_that_the_service_holds_back()
    {
        using IConnection connection = await service.ConnectAsync(service.WithToken(Jwt.Person("Directory.Read.All")));
        List<PaceState> told = new();
        connection.Pace.Held += told.Add;
        Queue<DateTimeOffset> admitted = new();
        service.OnGraph = request => request.Method == "PATCH" ? Admit(admitted, 5, 10) ?? Reply.Of(204) : null;

        await connection.Directory.WriteContactDataAsync(Writes(30), CancellationToken.None);

        PaceState state = connection.Pace.Look().Single(one => one.Budget == PaceBudget.MethodWrites);
        Assert.Equal(30, state.Requests - state.Refused);
        Assert.InRange(state.Refused, 1, 5);
        Assert.InRange(state.PerSecond!.Value, 0.3, 0.6);
        Assert.Null(state.HeldUntil);
        PaceState held = told[told.Count - 1];
        Assert.Equal(PaceBudget.MethodWrites, held.Budget);
        Assert.Matches(
            "^the service admits about [0-9.]+ writes a minute; next in [0-9]+ s$",
            Invariant(() => held.Tell(held.HeldUntil!.Value.AddSeconds(-3.5))));
    }

    [Fact]
    public async Task A_busy_service_that_asks_for_a_pause_gets_it_once_for_all()
    {
        IDirectory directory = await OpenAsync();
        int calls = 0;
        service.OnBatch = _ => calls++ == 0
            ? Reply.Of(503, """{"error":{"code":"serviceNotAvailable","message":"x"}}""", ("Retry-After", "12"))
            : null;

        IReadOnlyList<Reading<IReadOnlyList<LicenseDetail>>> read = await LicensesAsync(directory, 40);

        Assert.All(read, one => Assert.True(one.IsKnown));
        Assert.Contains(TimeSpan.FromSeconds(12), service.Clock.Waits);
        Assert.InRange(service.Clock.Waits.Sum(wait => wait.TotalSeconds), 12, 25);
    }

    [Fact]
    public async Task A_token_that_ends_inside_a_batch_is_renewed_once_and_only_what_was_refused_is_sent_again()
    {
        using IConnection connection = await service.ConnectAsync(service.WithSecret());
        string before = service.Requests.Last().Header("Authorization");
        service.Forget();
        service.OnToken = _ => Jwt.Answer(Jwt.App("User.Read.All", "UserAuthenticationMethod.ReadWrite.All"));
        Dictionary<string, int> done = new();
        service.OnGraph = request => request.Header("Authorization") == before && !request.Path.Contains("/u0/")
            ? Reply.Error(401, "InvalidAuthenticationToken")
            : Done(done, request);

        IReadOnlyList<WriteOutcome> outcomes = await connection.Directory.WriteContactDataAsync(Writes(30), CancellationToken.None);

        Assert.All(outcomes, outcome => Assert.True(outcome.Succeeded));
        Assert.Equal(30, done.Count);
        Assert.All(done.Values, times => Assert.Equal(1, times));
        Assert.Equal(1, outcomes[0].Attempts);
        Assert.Single(service.Requests, request => request.IsToken);
    }

    [Fact]
    public async Task Claims_that_an_item_asks_for_are_fetched()
    {
        using IConnection connection = await service.ConnectAsync(service.WithSecret());
        string before = service.Requests.Last().Header("Authorization");
        service.Forget();
        service.OnToken = _ => Jwt.Answer(Jwt.App("User.Read.All", "UserAuthenticationMethod.ReadWrite.All"));
        service.OnGraph = request => request.Header("Authorization") == before
            ? Reply.Error(401, "InvalidAuthenticationToken", headers: ("WWW-Authenticate", Challenge))
            : Reply.Of(204);

        IReadOnlyList<WriteOutcome> outcomes = await connection.Directory.WriteContactDataAsync(Writes(3), CancellationToken.None);

        Assert.All(outcomes, outcome => Assert.True(outcome.Succeeded));
        Assert.Contains("1604106651", Uri.UnescapeDataString(Assert.Single(service.Requests, request => request.IsToken).Body));
    }

    [Fact]
    public async Task A_token_that_no_item_is_taken_with_is_given_up_after_one_renewal()
    {
        using IConnection connection = await service.ConnectAsync(service.WithSecret());
        service.Forget();
        service.OnToken = _ => Jwt.Answer(Jwt.App("User.Read.All", "UserAuthenticationMethod.ReadWrite.All"));
        service.OnGraph = _ => Reply.Error(401, "InvalidAuthenticationToken");

        IReadOnlyList<WriteOutcome> outcomes = await connection.Directory.WriteContactDataAsync(Writes(3), CancellationToken.None);

        Assert.All(outcomes, outcome => Assert.Equal(("TokenRejected", false, 2), (
            outcome.Error!.Id, outcome.Error.MayHaveHappened, outcome.Attempts)));
        Assert.Single(service.Requests, request => request.IsToken);
    }

    [Fact]
    public async Task A_token_of_the_callers_own_is_not_renewed()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Error(401, "InvalidAuthenticationToken");

        IReadOnlyList<WriteOutcome> outcomes = await directory.WriteContactDataAsync(Writes(3), CancellationToken.None);

        Assert.All(outcomes, outcome => Assert.Equal(("TokenRejected", 1), (outcome.Error!.Id, outcome.Attempts)));
        Assert.DoesNotContain(service.Requests, request => request.IsToken);
    }

    [Fact]
    public async Task A_refusal_without_a_word_on_how_to_go_on_renews_the_token_too()
    {
        using IConnection connection = await service.ConnectAsync(service.WithSecret());
        service.Forget();
        int calls = 0;
        service.OnGraph = request => request.Path.Contains("/domains") && calls++ == 0 ? Reply.Of(401) : null;

        await connection.Directory.GetDomainsAsync(CancellationToken.None);

        Assert.Equal(2, calls);
        Assert.Single(service.Requests, request => request.IsToken);
    }

    [Theory]
    [InlineData("<html>a portal</html>")]
    [InlineData("{\"value\":[")]
    [InlineData("")]
    public async Task A_read_that_cannot_be_understood_is_tried_three_times(string answer)
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Json(answer);

        PasswordOpsException failure = await Assert.ThrowsAsync<PasswordOpsException>(
            () => directory.GetDomainsAsync(CancellationToken.None));

        Assert.Equal("AnswerInvalid", failure.Id);
        Assert.Equal(3, service.Requests.Count);
        service.Forget();
        int calls = 0;
        service.OnGraph = _ => calls++ == 0 ? Reply.Json(answer) : null;

        Assert.Empty(await directory.GetDomainsAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"responses\":[]}")]
    [InlineData("{\"responses\":[{\"id\":\"0\",\"status\":200,\"body\":{\"value\":[]}}]}")]
    [InlineData("{\"responses\":[{\"id\":\"0\",\"status\":200,\"body\":\"PGI+\"},{\"id\":\"1\",\"status\":200,\"body\":\"PGI+\"}]}")]
    [InlineData("{\"responses\":[{\"id\":\"0\"},{\"id\":\"1\",\"status\":0}]}")]
    public async Task What_the_answer_to_a_batch_of_reads_leaves_out_is_read_again(string answer)
    {
        IDirectory directory = await OpenAsync();
        int calls = 0;
        service.OnBatch = _ => calls++ == 0 ? Reply.Json(answer) : null;

        IReadOnlyList<Reading<IReadOnlyList<LicenseDetail>>> read = await LicensesAsync(directory, 2);

        Assert.All(read, one => Assert.True(one.IsKnown));
        Assert.Equal(2, calls);
    }

    [Theory]
    [InlineData("{\"responses\":[{\"id\":\"0\"},{\"id\":\"1\",\"status\":0}]}")]
    [InlineData("{\"responses\":[{\"id\":\"0\",\"status\":204},{\"id\":\"1\",\"status\":204}]")]
    [InlineData("{\"responses\":[{\"id\":\"0\",\"status\":408},{\"id\":\"1\",\"status\":507}]}")]
    [InlineData("{\"responses\":[{\"id\":\"0\",\"status\":200,\"body\":\"PGI+\"},{\"id\":\"1\",\"status\":201,\"body\":\"PGI+\"}]}")]
    public async Task A_write_without_a_sure_status_may_have_happened_and_is_not_sent_again(string answer)
    {
        IDirectory directory = await OpenAsync();
        service.OnBatch = _ => Reply.Json(answer);

        IReadOnlyList<WriteOutcome> outcomes = await directory.WriteContactDataAsync(Writes(2), CancellationToken.None);

        Assert.All(outcomes, outcome => Assert.Equal(("OutcomeUnknown", true, 1), (
            outcome.Error!.Id, outcome.Error.MayHaveHappened, outcome.Attempts)));
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task A_single_write_that_is_answered_by_something_else_may_have_happened()
    {
        IDirectory directory = await OpenAsync();
        service.OnGraph = _ => Reply.Of(200, "<html>a portal</html>");

        WriteOutcome outcome = Assert.Single(await directory.SetPasswordsAsync(
            new[] { new PasswordWrite(FakeService.Adele, new Password("planted-password".ToCharArray()), ForceChange.Yes) },
            CancellationToken.None));

        Assert.Equal("OutcomeUnknown", outcome.Error!.Id);
        Assert.True(outcome.Error.MayHaveHappened);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task A_batch_of_writes_whose_connection_breaks_is_not_sent_again()
    {
        IDirectory directory = await OpenAsync();
        service.OnBatch = _ => throw new HttpRequestException("x", new SocketException((int)SocketError.ConnectionReset));

        IReadOnlyList<WriteOutcome> outcomes = await directory.WriteContactDataAsync(Writes(30), CancellationToken.None);

        Assert.All(outcomes, outcome => Assert.Equal(("OutcomeUnknown", true, 1), (
            outcome.Error!.Id, outcome.Error.MayHaveHappened, outcome.Attempts)));
        Assert.Equal(30, service.Requests.Sum(ItemsOf));
    }

    [Theory]
    [InlineData("0.8", 0.8)]
    [InlineData("1.35", 1.35)]
    [InlineData("0.79", null)]
    [InlineData("85", null)]
    [InlineData("much", null)]
    [InlineData(null, null)]
    public void The_share_of_a_limit_is_read_as_it_is_documented(string? header, double? share) =>
        Assert.Equal(share, RetryTiming.LimitUsed(header));

    [Theory]
    [InlineData("Bearer error=\"x\", claims=\"eyJhIjoxfQ==\"", "{\"a\":1}")]
    [InlineData("Bearer error=\"x\", claims=\"eyJhIjoxfQ\"", "{\"a\":1}")]
    [InlineData("Bearer claims=\"#\"", null)]
    [InlineData("Bearer claims=\"", null)]
    [InlineData("Bearer realm=\"\"", null)]
    [InlineData(null, null)]
    public void Claims_are_read_with_and_without_padding(string? challenge, string? claims) =>
        Assert.Equal(claims, TokenRefusal.ClaimsOf(challenge));

    private static int ItemsOf(Recorded batch)
    {
        using JsonDocument body = JsonDocument.Parse(batch.Body);
        return body.RootElement.GetProperty("requests").GetArrayLength();
    }

    private static Reply Done(Dictionary<string, int> done, Recorded request)
    {
        lock (done)
        {
            done.TryGetValue(request.Path, out int before);
            done[request.Path] = before + 1;
        }

        return Reply.Of(204);
    }

    private static string Invariant(Func<string> tell)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return tell();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static ContactWrite[] Writes(int count) => Enumerable.Range(0, count)
        .Select(i => new ContactWrite(
            "u" + i, ContactField.Mobile, ContactTarget.AuthenticationMethods, WriteAction.Replace, "+1 4255550100"))
        .ToArray();

    private static Task<IReadOnlyList<Reading<IReadOnlyList<LicenseDetail>>>> LicensesAsync(IDirectory directory, int count) =>
        directory.GetLicensesAsync(Enumerable.Range(0, count).Select(i => "u" + i).ToArray(), CancellationToken.None);

    /// <summary>A sliding log on the fake clock: null when the request is admitted.</summary>
    private Reply? Admit(Queue<DateTimeOffset> admitted, int limit, double seconds)
    {
        lock (admitted)
        {
            DateTimeOffset now = service.Clock.UtcNow;
            while (admitted.Count > 0 && admitted.Peek().AddSeconds(seconds) <= now)
            {
                admitted.Dequeue();
            }

            if (admitted.Count < limit)
            {
                admitted.Enqueue(now);
                return null;
            }

            string wait = Math.Ceiling((admitted.Peek().AddSeconds(seconds) - now).TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Reply.Error(429, "TooManyRequests", headers: ("Retry-After", wait));
        }
    }

    private Task<IDirectory> OpenAsync() => service.OpenAsync(Jwt.Person("Directory.Read.All"));
}
