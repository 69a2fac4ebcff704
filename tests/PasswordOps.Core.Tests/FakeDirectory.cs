using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Contacts;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.Reset;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Core.Tests;

/// <summary>A tenant in memory, with a record of what was written and switches for what goes wrong.</summary>
internal sealed class FakeDirectory : IDirectory, IConnection
{
    public const string HelenaId = "5f8e7d6c-4b3a-4291-8e7f-6d5c4b3a2918";

    private readonly object gate = new();

    public FakeDirectory(FakeClock clock)
    {
        Clock = clock;
        Context = new ConnectionContext
        {
            TenantId = "0f6c2a1e-7b3d-4c58-9a41-2d5e8c9b1a70", TenantName = "Contoso", Account = "helena@contoso.com",
            AccountObjectId = HelenaId,
            ClientId = "9d3e5b71-2c4f-4a68-b0d1-e3f5a7c9b1d4", IsAppOnly = false, SignInKind = SignInKind.DeviceCode,
            Permissions = new[] { "UserAuthenticationMethod.ReadWrite.All", "User-PasswordProfile.ReadWrite.All", "User.ReadWrite.All" },
            Standing = Reading.Of(Holding("7be44c8a-adaf-4e2a-84d6-ab2649e08a13"), clock.UtcNow), Cloud = Cloud.Named("Global"),
            TokenExpiresOn = clock.UtcNow.AddHours(1),
        };
        Caller = new DirectoryUser
        {
            Id = HelenaId, UserPrincipalName = "helena@contoso.com", AccountEnabled = true,
            AssignedLicenses = new[] { new AssignedLicense(Skus[0].SkuId, Array.Empty<string>()) },
        };
    }

    public FakeClock Clock { get; }

    public ConnectionContext Context { get; set; }

    IDirectory IConnection.Directory => this;

    Core.Bulk.Pace IConnection.Pace { get; } = new(SystemClock.Instance, 8);

    /// <summary>The account that is signed in; not among the users that tests count.</summary>
    public DirectoryUser Caller { get; set; }

