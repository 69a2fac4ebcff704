using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Practice.State;

/// <summary>
/// Everything that the tenant knows. Users, roles, audit and operations change while it runs, and what the control of the tenant sets;
/// the rest stays as it was built.
/// </summary>
internal sealed class TenantState
{
    private readonly ILookup<Guid, Group> _groupsByMember;
    private readonly ILookup<Guid, Group> _groupsByOwner;
    private readonly ILookup<Guid, AdministrativeUnit> _unitsByMember;
    private readonly Dictionary<Guid, Group> _groups;
    private readonly ConcurrentDictionary<Guid, IReadOnlyList<Guid>> _transitiveMembers = new();
    private readonly ConcurrentDictionary<Guid, HashSet<Guid>> _members = new();
    private readonly Dictionary<Guid, Application> _applications;
    private readonly Dictionary<Guid, Application> _applicationsByPrincipal;
    private readonly Dictionary<Guid, AdministrativeUnit> _units;

    public TenantState(TenantPlan plan, TimeProvider clock)
    {
        Clock = clock;
        Organization = plan.Organization;
        Domains = FirstDomains = plan.Domains;
        SubscribedSkus = plan.SubscribedSkus;
        Subscriptions = plan.Subscriptions;
        Groups = plan.Groups;
        Units = plan.Units;
        RoleHolders = new RoleHolders(plan.RoleAssignments, clock);
        RoleEligibilities = plan.RoleEligibilities;
        CustomRoles = plan.CustomRoles;
        Policies = plan.Policies;
        SyncFeatures = plan.SyncFeatures;
        Settings = plan.Settings;
        Replication = new Replication(clock);
        Users = new UserStore(plan.Users, Replication);
        SeenUsers = new SeenUsers(Users, Replication);
        Operations = new ResetOperations(this);
        _applications = plan.Applications.ToDictionary(application => application.AppId);
        _applicationsByPrincipal = plan.Applications.ToDictionary(application => application.ServicePrincipalId);
        _groups = plan.Groups.ToDictionary(group => group.Id);
        _units = plan.Units.ToDictionary(unit => unit.Id);
        _groupsByMember = Groups
            .SelectMany(group => group.Members, (group, id) => (group, id)).ToLookup(pair => pair.id, pair => pair.group);
        _groupsByOwner = Groups.SelectMany(group => group.Owners, (group, id) => (group, id)).ToLookup(pair => pair.id, pair => pair.group);
        _unitsByMember = Units.SelectMany(unit => unit.Members, (unit, id) => (unit, id)).ToLookup(pair => pair.id, pair => pair.unit);
        DateTimeOffset start = Now;
        Audit = new AuditTrail(
            clock, TimeSpan.FromSeconds(plan.Settings.AuditDelaySeconds), TimeSpan.FromDays(Premium ? 30 : 7),
            () => plan.AuditSeed is int seed ? AuditStories.Tell(this, seed, start) : []);
    }

