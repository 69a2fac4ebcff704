using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Contacts;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.Reset;
using PasswordOps.Graph.Errors;
using PasswordOps.Graph.Models;
using PasswordOps.Graph.Pipeline;

namespace PasswordOps.Graph;

/// <summary>The tenant's directory as Microsoft Graph v1.0 shows it.</summary>
internal sealed class GraphDirectory : IDirectory
{
    private const string PasswordMethodId = "28c10230-6103-485e-b985-444c60001490";
    private const string EmailMethodId = "3ddfcfc8-9383-446f-83cc-3ab9be4be18f";

    private readonly GraphClient client;
    private readonly Failures failures;
    private readonly Rights rights;
    private readonly IClock clock;
    private readonly bool hasEmailMethods;

    public GraphDirectory(GraphClient client, Failures failures, Rights rights, Cloud cloud, IClock clock)
    {
        this.client = client;
        this.failures = failures;
        this.rights = rights;
        this.clock = clock;
        hasEmailMethods = !cloud.Lacks.Contains("email authentication methods", StringComparer.Ordinal);
    }

    public Task<IReadOnlyList<Reading<DirectoryUser>>> GetUsersAsync(IReadOnlyList<UserIdentity> identities, CancellationToken stop) =>
        new UserReader(this, client, failures).ReadAsync(identities, stop);

    public Task<IReadOnlyList<DirectoryUser>> GetAllUsersAsync(IProgress<int>? read, CancellationToken stop) =>
        new UserReader(this, client, failures).ReadAllAsync(read, stop);

    public Task ReadUsersAsync(Action<IReadOnlyList<DirectoryUser>> take, CancellationToken stop) =>
        new UserReader(this, client, failures).ReadPagesAsync(ForTenant(Routes.Users), take, stop);

    public Task<int?> CountUsersAsync(CancellationToken stop) => new UserReader(this, client, failures).CountAsync(stop);

    public async Task<DirectoryGroup> FindGroupAsync(string nameOrId, CancellationToken stop)
    {
        string subject = Text.Of($"group {nameOrId}");
        if (Guid.TryParse(nameOrId, out Guid id))
        {
            GraphCall one = new(Routes.Group, Routes.Group.With(id.ToString("D")), subject);
            GraphAnswer answer = await client.SendAsync(one, stop).ConfigureAwait(false);
            return Read(answer, one, GraphJson.Default.WireGroup, Translate.Group).Value;
        }

        GraphCall call = new(Routes.GroupsNamed, Routes.GroupsNamed.With(nameOrId.Replace("'", "''")), subject);
        IReadOnlyList<WireGroup> groups = await ReadListAsync(call, GraphJson.Default.PageWireGroup, stop).ConfigureAwait(false);
        return groups.Count switch
        {
            1 => Translate.Group(groups[0]),
            0 => throw failures.Own("GroupNotFound", call),
            _ => throw failures.Own("GroupAmbiguous", call, null, ("ids", string.Join(", ", groups.Take(5).Select(group => group.Id)))),
        };
    }

    public Task ReadGroupUsersAsync(string groupId, Action<IReadOnlyList<DirectoryUser>> take, CancellationToken stop) =>
        new UserReader(this, client, failures).ReadPagesAsync(
            new GraphCall(Routes.GroupUsers, Routes.GroupUsers.With(groupId), Text.Of($"group {groupId}")), take, stop);

    public async Task ReadRegistrationsAsync(
        bool onlyNotRegistered, Action<IReadOnlyList<RegistrationDetail>> take, CancellationToken stop)
    {
        GraphCall call = ForTenant(onlyNotRegistered ? Routes.NotRegistered : Routes.Registrations);
        GraphAnswer first = await client.SendAsync(call, stop).ConfigureAwait(false);
        if (first.Status == 400)
        {
            call = ForTenant(onlyNotRegistered ? Routes.NotRegisteredPlain : Routes.RegistrationsPlain);
            first = await client.SendAsync(call, stop).ConfigureAwait(false);
        }

        Reading<int> pages = await ReadPagesAsync(
            first, call, GraphJson.Default.PageWireRegistration, page => take(page.Select(Translate.Registration).ToArray()), stop)
            .ConfigureAwait(false);
        if (!pages.IsKnown)
        {
            throw pages.Error!;
        }
    }