    public Dictionary<string, DirectoryUser> Users { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, ContactData> Contacts { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, Standing> Standings { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, RegistrationDetail> Registrations { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, IReadOnlyList<LicenseDetail>> Licenses { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Organization Organization { get; set; } = new()
    {
        Id = "0f6c2a1e-7b3d-4c58-9a41-2d5e8c9b1a70", DisplayName = "Contoso", TenantType = "AAD",
        Created = new DateTimeOffset(2018, 2, 12, 0, 0, 0, TimeSpan.Zero),
        OnPremisesSyncEnabled = true, LastSync = new DateTimeOffset(2026, 8, 18, 8, 45, 0, TimeSpan.Zero),
        VerifiedDomains =
            new[] { new VerifiedDomain("contoso.com", true, false), new VerifiedDomain("contoso.onmicrosoft.com", false, true) },
    };

    public IReadOnlyList<Domain> Domains { get; set; } = new[]
    {
        new Domain { Name = "contoso.com", IsVerified = true, PasswordValidityDays = Domain.NeverExpires },
        new Domain { Name = "fed.contoso.com", IsVerified = true, IsFederated = true },
    };

    public IReadOnlyList<SubscribedSku> Skus { get; set; } = new[]
    {
        new SubscribedSku
        {
            SkuId = "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46", PartNumber = "SPB", CapabilityStatus = "Enabled", AppliesTo = "User",
            Units = 200, ConsumedUnits = 180,
            Plans = new[] { Premium() },
        },
    };

    public IReadOnlyList<Subscription> Subscriptions { get; set; } = Array.Empty<Subscription>();

    public bool? AdministratorSspr { get; set; } = true;

    public SyncFeatures? Features { get; set; } = new(true, false, false, true);

    public RegistrationTotals? Totals { get; set; }

    /// <summary>Groups by name, with the ids of their members.</summary>
    public Dictionary<string, (DirectoryGroup Group, string[] Members)> Groups { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Users or lines a page.</summary>
    public int PageSize { get; set; } = 3;

    public AuthenticationMethodsPolicy Methods { get; set; } = new("migrationComplete", new[] { "Sms", "Email" });

    /// <summary>Reads that fail, by the name of the method.</summary>
    public Dictionary<string, PasswordOpsException> Broken { get; } = new();

    /// <summary>Decides how a write goes: null lets it succeed.</summary>
    public Func<ContactWrite, int, WriteOutcome?>? OnWrite { get; set; }

    /// <summary>What a read of contact data shows; null for what is there.</summary>
    public Func<string, ContactData>? OnReadContact { get; set; }

    /// <summary>All writes that arrived, in order.</summary>
    public List<ContactWrite> Writes { get; } = new();

    public Func<string, Password, ForceChange, string?>? OnSetPassword { get; set; }

    public Func<Password, Password, string?>? OnChangeOwn { get; set; }

    public List<string> RevokedSessions { get; } = new();

    public Func<string, Password?, ResetOperation>? OnStartReset { get; set; }

    public Queue<Func<ResetOperationState>> ResetStates { get; } = new();

    public static ServicePlan Premium(string status = "Success") => new("41781fb2-bc02-4b7c-bd55-b576c07bb09d", "AAD_PREMIUM", status);

    public static Standing Holding(params string[] templateIds) =>
        new() { Roles = templateIds.Select(id => new HeldRole(id, string.Empty, "/")).ToArray() };

    public static PasswordOpsException Refusal(
        string id, ErrorKind kind = ErrorKind.PermissionDenied, int? status = 403, bool mayHaveHappened = false) =>
        new(id, kind, "refused", "grant it") { Status = status, MayHaveHappened = mayHaveHappened, RequestId = "r-1" };

    public DirectoryUser Add(string upn, Func<DirectoryUser, DirectoryUser>? change = null, ContactData? contact = null)
    {
        DirectoryUser user =
            new() { Id = new Guid(Users.Count + 1, 0, 0, new byte[8]).ToString("D"), UserPrincipalName = upn, AccountEnabled = true };
        user = change?.Invoke(user) ?? user;
        Users[user.Id] = user;
        Contacts[user.Id] = contact ?? new ContactData();
        return user;
    }

    public Task<IReadOnlyList<Reading<DirectoryUser>>> GetUsersAsync(IReadOnlyList<UserIdentity> identities, CancellationToken stop) =>
        Many(nameof(GetUsersAsync), identities, identity =>
            Users.Values.Append(Caller).FirstOrDefault(user => user.Id == identity.Value
                || string.Equals(user.UserPrincipalName, identity.Value, StringComparison.OrdinalIgnoreCase))
            is DirectoryUser found
                ? Reading.Of(found, Clock.UtcNow)
                : Reading.Failed<DirectoryUser>(
                    new PasswordOpsException("UserNotFound", ErrorKind.NotFound, $"There is no user '{identity}'.", "Check the name."),
                    Clock.UtcNow));

    public Task<IReadOnlyList<Reading<ContactData>>> GetContactDataAsync(IReadOnlyList<string> userIds, CancellationToken stop) =>
        Many(nameof(GetContactDataAsync), userIds, id =>
        {
            try
            {
                return Reading.Of(OnReadContact?.Invoke(id) ?? Contacts[id], Clock.UtcNow);
            }
            catch (PasswordOpsException error)
            {
                return Reading.Failed<ContactData>(error, Clock.UtcNow);
            }
        });

    public Task<IReadOnlyList<Reading<IReadOnlyList<LicenseDetail>>>> GetLicensesAsync(
        IReadOnlyList<string> userIds, CancellationToken stop) =>
        Many(nameof(GetLicensesAsync), userIds, id =>
            Reading.Of(
                Licenses.TryGetValue(id, out IReadOnlyList<LicenseDetail>? held) ? held : Array.Empty<LicenseDetail>(), Clock.UtcNow));

    public Task<IReadOnlyList<Reading<RegistrationDetail>>> GetRegistrationsAsync(IReadOnlyList<string> userIds, CancellationToken stop) =>
        Many(nameof(GetRegistrationsAsync), userIds, id => Registrations.TryGetValue(id, out RegistrationDetail? line)
            ? Reading.Of(line, Clock.UtcNow)
            : Reading.Failed<RegistrationDetail>(Refusal("RegistrationNotListed", ErrorKind.NotFound, 404), Clock.UtcNow));

    public Task<IReadOnlyList<Reading<Standing>>> GetStandingsAsync(IReadOnlyList<string> principalIds, CancellationToken stop) =>
        Many(
            nameof(GetStandingsAsync), principalIds,
            id => Reading.Of(Standings.TryGetValue(id, out Standing? held) ? held : new Standing(), Clock.UtcNow));

    public Task<Organization> GetOrganizationAsync(CancellationToken stop) => One(nameof(GetOrganizationAsync), Organization);

    public Task<IReadOnlyList<Domain>> GetDomainsAsync(CancellationToken stop) => One(nameof(GetDomainsAsync), Domains);

    public Task<IReadOnlyList<SubscribedSku>> GetSubscribedSkusAsync(CancellationToken stop) => One(nameof(GetSubscribedSkusAsync), Skus);

    public Task<IReadOnlyList<Subscription>> GetSubscriptionsAsync(CancellationToken stop) =>
        One(nameof(GetSubscriptionsAsync), Subscriptions);

    public Task<bool?> GetAdministratorSsprAsync(CancellationToken stop) => One(nameof(GetAdministratorSsprAsync), AdministratorSspr);

    public Task<AuthenticationMethodsPolicy> GetAuthenticationMethodsPolicyAsync(CancellationToken stop) =>
        One(nameof(GetAuthenticationMethodsPolicyAsync), Methods);

    /// <summary>The audit log; a page holds as many rows as <see cref="AuditPageSize"/> says.</summary>
    public List<DirectoryAudit> Audits { get; } = new();

    public int AuditPageSize { get; set; } = 2;

    /// <summary>What the audit log was asked for.</summary>
    public List<AuditFilter> AuditFilters { get; } = new();

    public IAuditPages OpenAudits(AuditFilter filter)
    {
        AuditFilters.Add(filter);
        IEnumerable<DirectoryAudit> rows = Audits.Where(row =>
            (filter.Service is null || string.Equals(row.Service, filter.Service, StringComparison.OrdinalIgnoreCase))
            && (filter.Activities.Count == 0 || filter.Activities.Contains(row.Activity, StringComparer.OrdinalIgnoreCase))
            && !(row.At < filter.Since) && !(row.At > filter.Until)
            && (filter.TargetId is null || row.Targets.Any(target => target.Id == filter.TargetId)));
        rows = filter.NewestFirst ? rows.OrderByDescending(row => row.At) : rows.OrderBy(row => row.At);
        return new AuditRows(this, new Queue<DirectoryAudit>(rows), filter);
    }

    public Task<IReadOnlyList<WriteOutcome>> WriteContactDataAsync(IReadOnlyList<ContactWrite> writes, CancellationToken stop)
    {
        List<WriteOutcome> outcomes = new();
        lock (gate)
        {
            foreach (ContactWrite write in writes)
            {
                Writes.Add(write);
                WriteOutcome? decided = OnWrite?.Invoke(write, Writes.Count);
                if (decided is null)
                {
                    Apply(write);
                }

                outcomes.Add(decided ?? new WriteOutcome(null, "r-" + Writes.Count, 1));
            }
        }

        return Task.FromResult<IReadOnlyList<WriteOutcome>>(outcomes);
    }

    public void Apply(ContactWrite write)
    {
        if (write.Target == ContactTarget.Profile)
        {
            DirectoryUser user = Users[write.UserId];
            Users[write.UserId] = write.Field switch
            {
                ContactField.Mobile => user with { MobilePhone = write.Value },
                ContactField.Office => user with { OfficePhone = write.Value },
                _ => user with { OtherMails = write.Value?.Split(';') ?? Array.Empty<string>() },
            };
            return;
        }

        ContactData data = Contacts[write.UserId];
        if (write.Field == ContactField.Email)
        {
            Contacts[write.UserId] = data with { Email = write.Value };
            return;
        }

        Dictionary<PhoneType, string> phones = data.Phones.ToDictionary(phone => phone.Key, phone => phone.Value);
        PhoneType type = (PhoneType)Enum.Parse(typeof(PhoneType), write.Field.ToString());
        if (write.Value is null)
        {
            phones.Remove(type);
        }
        else
        {
            phones[type] = write.Value;
        }

        Contacts[write.UserId] = data with { Phones = phones };
    }

    public Task<IReadOnlyList<DirectoryUser>> GetAllUsersAsync(IProgress<int>? read, CancellationToken stop) =>
        One<IReadOnlyList<DirectoryUser>>(nameof(GetAllUsersAsync), Users.Values.ToArray());

    public Task ReadUsersAsync(Action<IReadOnlyList<DirectoryUser>> take, CancellationToken stop) =>
        Pages(nameof(ReadUsersAsync), Users.Values.ToArray(), take);

    public Task<int?> CountUsersAsync(CancellationToken stop) => One<int?>(nameof(CountUsersAsync), Users.Count);

    public Task ReadRegistrationsAsync(
        bool onlyNotRegistered, Action<IReadOnlyList<RegistrationDetail>> take, CancellationToken stop) =>
        Pages(
            nameof(ReadRegistrationsAsync),
            Registrations.Values.Where(line => !onlyNotRegistered || !line.IsSsprRegistered).Reverse().ToArray(), take);

    public Task<RegistrationTotals> GetRegistrationTotalsAsync(CancellationToken stop) => One(
        nameof(GetRegistrationTotalsAsync),
        Totals ?? new RegistrationTotals(
            Registrations.Count, Registrations.Values.Count(line => line.IsSsprEnabled),
            Registrations.Values.Count(line => line.IsSsprRegistered), Registrations.Values.Count(line => line.IsSsprCapable)));

    public Task<DirectoryGroup> FindGroupAsync(string nameOrId, CancellationToken stop) => One(
        nameof(FindGroupAsync),
        Groups.TryGetValue(nameOrId, out (DirectoryGroup Group, string[] Members) found)
            ? found.Group
            : throw new PasswordOpsException("GroupNotFound", ErrorKind.NotFound, "There is no such group.", "Check the name."));

    public Task ReadGroupUsersAsync(string groupId, Action<IReadOnlyList<DirectoryUser>> take, CancellationToken stop) => Pages(
        nameof(ReadGroupUsersAsync), Groups.Values.Single(group => group.Group.Id == groupId).Members.Select(id => Users[id]).ToArray(),
        take);

    public Task<SyncFeatures?> GetSyncFeaturesAsync(CancellationToken stop) => One(nameof(GetSyncFeaturesAsync), Features);

    public Task<IReadOnlyList<Reading<bool>>> GetCloudManagedAsync(IReadOnlyList<string> userIds, CancellationToken stop) =>
        Many(nameof(GetCloudManagedAsync), userIds, id => Reading.Of(Users[id].IsCloudManaged == true, Clock.UtcNow));

    public Task<Reading<ITenantStandings>> GetTenantStandingsAsync(CancellationToken stop) =>
        Task.FromResult(Broken.TryGetValue(nameof(GetTenantStandingsAsync), out PasswordOpsException? error)
            ? Reading.Failed<ITenantStandings>(error, Clock.UtcNow)
            : Reading.Of<ITenantStandings>(new Everybody(this), Clock.UtcNow));

    public Task<IReadOnlyList<HeldRole>> GetEligibleRolesAsync(string principalId, CancellationToken stop) =>
        One<IReadOnlyList<HeldRole>>(
            nameof(GetEligibleRolesAsync),
            Standings.TryGetValue(principalId, out Standing? held) && held.EligibleRoles is IReadOnlyList<HeldRole> eligible
                ? eligible
                : Array.Empty<HeldRole>());

    public Task<IReadOnlyList<WriteOutcome>> SetPasswordsAsync(IReadOnlyList<PasswordWrite> writes, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<WriteOutcome>>(writes.Select(write =>
        {
            try
            {
                return new WriteOutcome(null, OnSetPassword?.Invoke(write.UserId, write.Password, write.Force), 1);
            }
            catch (PasswordOpsException error)
            {
                return new WriteOutcome(error, error.RequestId, 1);
            }
        }).ToArray());

    public Task<IReadOnlyList<WriteOutcome>> RevokeSessionsAsync(IReadOnlyList<string> userIds, CancellationToken stop)
    {
        RevokedSessions.AddRange(userIds);
        return Task.FromResult<IReadOnlyList<WriteOutcome>>(userIds
            .Select(_ => new WriteOutcome(
                Broken.TryGetValue(nameof(RevokeSessionsAsync), out PasswordOpsException? error) ? error : null, "r-2", 1))
            .ToArray());
    }

    public Task<string?> ChangeOwnPasswordAsync(Password current, Password next, CancellationToken stop) =>
        Task.FromResult(OnChangeOwn?.Invoke(current, next));

    public Task<ResetOperation> StartPasswordResetAsync(string userId, Password? password, CancellationToken stop) =>
        Task.FromResult(OnStartReset!(userId, password));

    public Task<ResetOperationState> GetPasswordResetAsync(ResetOperation operation, CancellationToken stop) =>
        Task.FromResult(ResetStates.Dequeue()());

    public void Dispose()
    {
    }

    private async Task Pages<T>(string name, IReadOnlyList<T> items, Action<IReadOnlyList<T>> take)
    {
        for (int from = 0; from < items.Count; from += PageSize)
        {
            await Task.Yield();
            take(items.Skip(from).Take(PageSize).ToArray());
        }

        if (Broken.TryGetValue(name, out PasswordOpsException? error))
        {
            throw error;
        }
    }

    private Task<T> One<T>(string name, T value) =>
        Broken.TryGetValue(name, out PasswordOpsException? error) ? throw error : Task.FromResult(value);

    private Task<IReadOnlyList<Reading<TOut>>> Many<TIn, TOut>(string name, IReadOnlyList<TIn> items, Func<TIn, Reading<TOut>> read)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<Reading<TOut>>>(items
                .Select(item => Broken.TryGetValue(name, out PasswordOpsException? error)
                    ? Reading.Failed<TOut>(error, Clock.UtcNow)
                    : read(item))
                .ToArray());
        }
    }

    /// <summary>Fails where <see cref="Broken"/> names the method, alone or with the service of the filter.</summary>
    private sealed class AuditRows : IAuditPages
    {
        private readonly FakeDirectory tenant;
        private readonly Queue<DirectoryAudit> rows;
        private readonly AuditFilter filter;

        public AuditRows(FakeDirectory tenant, Queue<DirectoryAudit> rows, AuditFilter filter)
        {
            this.tenant = tenant;
            this.rows = rows;
            this.filter = filter;
        }

        public Task<IReadOnlyList<DirectoryAudit>?> NextAsync(CancellationToken stop)
        {
            stop.ThrowIfCancellationRequested();
            if (tenant.Broken.TryGetValue(nameof(OpenAudits), out PasswordOpsException? error)
                || tenant.Broken.TryGetValue(nameof(OpenAudits) + " " + filter.Service, out error))
            {
                throw error;
            }

            List<DirectoryAudit> page = new();
            while (rows.Count > 0 && page.Count < tenant.AuditPageSize)
            {
                page.Add(rows.Dequeue());
            }

            return Task.FromResult<IReadOnlyList<DirectoryAudit>?>(page.Count > 0 ? page : null);
        }
    }

    private sealed class Everybody : ITenantStandings
    {
        private readonly FakeDirectory tenant;

        public Everybody(FakeDirectory tenant)
        {
            this.tenant = tenant;
        }

        public IReadOnlyList<string> HoldersOf(string templateId) => tenant.Standings
            .Where(pair => pair.Value.Roles.Any(role => role.TemplateId == templateId)).Select(pair => pair.Key).ToArray();

        public Reading<Standing>? Of(string userId) =>
            Reading.Of(tenant.Standings.TryGetValue(userId, out Standing? held) ? held : new Standing(), tenant.Clock.UtcNow);
    }
}
