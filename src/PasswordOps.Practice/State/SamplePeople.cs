using System;
using System.Collections.Generic;

namespace PasswordOps.Practice.State;

/// <summary>The people whom every generated tenant has at the same place, each a situation worth practising.</summary>
internal sealed class SamplePeople
{
    private SamplePeople(
        IReadOnlyList<User> users, IReadOnlyList<Group> groups, IReadOnlyList<AdministrativeUnit> units,
        IReadOnlyList<RoleAssignment> roleAssignments, IReadOnlyList<RoleEligibility> roleEligibilities)
    {
        Users = users;
        Groups = groups;
        Units = units;
        RoleAssignments = roleAssignments;
        RoleEligibilities = roleEligibilities;
    }

    public IReadOnlyList<User> Users { get; }

    public IReadOnlyList<Group> Groups { get; }

    public IReadOnlyList<AdministrativeUnit> Units { get; }

    public IReadOnlyList<RoleAssignment> RoleAssignments { get; }

    public IReadOnlyList<RoleEligibility> RoleEligibilities { get; }

    internal static SamplePeople Make(SeededRandom random, DateTimeOffset today, string initialDomain, Func<User, int, User> synced)
    {
        License[] premium = [new(Products.Named("SPE_E3").SkuId, [])];
        var users = new List<User>();

        User Add(string name, string given, string surname, string about, Func<User, User>? change = null)
        {
            var user = new User
            {
                Id = random.Guid(),
                UserPrincipalName = name,
                DisplayName = $"{given} {surname}",
                GivenName = given,
                Surname = surname,
                Mail = name,
                PreferredLanguage = "en-US",
                UsageLocation = "NL",
                CreatedDateTime = today.AddDays(-400),
                LastPasswordChange = today.AddDays(-60),
                LastSignIn = today.AddDays(-1),
                Licenses = premium,
                About = about,
            };
            users.Add(user = change is null ? user : change(user));
            return user;
        }

        Add("adele@contoso.com", "Adele", "Vance", "cloud member without any contact data");
        User nora = Add("nora@contoso.com", "Nora", "Berg", "cloud member, well set up", user => user with
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
                Others = [new OtherMethod("microsoftAuthenticator", random.Guid().ToString(), "Nora's phone", null)],
                Preferred = "push",
            },
        });
        Add("bram@contoso.com", "Bram", "Smit", "synced from Active Directory, managed domain",
            user => synced(user with { PasswordPolicies = "DisablePasswordExpiration" }, 1));
        Add("femke@fed.contoso.com", "Femke", "Visser", "synced from Active Directory, federated domain",
            user => synced(user with { PasswordPolicies = "DisablePasswordExpiration" }, 2));
        Add($"gita_fabrikam.com#EXT#@{initialDomain}", "Gita", "Rao", "guest whose home is another tenant", user => user with
        {
            Guest = true,
            CreationType = "Invitation",
            ExternalUserState = "Accepted",
            Mail = "gita@fabrikam.com",
            OtherMails = ["gita@fabrikam.com"],
            Licenses = [],
            Identities =
            [
                new UserIdentity("federated", "ExternalAzureAD", null),
                new UserIdentity("userPrincipalName", initialDomain, $"gita_fabrikam.com#EXT#@{initialDomain}"),
            ],
        });
        Add("o'brien@contoso.com", "Maeve", "O'Brien", "cloud member with an apostrophe in the name",
            user => user with { MobilePhone = "+44 2079460123" });
        Add("dirk@contoso.com", "Dirk", "Mulder", "disabled", user => user with { AccountEnabled = false, MobilePhone = "+1 3035550142" });
        User helpdesk = Add(
            "helena@contoso.com", "Helena", "Willis", "Helpdesk Administrator; eligible for Privileged Authentication Administrator");
        User userAdmin = Add("uma@contoso.com", "Uma", "Patel", "User Administrator");
        User privileged = Add("paul@contoso.com", "Paul", "Keller", "Privileged Authentication Administrator");
        User global = Add("greta@contoso.com", "Greta", "Holm", "Global Administrator");
        User keyHolder = Add("kees@contoso.com", "Kees", "Bakker", "member of a role-assignable group that holds no role",
            user => user with { MobilePhone = "+1 2125550117" });
        User executive = Add("rhea@contoso.com", "Rhea", "Stone", "in a restricted management administrative unit");
        User authAdmin = Add("arne@contoso.com", "Arne", "Lind", "Authentication Administrator");
        User branchAdmin = Add("bea@contoso.com", "Bea", "Moreau", "User Administrator of one administrative unit, Branch East");
        User branch = Add("tariq@contoso.com", "Tariq", "Aziz", "member of the administrative unit Branch East");
        User secured = Add("silke@contoso.com", "Silke", "Brandt", "Authentication Administrator of the restricted unit Executives");
        User grouped = Add("grace@contoso.com", "Grace", "Osei", "Helpdesk Administrator through a role-assignable group");

        var keyHolders = new Group
        {
            Id = random.Guid(), DisplayName = "Key holders", AssignableToRole = true, Members = [keyHolder.Id], Owners = [global.Id],
        };
        var desk = new Group { Id = random.Guid(), DisplayName = "Service desk", AssignableToRole = true, Members = [grouped.Id] };
        var staff = new Group { Id = random.Guid(), DisplayName = "Staff", Members = [nora.Id, keyHolder.Id, branch.Id, executive.Id] };
        var everyone = new Group { Id = random.Guid(), DisplayName = "Everyone", Members = [staff.Id] };
        var east = new AdministrativeUnit { Id = random.Guid(), DisplayName = "Branch East", Members = [branch.Id] };
        var executives =
            new AdministrativeUnit { Id = random.Guid(), DisplayName = "Executives", Restricted = true, Members = [executive.Id] };

        return new SamplePeople(
            users, [keyHolders, desk, staff, everyone], [east, executives],
            [
                Holds(helpdesk.Id, Roles.HelpdeskAdministrator), Holds(userAdmin.Id, Roles.UserAdministrator),
                Holds(privileged.Id, Roles.PrivilegedAuthenticationAdministrator), Holds(global.Id, Roles.GlobalAdministrator),
                Holds(authAdmin.Id, Roles.AuthenticationAdministrator),
                Holds(branchAdmin.Id, Roles.UserAdministrator, RoleAssignment.UnitScope + east.Id),
                Holds(secured.Id, Roles.AuthenticationAdministrator, RoleAssignment.UnitScope + executives.Id),
                Holds(desk.Id, Roles.HelpdeskAdministrator),
            ],
            [
                new RoleEligibility(
                    RoleAssignment.MakeId(Roles.PrivilegedAuthenticationAdministrator.Id, helpdesk.Id, RoleAssignment.TenantScope) + "-e",
                    helpdesk.Id, Roles.PrivilegedAuthenticationAdministrator.Id, RoleAssignment.TenantScope, today.AddDays(-90),
                    today.AddDays(275),
                    random.Guid()),
            ]);
    }

    private static RoleAssignment Holds(Guid principal, Role role, string scope = RoleAssignment.TenantScope) =>
        RoleAssignment.Of(role.Id, principal, scope);
}