    public async Task<RegistrationTotals> GetRegistrationTotalsAsync(CancellationToken stop)
    {
        GraphCall call = new(Routes.RegistrationTotals, Routes.RegistrationTotals.With("member", "all"), Text.Of($"the tenant"));
        GraphAnswer answer = await client.SendAsync(call, stop).ConfigureAwait(false);
        return Read(answer, call, GraphJson.Default.WireRegistrationTotals, Translate.Totals).Value;
    }

    public async Task<SyncFeatures?> GetSyncFeaturesAsync(CancellationToken stop)
    {
        GraphCall call = ForTenant(Routes.Synchronization);
        RequireDelegated(call);
        IReadOnlyList<WireSynchronization> all =
            await ReadListAsync(call, GraphJson.Default.PageWireSynchronization, stop).ConfigureAwait(false);
        return Translate.Features(all.FirstOrDefault());
    }

    public async Task<IReadOnlyList<Reading<bool>>> GetCloudManagedAsync(IReadOnlyList<string> userIds, CancellationToken stop)
    {
        GraphCall[] calls = userIds.Select(id => ForUser(Routes.SyncBehavior, id)).ToArray();
        IReadOnlyList<GraphAnswer> answers = await ReadAllAsync(calls, stop).ConfigureAwait(false);
        List<Reading<bool>> read = new();
        for (int i = 0; i < calls.Length; i++)
        {
            Reading<bool?> one = Read(answers[i], calls[i], GraphJson.Default.WireSyncBehavior, behavior => behavior.IsCloudManaged);
            read.Add(one.Error is not null ? Reading.Failed<bool>(one.Error, one.At)
                : one.Value is bool known ? Reading.Of(known, one.At)
                : Reading.Failed<bool>(failures.Misunderstood(calls[i], answers[i].RequestId), one.At));
        }

        return read;
    }

    public async Task<IReadOnlyList<Reading<ContactData>>> GetContactDataAsync(IReadOnlyList<string> userIds, CancellationToken stop)
    {
        List<GraphCall> calls = new();
        foreach (string id in userIds)
        {
            calls.Add(ForUser(Routes.Phones, id));
            if (hasEmailMethods)
            {
                calls.Add(ForUser(Routes.Emails, id));
            }
        }

        IReadOnlyList<GraphAnswer> answers = await ReadAllAsync(calls, stop).ConfigureAwait(false);
        List<Reading<ContactData>> read = new();
        int next = 0;
        foreach (string _ in userIds)
        {
            Reading<Page<WirePhone>> phones = Read(answers[next], calls[next], GraphJson.Default.PageWirePhone, page => page);
            next++;
            Reading<Page<WireEmail>>? emails = null;
            if (hasEmailMethods)
            {
                emails = Read(answers[next], calls[next], GraphJson.Default.PageWireEmail, page => page);
                next++;
            }

            PasswordOpsException? error = phones.Error ?? emails?.Error;
            read.Add(error is not null
                ? Reading.Failed<ContactData>(error, clock.UtcNow)
                : Reading.Of(Translate.Contact(phones.Value, emails?.Value), clock.UtcNow));
        }

        return read;
    }

    public async Task<IReadOnlyList<Reading<IReadOnlyList<LicenseDetail>>>> GetLicensesAsync(
        IReadOnlyList<string> userIds,
        CancellationToken stop)
    {
        GraphCall[] calls = userIds.Select(id => ForUser(Routes.Licenses, id)).ToArray();
        IReadOnlyList<GraphAnswer> answers = await ReadAllAsync(calls, stop).ConfigureAwait(false);
        List<Reading<IReadOnlyList<LicenseDetail>>> read = new();
        for (int i = 0; i < calls.Length; i++)
        {
            Reading<IReadOnlyList<WireLicense>> list =
                await ReadListAsync(answers[i], calls[i], GraphJson.Default.PageWireLicense, stop).ConfigureAwait(false);
            read.Add(list.Error is not null
                ? Reading.Failed<IReadOnlyList<LicenseDetail>>(list.Error, list.At)
                : Reading.Of<IReadOnlyList<LicenseDetail>>(list.Value.Select(Translate.License).ToArray(), list.At));
        }

        return read;
    }

