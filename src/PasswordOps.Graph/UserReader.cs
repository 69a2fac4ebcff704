using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Graph.Errors;
using PasswordOps.Graph.Models;
using PasswordOps.Graph.Pipeline;

namespace PasswordOps.Graph;

/// <summary>
/// Finds users by name or id: few one by one, many out of the pages of the whole tenant where that takes fewer requests. Lists lag behind
/// writes, so whoever a list does not show is asked for by name; who is not there either is looked for among deleted users.
/// </summary>
internal sealed class UserReader
{
    private const int PageSize = 999;
    private const int Few = GraphClient.BatchSize;
    private const int DaysInBin = 30;

    private readonly GraphDirectory directory;
    private readonly GraphClient client;
    private readonly Failures failures;

    public UserReader(GraphDirectory directory, GraphClient client, Failures failures)
    {
        this.directory = directory;
        this.client = client;
        this.failures = failures;
    }

    /// <summary>All users of the tenant.</summary>
    /// <exception cref="PasswordOpsException">They cannot be read.</exception>
    public async Task<IReadOnlyList<DirectoryUser>> ReadAllAsync(IProgress<int>? read, CancellationToken stop)
    {
        GraphCall call = GraphDirectory.ForTenant(Routes.Users);
        List<DirectoryUser> users = new();
        GraphAnswer first = await client.SendAsync(call, stop).ConfigureAwait(false);
        Reading<int> pages = await directory.ReadPagesAsync(first, call, GraphJson.Default.PageWireUser, page =>
        {
            users.AddRange(page.Select(Translate.User));
            read?.Report(users.Count);
        }, stop).ConfigureAwait(false);
        return pages.IsKnown ? users : throw pages.Error!;
    }

    /// <summary>The users of a list, page by page.</summary>
    /// <exception cref="PasswordOpsException">They cannot be read.</exception>
    public async Task ReadPagesAsync(GraphCall call, Action<IReadOnlyList<DirectoryUser>> take, CancellationToken stop)
    {
        GraphAnswer first = await client.SendAsync(call, stop).ConfigureAwait(false);
        Reading<int> pages = await directory.ReadPagesAsync(
            first, call, GraphJson.Default.PageWireUser, page => take(page.Select(Translate.User).ToArray()), stop).ConfigureAwait(false);
        if (!pages.IsKnown)
        {
            throw pages.Error!;
        }
    }

    /// <summary>One reading an identity, in the order of the identities.</summary>
    public async Task<IReadOnlyList<Reading<DirectoryUser>>> ReadAsync(IReadOnlyList<UserIdentity> identities, CancellationToken stop)
    {
        Reading<DirectoryUser>?[] found = new Reading<DirectoryUser>?[identities.Count];
        if (identities.Count > Few)
        {
            await PickAsync(identities, found, stop).ConfigureAwait(false);
        }

        await ReadEachAsync(identities, found, stop).ConfigureAwait(false);
        await LookInBinAsync(identities, found, stop).ConfigureAwait(false);
        return found!;
    }

    /// <summary>Takes users out of the pages of the whole tenant, if these are fewer than the batches that would name each.</summary>
    private async Task PickAsync(IReadOnlyList<UserIdentity> identities, Reading<DirectoryUser>?[] found, CancellationToken stop)
    {
        GraphCall call = GraphDirectory.ForTenant(Routes.Users);
        Task<int?> counting = CountAsync(stop);

        // Of so many the first page is worth its request whatever the count will be.
        Task<GraphAnswer>? ahead = identities.Count > PageSize ? client.SendAsync(call, stop) : null;
        GraphAnswer? first = ahead is null ? null : await ahead.ConfigureAwait(false);
        int batches = Pieces(identities.Count, GraphClient.BatchSize);
        if (await counting.ConfigureAwait(false) is not int users || Pieces(users, PageSize) + 1 >= batches)
        {
            return;
        }

        first ??= await client.SendAsync(call, stop).ConfigureAwait(false);
        ILookup<string, int> places =
            Enumerable.Range(0, identities.Count).ToLookup(place => identities[place].Value, StringComparer.OrdinalIgnoreCase);
        Reading<int> pages = await directory.ReadPagesAsync(first, call, GraphJson.Default.PageWireUser, page =>
        {
            foreach (WireUser user in page)
            {
                int[] asked = places[user.Id ?? string.Empty].Concat(places[user.UserPrincipalName ?? string.Empty]).ToArray();
                if (asked.Length > 0)
                {
                    Reading<DirectoryUser> reading = Reading.Of(Translate.User(user), directory.Clock.UtcNow);
                    Array.ForEach(asked, place => found[place] = reading);
                }
            }
        }, stop).ConfigureAwait(false);
        if (!pages.IsKnown && !StandingReader.IsRefusal(pages.Error!))
        {
            for (int place = 0; place < found.Length; place++)
            {
                found[place] ??= Reading.Failed<DirectoryUser>(pages.Error!, pages.At);
            }
        }
    }

