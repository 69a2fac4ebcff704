using System;
using System.Collections.Generic;

namespace PasswordOps.Practice.State;

/// <summary>The people whom every generated tenant has at the same place, each a situation worth practising.</summary>
internal sealed class SamplePeople
{
    /// <summary>What all of them sign in with, for a rehearsal of changing it. docs/practice-tenant.md prints it too.</summary>
    private const string Password = "Copper-Lantern-3390";

    private static readonly License[] s_premium = [new(Products.Named("SPE_E3").SkuId, [])];

    private readonly SeededRandom _random;
    private readonly DateTimeOffset _today;
    private readonly string _initialDomain;
    private readonly Func<User, int, User> _synced;
    private readonly List<User> _users = [];
    private readonly List<Group> _groups = [];
    private readonly List<AdministrativeUnit> _units = [];
    private readonly List<RoleAssignment> _assignments = [];
    private readonly List<RoleEligibility> _eligibilities = [];
    private readonly List<Role> _customRoles = [];

    private SamplePeople(SeededRandom random, DateTimeOffset today, string initialDomain, Func<User, int, User> synced)
    {
        _random = random;
        _today = today;
        _initialDomain = initialDomain;
        _synced = synced;
    }

    public IReadOnlyList<User> Users => _users;

    public IReadOnlyList<Group> Groups => _groups;

    public IReadOnlyList<AdministrativeUnit> Units => _units;

    public IReadOnlyList<RoleAssignment> RoleAssignments => _assignments;

    public IReadOnlyList<RoleEligibility> RoleEligibilities => _eligibilities;

    public IReadOnlyList<Role> CustomRoles => _customRoles;

    internal static SamplePeople Make(SeededRandom random, DateTimeOffset today, string initialDomain, Func<User, int, User> synced)
    {
        var people = new SamplePeople(random, today, initialDomain, synced);
        people.AddStaffAndAdmins();
        people.AddOutsiders();
        people.AddOtherAuthorities();
        people.AddLicensees();
        people.AddFurtherAdmins();
        return people;
    }

    private User Add(string name, string given, string surname, string about, Func<User, User>? change = null)
    {
        var password = PasswordState.Of(Password, forceChange: false);
        var user = new User
        {
            Id = _random.Guid(),
            UserPrincipalName = name.Contains('@', StringComparison.Ordinal) ? name : name + "@contoso.com",
            DisplayName = $"{given} {surname}",
            GivenName = given,
            Surname = surname,
            Mail = name.Contains('@', StringComparison.Ordinal) ? name : name + "@contoso.com",
            PreferredLanguage = "en-US",
            UsageLocation = "NL",
            CreatedDateTime = _today.AddDays(-400),
            LastPasswordChange = _today.AddDays(-60),
            LastSignIn = _today.AddDays(-1),
            Licenses = s_premium,
            CloudPassword = password,
            About = about,
        };
        user = change is null ? user : change(user);
        if (user.Synced)
            user = user with { OnPremisesPassword = password, OnPremisesPasswordChange = user.LastPasswordChange };
        _users.Add(user);
        return user;
    }

    private User Synced(User user) => _synced(user with { PasswordPolicies = "DisablePasswordExpiration" }, _users.Count);

    private void Assign(User user, Role role, string scope = RoleAssignment.TenantScope) =>
        _assignments.Add(RoleAssignment.Of(role.Id, user.Id, scope));