    public async Task<IReadOnlyList<Reading<RegistrationDetail>>> GetRegistrationsAsync(
        IReadOnlyList<string> userIds,
        CancellationToken stop)
    {
        GraphCall[] calls = userIds.Select(id => ForUser(Routes.Registration, id)).ToArray();
        IReadOnlyList<GraphAnswer> answers = await ReadAllAsync(calls, stop).ConfigureAwait(false);
        return answers.Select((answer, i) => Read(answer, calls[i], GraphJson.Default.WireRegistration, Translate.Registration)).ToArray();
    }

    public Task<IReadOnlyList<Reading<Standing>>> GetStandingsAsync(IReadOnlyList<string> principalIds, CancellationToken stop) =>
        new StandingReader(this).ReadAsync(principalIds, stop);

    public Task<Reading<ITenantStandings>> GetTenantStandingsAsync(CancellationToken stop) => StandingSnapshot.TakeAsync(this, stop);

    public Task<IReadOnlyList<HeldRole>> GetEligibleRolesAsync(string principalId, CancellationToken stop) =>
        new EligibleRoleReader(this).ReadAsync(principalId, stop);

    public async Task<Organization> GetOrganizationAsync(CancellationToken stop)
    {
        GraphCall call = ForTenant(Routes.Organization);
        return Translate.Organization(
            OrganizationOf(await client.SendAsync(call, stop).ConfigureAwait(false), call).Value);
    }

    public async Task<IReadOnlyList<Domain>> GetDomainsAsync(CancellationToken stop) =>
        (await ReadListAsync(ForTenant(Routes.Domains), GraphJson.Default.PageWireDomain, stop).ConfigureAwait(false))
            .Select(Translate.Domain).ToArray();

    public async Task<IReadOnlyList<SubscribedSku>> GetSubscribedSkusAsync(CancellationToken stop) =>
        (await ReadListAsync(ForTenant(Routes.Skus), GraphJson.Default.PageWireSku, stop).ConfigureAwait(false))
            .Select(Translate.Sku).ToArray();

    public async Task<IReadOnlyList<Subscription>> GetSubscriptionsAsync(CancellationToken stop) =>
        (await ReadListAsync(ForTenant(Routes.Subscriptions), GraphJson.Default.PageWireSubscription, stop).ConfigureAwait(false))
            .Select(Translate.Subscription).ToArray();

    public async Task<bool?> GetAdministratorSsprAsync(CancellationToken stop)
    {
        GraphCall call = ForTenant(Routes.AuthorizationPolicy);
        GraphAnswer answer = await client.SendAsync(call, stop).ConfigureAwait(false);
        return Read(answer, call, GraphJson.Default.WireAuthorizationPolicy, policy => policy).Value.AllowedToUseSSPR;
    }

    public async Task<AuthenticationMethodsPolicy> GetAuthenticationMethodsPolicyAsync(CancellationToken stop)
    {
        GraphCall call = ForTenant(Routes.MethodsPolicy);
        GraphAnswer answer = await client.SendAsync(call, stop).ConfigureAwait(false);
        return Read(answer, call, GraphJson.Default.WireMethodsPolicy, Translate.MethodsPolicy).Value;
    }

    public IAuditPages OpenAudits(AuditFilter filter)
    {
        GraphCall call = new(Routes.Audits, AuditPages.Address(filter), Text.Of($"the tenant"));
        return new AuditPages(new Pages<WireAudit>(this, client, failures, call, GraphJson.Default.PageWireAudit), filter);
    }