    private static int Pieces(int items, int size) => (items + size - 1) / size;

    /// <summary>How many users the tenant has; null when the service does not say, which is no failure of anything.</summary>
    public async Task<int?> CountAsync(CancellationToken stop)
    {
        GraphCall call = GraphDirectory.ForTenant(Routes.UserCount);
        GraphAnswer answer = await client.SendAsync(call, stop).ConfigureAwait(false);
        string text = answer.Error is null ? Encoding.UTF8.GetString(answer.Body.ToArray()).Trim('\uFEFF', ' ', '\r', '\n') : string.Empty;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : null;
    }

    private async Task ReadEachAsync(IReadOnlyList<UserIdentity> identities, Reading<DirectoryUser>?[] found, CancellationToken stop)
    {
        int[] places = Enumerable.Range(0, found.Length).Where(place => found[place] is null).ToArray();
        GraphCall[] calls = places.Select(place => CallFor(identities[place])).ToArray();
        IReadOnlyList<GraphAnswer> answers = await directory.ReadAllAsync(calls, stop).ConfigureAwait(false);
        for (int i = 0; i < places.Length; i++)
        {
            found[places[i]] = directory.Read(answers[i], calls[i], GraphJson.Default.WireUser, Translate.User);
        }
    }

    private static GraphCall CallFor(UserIdentity identity)
    {
        Route route = identity.Value[0] == '$' ? Routes.UserInParentheses : Routes.User;
        string value = route == Routes.User ? identity.Value : Quoted(identity.Value);
        return new GraphCall(route, route.With(value), Text.Of($"user {identity.Value}"));
    }

    private static string Quoted(string value) => value.Replace("'", "''");

    /// <summary>Tells of the few who are not found whether they were deleted.</summary>
    private async Task LookInBinAsync(IReadOnlyList<UserIdentity> identities, Reading<DirectoryUser>?[] found, CancellationToken stop)
    {
        int[] places = Enumerable.Range(0, found.Length).Where(place => found[place]!.Error is { Id: "UserNotFound" }).ToArray();
        if (places.Length is 0 or > Few)
        {
            return;
        }

        GraphCall[] calls = places.Select(place => BinCallFor(identities[place])).ToArray();
        IReadOnlyList<GraphAnswer> answers = await directory.ReadAllAsync(calls, stop).ConfigureAwait(false);
        for (int i = 0; i < places.Length; i++)
        {
            Reading<Page<WireUser>> page = directory.Read(answers[i], calls[i], GraphJson.Default.PageWireUser, read => read);
            Reading<DirectoryUser> missing = found[places[i]]!;
            PasswordOpsException error = missing.Error!;
            found[places[i]] = Reading.Failed<DirectoryUser>(
                page.IsKnown
                    ? Deleted(identities[places[i]], page.Value, calls[i], error) ?? error
                    : error.Retold(error.Message,
                        Text.Of($"{error.Advice} It may have been deleted too: deleted users could not be looked at.")),
                missing.At);
        }
    }

    private static GraphCall BinCallFor(UserIdentity identity)
    {
        Route route = identity.ObjectId is null ? Routes.DeletedUsersNamed : Routes.DeletedUser;
        return new GraphCall(route, route.With(Quoted(identity.Value)), Text.Of($"user {identity.Value}"));
    }

    private PasswordOpsException? Deleted(UserIdentity identity, Page<WireUser> page, GraphCall call, PasswordOpsException missing)
    {
        WireUser? user = (page.Value ?? new List<WireUser>())
            .Where(user => user.DeletedDateTime is not null && IsFormer(user, identity))
            .OrderByDescending(user => user.DeletedDateTime)
            .FirstOrDefault();
        if (user is null)
        {
            return null;
        }

        DateTimeOffset when = user.DeletedDateTime!.Value;
        ErrorEvidence evidence = new()
        {
            Status = missing.Status, ServiceCode = missing.ServiceCode, RequestId = missing.RequestId, ServiceTime = missing.ServiceTime,
        };
        return failures.Own(
            "UserDeleted", call, evidence,
            ("date", ErrorTable.Moment(when)),
            ("until", ErrorTable.Moment(when.AddDays(DaysInBin))),
            ("id", user.Id ?? "-"));
    }

    /// <summary>The end of a name is also that of others: <c>anna@contoso.com</c> ends <c>joanna@contoso.com</c>.</summary>
    private static bool IsFormer(WireUser user, UserIdentity identity)
    {
        if (identity.ObjectId is not null)
        {
            return string.Equals(user.Id, identity.ObjectId, StringComparison.OrdinalIgnoreCase);
        }

        string prefix = (user.Id ?? string.Empty).Replace("-", string.Empty);
        return string.Equals(user.UserPrincipalName, prefix + identity.Value, StringComparison.OrdinalIgnoreCase);
    }
}