    public TimeProvider Clock { get; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    public Organization Organization { get; set; }

    public IReadOnlyList<Domain> Domains { get; set; }

    /// <summary>The domains as they were when the tenant began.</summary>
    public IReadOnlyList<Domain> FirstDomains { get; }

    public IReadOnlyList<SubscribedSku> SubscribedSkus { get; set; }

    public IReadOnlyList<Subscription> Subscriptions { get; set; }

    public IReadOnlyList<Group> Groups { get; }

    public IReadOnlyList<AdministrativeUnit> Units { get; }

    public RoleHolders RoleHolders { get; }

    public IReadOnlyList<RoleEligibility> RoleEligibilities { get; }

    public IReadOnlyList<Role> CustomRoles { get; }

    public IReadOnlyCollection<Application> Applications => _applications.Values;

    public Policies Policies { get; set; }

    public SyncFeatures SyncFeatures { get; set; }

    public Settings Settings { get; set; }

    public UserStore Users { get; }

    /// <summary>How far reads lag behind.</summary>
    public Replication Replication { get; }

    /// <summary>The users as a read shows them; what a write rests on is in <see cref="Users"/>.</summary>
    public SeenUsers SeenUsers { get; }

    public AuditTrail Audit { get; }

    public ResetOperations Operations { get; }

    /// <summary>A plan of P1 or P2 is in force.</summary>
    public bool Premium => SubscribedSkus.Any(sku => sku.Usable
        && sku.Product.Plans.Any(plan => plan.Id == Products.PlanP1 || plan.Id == Products.PlanP2));

    public DateTimeOffset? LastSync => Organization.OnPremisesLastSync
        ?? (Organization.OnPremisesSyncEnabled == true ? Now.AddTicks(-(Now.Ticks % TimeSpan.FromMinutes(30).Ticks)) : null);

    public string InitialDomain => Domains.First(domain => domain.IsInitial).Name;

    public Domain? FindDomain(string name) =>
        Domains.FirstOrDefault(domain => domain.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public Application? FindApplication(Guid appId) => _applications.GetValueOrDefault(appId);

    public Application? FindServicePrincipal(Guid id) => _applicationsByPrincipal.GetValueOrDefault(id);

    public Group? FindGroup(Guid id) => _groups.GetValueOrDefault(id);

    /// <summary>A role by its definition, built in or custom.</summary>
    public Role? FindRole(Guid id) => Roles.Find(id) ?? CustomRoles.FirstOrDefault(role => role.Id == id);

    public AdministrativeUnit? FindUnit(Guid id) => _units.GetValueOrDefault(id);

    public bool IsFederated(User user) => FindDomain(user.Domain) is { Federated: true };

    /// <summary>The user's password lives with somebody else: another tenant, another company.</summary>
    public bool IsExternal(User user) =>
        user.Identities is { } identities && identities.Any(identity =>
            identity.SignInType == "federated" && FindDomain(identity.Issuer) is null);

    /// <summary>When the password was changed, as the directory shows it by now.</summary>
    public DateTimeOffset ShownPasswordChange(User user) =>
        user.EarlierPasswordChange is { } earlier && user.LastPasswordChange.AddSeconds(Settings.PasswordChangeDelaySeconds) > Now
            ? earlier : user.LastPasswordChange;

    public IEnumerable<AdministrativeUnit> UnitsOf(Guid member) => _unitsByMember[member];

    public bool IsRestricted(Guid member) => _unitsByMember[member].Any(unit => unit.Restricted);

    public IEnumerable<Group> DirectGroupsOf(Guid member) => _groupsByMember[member];

    public IEnumerable<Group> GroupsOwnedBy(Guid owner) => _groupsByOwner[owner];

    /// <summary>Groups that the object is a member of, directly or through other groups.</summary>
    public IReadOnlyList<Group> GroupsOf(Guid member)
    {
        var found = new List<Group>();
        var seen = new HashSet<Guid> { member };
        var next = new Queue<Guid>([member]);
        while (next.TryDequeue(out Guid id))
        {
            foreach (Group group in _groupsByMember[id].Where(group => seen.Add(group.Id)))
            {
                found.Add(group);
                next.Enqueue(group.Id);
            }
        }
        return found;
    }

    /// <summary>Members of a group and of the groups in it, the groups too. They never change, so they are looked for once.</summary>
    public IReadOnlyList<Guid> TransitiveMembers(Group group) => _transitiveMembers.GetOrAdd(group.Id, _ =>
    {
        var found = new List<Guid>();
        var seen = new HashSet<Guid> { group.Id };
        var next = new Queue<Group>([group]);
        while (next.TryDequeue(out Group? container))
        {
            foreach (Guid member in container.Members.Where(seen.Add))
            {
                found.Add(member);
                if (FindGroup(member) is { } inner)
                    next.Enqueue(inner);
            }
        }
        return found;
    });

    /// <summary>The policy for users lets this one reset the own password.</summary>
    public bool IsInSsprScope(User user) => Settings.SsprEnabled
        && (Settings.SsprGroup is not { } name
            || (Groups.FirstOrDefault(group => group.DisplayName.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } scope
                && _members.GetOrAdd(scope.Id, _ => TransitiveMembers(scope).ToHashSet()).Contains(user.Id)));

    public IEnumerable<RoleAssignment> DirectAssignments(Guid principal) => RoleHolders.Of(principal);

    /// <summary>Roles that the principal holds now, directly or as a member of a role-assignable group.</summary>
    public IEnumerable<RoleAssignment> ActiveAssignments(Guid principal) =>
        RoleHolders.Of(principal).Concat(
            _groupsByMember[principal].Where(group => group.AssignableToRole).SelectMany(group => RoleHolders.Of(group.Id)));

    public bool IsAdmin(Guid principal) => ActiveAssignments(principal).Any();

    /// <summary>The tenant's own object id of a built-in role; only the template id is the same everywhere.</summary>
    public Guid DirectoryRoleId(Guid roleId)
    {
        byte[] role = roleId.ToByteArray();
        byte[] tenant = Organization.TenantId.ToByteArray();
        for (int index = 0; index < role.Length; index++)
            role[index] ^= tenant[index];
        role[7] = (byte)((role[7] & 0x0F) | 0x40);
        role[8] = (byte)((role[8] & 0x3F) | 0x80);
        return new Guid(role);
    }
}