    public async Task<IReadOnlyList<WriteOutcome>> WriteContactDataAsync(IReadOnlyList<ContactWrite> writes, CancellationToken stop)
    {
        IReadOnlyList<GraphAnswer> answers = await client.SendAllAsync(writes.Select(CallFor).ToArray(), stop).ConfigureAwait(false);
        return answers.Select(Outcome).ToArray();
    }

    public async Task<IReadOnlyList<WriteOutcome>> SetPasswordsAsync(IReadOnlyList<PasswordWrite> writes, CancellationToken stop)
    {
        List<SecretBuffer> bodies = new();
        try
        {
            List<GraphCall> calls = new();
            foreach (PasswordWrite write in writes)
            {
                SecretBuffer body = Bodies.Password(write.Password, write.Force);
                bodies.Add(body);
                calls.Add(ForUser(Routes.PasswordProfile, write.UserId, body.Written));
            }

            WriteOutcome[] outcomes = (await WriteAllAsync(calls, stop).ConfigureAwait(false)).Select(Outcome).ToArray();
            PasswordOpsException?[] errors = outcomes.Select(outcome => outcome.Error).ToArray();
            (string, Password?)[] sent = writes.Select(write => (write.UserId, (Password?)write.Password)).ToArray();
            await new PasswordRefusals(this, failures).ExplainAsync(errors, calls, sent, stop).ConfigureAwait(false);
            return outcomes.Select((outcome, i) => outcome with { Error = errors[i] }).ToArray();
        }
        finally
        {
            bodies.ForEach(body => body.Dispose());
        }
    }

    public async Task<IReadOnlyList<WriteOutcome>> RevokeSessionsAsync(IReadOnlyList<string> userIds, CancellationToken stop)
    {
        GraphCall[] calls = userIds.Select(id => ForUser(Routes.RevokeSessions, id)).ToArray();
        return (await WriteAllAsync(calls, stop).ConfigureAwait(false)).Select(Outcome).ToArray();
    }

    public async Task<string?> ChangeOwnPasswordAsync(Password current, Password next, CancellationToken stop)
    {
        using SecretBuffer body = Bodies.Change(current, next);
        GraphCall call = new(Routes.ChangePassword, Routes.ChangePassword.With(), Text.Of($"the own account"), body.Written);
        RequireDelegated(call);
        return (await client.SendAsync(call, stop).ConfigureAwait(false)).OrThrow().RequestId;
    }

    public async Task<ResetOperation> StartPasswordResetAsync(string userId, Password? password, CancellationToken stop)
    {
        using SecretBuffer body = Bodies.Reset(password);
        GraphCall call = ForMethod(Routes.ResetPassword, userId, PasswordMethodId, body.Written);
        RequireDelegated(call);
        GraphAnswer answer = await client.SendAsync(call, stop).ConfigureAwait(false);
        if (answer.Error is not null)
        {
            PasswordOpsException?[] errors = { answer.Error };
            (string, Password?)[] sent = { (userId, password) };
            await new PasswordRefusals(this, failures).ExplainAsync(errors, new[] { call }, sent, stop).ConfigureAwait(false);
            throw errors[0]!;
        }

        Password? generated = Bodies.Generated(answer.Body.Span);
        if (MemoryMarshal.TryGetArray(answer.Body, out ArraySegment<byte> bytes) && bytes.Array is not null)
        {
            Array.Clear(bytes.Array, bytes.Offset, bytes.Count);
        }

        if (!client.TryResolve(answer.Location, out Uri location))
        {
            generated?.Dispose();
            throw failures.Own(
                "ResetNotFollowable",
                call,
                new ErrorEvidence { Status = answer.Status, RequestId = answer.RequestId, MayHaveHappened = true });
        }

        return new ResetOperation
        {
            Location = location, RetryAfter = answer.RetryAfter, Generated = generated, RequestId = answer.RequestId,
        };
    }