    private void AddStaffAndAdmins()
    {
        User adele = Add("adele", "Adele", "Vance", "cloud member without any contact data");
        User nora = Add("nora", "Nora", "Berg", "cloud member, well set up", user => user with
        {
            JobTitle = "Retail Manager",
            OfficeLocation = "18/2111",
            MobilePhone = "+1 4255550100",
            BusinessPhones = ["+1 4255550199"],
            OtherMails = ["nora@fabrikam.com"],
            Methods = new MethodSet
            {
                Mobile = "+1 4255550100",
                AlternateMobile = "+1 2065550101",
                Office = "+1 4255550199x123",
                Email = "nora@fabrikam.com",
                Others = [new OtherMethod("microsoftAuthenticator", _random.Guid().ToString(), "Nora's phone", null)],
                Preferred = "push",
            },
        });
        Add("bram", "Bram", "Smit", "synced from Active Directory, managed domain", Synced);
        Add("femke@fed.contoso.com", "Femke", "Visser", "synced from Active Directory, federated domain", Synced);
        AddGuest("gita", "Gita", "Rao", "ExternalAzureAD", "guest whose home is another tenant");
        Add("o'brien", "Maeve", "O'Brien", "cloud member with an apostrophe in the name",
            user => user with { MobilePhone = "+44 2079460123" });
        Add("dirk", "Dirk", "Mulder", "disabled", user => user with { AccountEnabled = false, MobilePhone = "+1 3035550142" });
        User helena = Add(
            "helena", "Helena", "Willis", "Helpdesk Administrator; eligible for Privileged Authentication Administrator");
        Assign(helena, Roles.HelpdeskAdministrator);
        MakeEligible(helena.Id, Roles.PrivilegedAuthenticationAdministrator);
        Assign(Add("uma", "Uma", "Patel", "User Administrator"), Roles.UserAdministrator);
        Assign(
            Add("paul", "Paul", "Keller", "Privileged Authentication Administrator"), Roles.PrivilegedAuthenticationAdministrator);
        User greta = Add("greta", "Greta", "Holm", "Global Administrator");
        Assign(greta, Roles.GlobalAdministrator);
        User kees = Add("kees", "Kees", "Bakker", "member of a role-assignable group that holds no role",
            user => user with { MobilePhone = "+1 2125550117" });
        User rhea = Add("rhea", "Rhea", "Stone", "in a restricted management administrative unit");
        Assign(Add("arne", "Arne", "Lind", "Authentication Administrator"), Roles.AuthenticationAdministrator);
        User bea = Add("bea", "Bea", "Moreau", "User Administrator of one administrative unit, Branch East");
        User tariq = Add("tariq", "Tariq", "Aziz", "member of the administrative unit Branch East; codes come by SMS", user => user with
        {
            Methods = new MethodSet { Mobile = "+1 4255550160", Preferred = "sms" },
        });
        User silke = Add("silke", "Silke", "Brandt", "Authentication Administrator of the restricted unit Executives");
        User grace = Add("grace", "Grace", "Osei", "Helpdesk Administrator through a role-assignable group");
        User oona = Add("oona", "Oona", "Laine", "owner of a role-assignable group");

        Group staff = AddGroup("Staff", [nora.Id, kees.Id, tariq.Id, rhea.Id]);
        AddGroup("Everyone", [staff.Id]);
        _groups.Add(new Group
        {
            Id = new Guid("5b2c9f04-1d7e-4a83-9c60-7e4f8a1b2d35"), DisplayName = "Works council", HiddenMembership = true,
            Members = [nora.Id, tariq.Id],
        });
        AddGroup("Key holders", [kees.Id], [greta.Id], assignable: true);
        Group desk = AddGroup("Service desk", [grace.Id], [oona.Id], assignable: true);
        _assignments.Add(RoleAssignment.Of(Roles.HelpdeskAdministrator.Id, desk.Id));
        AdministrativeUnit east = AddUnit("Branch East", [tariq.Id]);
        AdministrativeUnit executives = AddUnit("Executives", [rhea.Id], restricted: true);
        Assign(bea, Roles.UserAdministrator, RoleAssignment.UnitScope + east.Id);
        Assign(silke, Roles.AuthenticationAdministrator, RoleAssignment.UnitScope + executives.Id);
        Assign(
            Add("olaf", "Olaf", "Berg", "Helpdesk Administrator over Adele alone"), Roles.HelpdeskAdministrator, "/" + adele.Id);
        User rick = Add("rick", "Rick", "Stein", "User Administrator inside a restricted unit: nobody can reset him");
        Assign(rick, Roles.UserAdministrator);
        AddUnit("Board", [rick.Id], restricted: true);
    }

    private Group AddGroup(string name, IReadOnlyList<Guid> members, IReadOnlyList<Guid>? owners = null, bool assignable = false)
    {
        var group = new Group
        {
            Id = _random.Guid(), DisplayName = name, AssignableToRole = assignable, Members = members, Owners = owners ?? [],
        };
        _groups.Add(group);
        return group;
    }

    private AdministrativeUnit AddUnit(string name, IReadOnlyList<Guid> members, bool restricted = false)
    {
        var unit = new AdministrativeUnit { Id = _random.Guid(), DisplayName = name, Restricted = restricted, Members = members };
        _units.Add(unit);
        return unit;
    }

    private void MakeEligible(Guid principal, Role role) => _eligibilities.Add(new RoleEligibility(
        RoleAssignment.MakeId(role.Id, principal, RoleAssignment.TenantScope) + "-e", principal, role.Id, RoleAssignment.TenantScope,
        _today.AddDays(-90), _today.AddDays(275), _random.Guid()));

    private void AddGuest(string account, string given, string surname, string issuer, string about, Func<User, User>? change = null)
    {
        string name = $"{account}_fabrikam.com#EXT#@{_initialDomain}";
        string mail = account + "@fabrikam.com";
        Add(name, given, surname, about, user =>
        {
            user = user with
            {
                Guest = true,
                CreationType = "Invitation",
                ExternalUserState = "Accepted",
                Mail = mail,
                OtherMails = [mail],
                Licenses = [],
                CloudPassword = PasswordState.Unknown,
                Identities =
                [
                    new UserIdentity("federated", issuer, issuer == "ExternalAzureAD" ? null : mail),
                    new UserIdentity("userPrincipalName", _initialDomain, name),
                ],
            };
            return change is null ? user : change(user);
        });
    }