    public async Task<ResetOperationState> GetPasswordResetAsync(ResetOperation operation, CancellationToken stop)
    {
        GraphCall call = new(Routes.ResetOperation, operation.Location.AbsoluteUri, Text.Of($"password reset"));
        if (!client.IsOwn(operation.Location))
        {
            throw failures.Own("ForeignAddress", call);
        }

        RequireDelegated(call);
        GraphAnswer answer = await client.SendAsync(call, stop).ConfigureAwait(false);
        WireOperation state = Read(answer, call, GraphJson.Default.WireOperation, read => read).Value;
        return new ResetOperationState(state.Status ?? "running", state.StatusDetail, answer.RetryAfter);
    }

    internal static GraphCall ForTenant(Route route) => new(route, route.With(), Text.Of($"the tenant"));

    internal IClock Clock => clock;

    /// <summary>Why nothing is known of an account whose token cannot be read.</summary>
    internal static PasswordOpsException TokenUnreadable() => ErrorTable.Own("TokenUnreadable").Tell();

    /// <summary>Sends reads: a single one by itself, more in batches.</summary>
    internal async Task<IReadOnlyList<GraphAnswer>> ReadAllAsync(IReadOnlyList<GraphCall> calls, CancellationToken stop) =>
        calls.Count == 1
            ? new[] { await client.SendAsync(calls[0], stop).ConfigureAwait(false) }
            : await client.SendAllAsync(calls, stop).ConfigureAwait(false);

    /// <summary>Sends writes: a single one by itself, more in batches. Each has its answer, whatever happened.</summary>
    private async Task<IReadOnlyList<GraphAnswer>> WriteAllAsync(IReadOnlyList<GraphCall> calls, CancellationToken stop)
    {
        if (calls.Count != 1)
        {
            return await client.SendAllAsync(calls, stop).ConfigureAwait(false);
        }

        try
        {
            return new[] { await client.SendAsync(calls[0], stop).ConfigureAwait(false) };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // A write is torn off before it is sent, or while it waits after a refusal for load, never under way.
            return new[] { new GraphAnswer { Error = failures.Own("Stopped", calls[0]), Attempts = 0 } };
        }
    }

    /// <summary>The first organization of the list, which has one.</summary>
    internal Reading<WireOrganization> OrganizationOf(GraphAnswer answer, GraphCall call)
    {
        Reading<Page<WireOrganization>> page = Read(answer, call, GraphJson.Default.PageWireOrganization, read => read);
        return page.Error is not null
            ? Reading.Failed<WireOrganization>(page.Error, page.At)
            : page.Value.Value?.FirstOrDefault() is WireOrganization organization
                ? Reading.Of(organization, page.At)
                : Reading.Failed<WireOrganization>(failures.Misunderstood(call, answer.RequestId), page.At);
    }

    /// <summary>Understands one answer.</summary>
    internal Reading<TOut> Read<TIn, TOut>(GraphAnswer answer, GraphCall call, JsonTypeInfo<TIn> type, Func<TIn, TOut> translate)
        where TIn : class
    {
        if (answer.Error is not null)
        {
            return Reading.Failed<TOut>(answer.Error, clock.UtcNow);
        }

        try
        {
            TIn? read = JsonSerializer.Deserialize(answer.Body.Span, type);
            return read is null
                ? Reading.Failed<TOut>(failures.Misunderstood(call, answer.RequestId), clock.UtcNow)
                : Reading.Of(translate(read), clock.UtcNow);
        }
        catch (JsonException)
        {
            return Reading.Failed<TOut>(failures.Misunderstood(call, answer.RequestId), clock.UtcNow);
        }
    }

    /// <summary>Understands a list whose first page has come, and fetches the others by the service's links as they are.</summary>
    internal async Task<Reading<IReadOnlyList<T>>> ReadListAsync<T>(
        GraphAnswer first,
        GraphCall call,
        JsonTypeInfo<Page<T>> type,
        CancellationToken stop)
    {
        List<T> all = new();
        Reading<int> pages = await ReadPagesAsync(first, call, type, all.AddRange, stop).ConfigureAwait(false);
        return pages.Error is not null
            ? Reading.Failed<IReadOnlyList<T>>(pages.Error, pages.At)
            : Reading.Of<IReadOnlyList<T>>(all, pages.At);
    }

    /// <summary>The same, page by page, so that nobody has to hold the whole list.</summary>
    /// <returns>How many pages there were.</returns>
    internal async Task<Reading<int>> ReadPagesAsync<T>(
        GraphAnswer first,
        GraphCall call,
        JsonTypeInfo<Page<T>> type,
        Action<IEnumerable<T>> take,
        CancellationToken stop)
    {
        Pages<T> pages = new(this, client, failures, call, type, first);
        while (await pages.NextAsync(stop).ConfigureAwait(false) is Reading<IReadOnlyList<T>> page)
        {
            if (page.Error is not null)
            {
                return Reading.Failed<int>(page.Error, page.At);
            }

            take(page.Value);
        }

        return Reading.Of(pages.Count, clock.UtcNow);
    }

    internal static GraphCall ForUser(Route route, string userId, ReadOnlyMemory<byte> body = default) =>
        new(route, route.With(userId), Text.Of($"user {userId}"), body);

    private static GraphCall ForMethod(Route route, string userId, string methodId, ReadOnlyMemory<byte> body = default) =>
        new(route, route.With(userId, methodId), Text.Of($"user {userId}"), body);

    private async Task<IReadOnlyList<T>> ReadListAsync<T>(GraphCall call, JsonTypeInfo<Page<T>> type, CancellationToken stop)
    {
        GraphAnswer first = await client.SendAsync(call, stop).ConfigureAwait(false);
        return (await ReadListAsync(first, call, type, stop).ConfigureAwait(false)).Value;
    }

    private void RequireDelegated(GraphCall call)
    {
        if (rights.IsKnown && call.Route.Operation.Permissions(rights.IsAppOnly).Count == 0)
        {
            throw failures.Own("AppOnlyNotSupported", call);
        }
    }

    private static WriteOutcome Outcome(GraphAnswer answer) => new(answer.Error, answer.RequestId, answer.Attempts);

    private static GraphCall CallFor(ContactWrite write) =>
        write.Target == ContactTarget.Profile ? ProfileCall(write)
            : write.Field == ContactField.Email ? EmailCall(write)
            : PhoneCall(write);

    private static GraphCall ProfileCall(ContactWrite write) =>
        write.Field switch
        {
            ContactField.Mobile => ForUser(Routes.PhoneProfile, write.UserId, Bodies.Value(Bodies.MobilePhone, write.Value)),
            ContactField.Office => ForUser(Routes.PhoneProfile, write.UserId, Bodies.List(Bodies.BusinessPhones, Listed(write))),
            ContactField.Email => ForUser(Routes.MailProfile, write.UserId, Bodies.List(Bodies.OtherMails, Listed(write))),
            _ => throw ErrorTable.Own("FieldNotInProfile").Tell(),
        };

    private static string[] Listed(ContactWrite write) =>
        write.Value is null
            ? Array.Empty<string>()
            : write.Field == ContactField.Email
                ? write.Value.Split(new[] { ';' }, StringSplitOptions.RemoveEmptyEntries).Select(part => part.Trim()).ToArray()
                : new[] { write.Value };

    private static GraphCall EmailCall(ContactWrite write) =>
        write.Action switch
        {
            WriteAction.Add => ForUser(Routes.AddEmail, write.UserId, Bodies.Email(write.Value!)),
            WriteAction.Replace => ForMethod(Routes.ReplaceEmail, write.UserId, EmailMethodId, Bodies.Email(write.Value!)),
            _ => ForMethod(Routes.RemoveEmail, write.UserId, EmailMethodId),
        };

    private static GraphCall PhoneCall(ContactWrite write)
    {
        (string id, string type) = Translate.PhoneMethod(write.Field);
        return write.Action switch
        {
            WriteAction.Add => ForUser(Routes.AddPhone, write.UserId, Bodies.Phone(write.Value!, type)),
            WriteAction.Replace => ForMethod(Routes.ReplacePhone, write.UserId, id, Bodies.Phone(write.Value!, type)),
            _ => ForMethod(Routes.RemovePhone, write.UserId, id),
        };
    }
}