    private void AddOutsiders()
    {
        AddGuest("lars", "Lars", "Dahl", "fabrikam.com", "guest of another tenant, known by its domain");
        AddGuest("emma", "Emma", "Roy", "ExternalAzureAD", "member, yet at home in another tenant", user => user with { Guest = false });
        AddGuest("pia", "Pia", "Sand", "ExternalAzureAD", "guest who has not accepted the invitation",
            user => user with { ExternalUserState = "PendingAcceptance", LastSignIn = null });
        AddGuest("mila", "Mila", "Hart", "MicrosoftAccount", "guest with a Microsoft account");
        AddGuest("gus", "Gus", "Wolf", "google.com", "guest with a Google account");
        AddGuest("fay", "Fay", "Long", "facebook.com", "guest with a Facebook account");
        AddGuest("otto", "Otto", "Beck", "mail", "guest who gets a one-time passcode by mail");
        AddGuest("samir", "Samir", "Nasser", "https://idp.fabrikam.com/saml", "guest by SAML federation");
        Add("ivo", "Ivo", "Kral", "guest with a password of this tenant", user => user with { Guest = true });
        Add("loes", "Loes", "Prins", "local account of a customer directory", user => user with
        {
            UserPrincipalName = $"{user.Id}@{_initialDomain}",
            CreationType = "LocalAccount",
            Licenses = [],
            Mail = null,
            PasswordPolicies = "DisablePasswordExpiration",
            Identities =
            [
                new UserIdentity("emailAddress", _initialDomain, "loes@fabrikam.com"),
                new UserIdentity("userPrincipalName", _initialDomain, $"{user.Id}@{_initialDomain}"),
            ],
        });
    }

    private void AddOtherAuthorities()
    {
        Add("dora", "Dora", "Klein", "synced from Active Directory and disabled there",
            user => Synced(user) with { AccountEnabled = false });
        Add("sanne", "Sanne", "Kuipers", "moved from Active Directory to the cloud",
            user => Synced(user) with { OnPremisesSyncEnabled = null, CloudManaged = true });
        Add("roel", "Roel", "Dijk", "moved back to Active Directory, the next synchronization is still to come",
            user => Synced(user) with { OnPremisesSyncEnabled = null });
        Add("elsa", "Elsa", "Vos", "was synced once; the directory takes no password for her",
            user => user with { OriginatedInExternalService = true });
        Add("nn", "No", "Name", "has no user principal name",
            user => user with { UserPrincipalName = $"{user.Id:N}@{_initialDomain}", Unnamed = true, Mail = null });
        Add("della", "Della", "Reese", "deleted a week ago, can be restored", user => user.AsDeleted(_today.AddDays(-7)));
    }

    private void AddLicensees()
    {
        void Licensed(string name, string given, string surname, string about, params License[] licenses) =>
            Add(name, given, surname, about, user => user with { Licenses = licenses });

        static License Has(string partNumber, params Guid[] disabled) => new(Products.Named(partNumber).SkuId, disabled);

        Licensed("ute", "Ute", "Franke", "without any licence");
        Licensed("piet", "Piet", "Boer", "licensed, but the plan for Entra ID P1 is switched off", Has("SPE_E3", Products.PlanP1));
        Licensed("sven", "Sven", "Ek", "two products without a plan for Entra ID", Has("ENTERPRISEPACK"), Has("O365_BUSINESS_PREMIUM"));
        Licensed("suze", "Suze", "Maas", "licensed by a suspended subscription", Has("EMS"));
        Licensed("wim", "Wim", "Post", "licensed by a subscription in its warning period", Has("AAD_PREMIUM_P2"));
        Licensed("lou", "Lou", "Tan", "licensed by a subscription that is locked out", Has("EMSPREMIUM"));
    }

    private void AddFurtherAdmins()
    {
        Assign(Add("petra", "Petra", "Novak", "Password Administrator"), Roles.PasswordAdministrator);
        Assign(Add("tom", "Tom", "Reed", "Partner Tier1 Support, a deprecated role"), Roles.PartnerTier1Support);
        Assign(Add("tara", "Tara", "Bloom", "Partner Tier2 Support, a deprecated role"), Roles.PartnerTier2Support);
        Assign(Add("xena", "Xena", "Ford", "Exchange Administrator: any other role"), Roles.Named("Exchange Administrator"));
        User mona = Add("mona", "Mona", "Diaz", "Reports Reader and Groups Administrator");
        Assign(mona, Roles.ReportsReader);
        Assign(mona, Roles.Named("Groups Administrator"));

        var custom = new Role(_random.Guid(), "Password desk", AdministrativeUnitScope: true)
        {
            BuiltIn = false, Actions = [Role.UpdatePassword],
        };
        _customRoles.Add(custom);
        Assign(Add("carl", "Carl", "Weiss", "custom role that updates passwords"), custom);

        User axel = Add("axel", "Axel", "Moe", "activated Helpdesk Administrator, for a day");
        _assignments.Add(RoleAssignment.Of(Roles.HelpdeskAdministrator.Id, axel.Id) with
        {
            Activated = true, Start = _today, End = _today.AddDays(2),
        });
        MakeEligible(axel.Id, Roles.HelpdeskAdministrator);
        User elin = Add("elin", "Elin", "Sund", "eligible for User Administrator through a role-assignable group, nothing active");
        MakeEligible(AddGroup("User admins on demand", [elin.Id], assignable: true).Id, Roles.UserAdministrator);
    }
}
