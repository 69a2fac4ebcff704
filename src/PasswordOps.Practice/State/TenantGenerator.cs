using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace PasswordOps.Practice.State;

/// <summary>
/// Makes a hybrid tenant of any size from a seed: the same seed on the same day gives the same tenant. Dates count back from midnight UTC
/// of today, since a tenant whose last password change was years ago would practise something else.
/// </summary>
internal sealed class TenantGenerator
{
    internal const string Managed = "contoso.com";
    internal const string Federated = "fed.contoso.com";
    internal const string Initial = "contoso.onmicrosoft.com";
    private const string ActiveDirectory = "corp.contoso.com";
    private const string DomainSid = "S-1-5-21-1004336348-1177238915-682003330";

    private static readonly string[] s_given =
    [
        "Anna", "Bram", "Carla", "Daan", "Eva", "Finn", "Grace", "Hugo", "Ines", "Jonas", "Karin", "Luca", "Maria", "Noah", "Olga",
        "Pieter",
        "Quinn", "Rosa", "Sem", "Tess", "Umar", "Vera", "Wout", "Xenia", "Yara", "Zoë", "André", "Björn", "Chloé", "Élise", "Françoise",
        "José",
        "Łukasz", "Núria", "Søren", "Amir", "Bianca", "Chen", "Dilek", "Emeka", "Fatima", "Goran", "Hana", "Ibrahim", "Jana", "Kofi",
        "Lena", "Mehmet",
    ];

    private static readonly string[] s_family =
    [
        "Jansen", "De Vries", "Smit", "Bakker", "Visser", "Müller", "Schmidt", "Novák", "Kowalski", "García", "López", "Rossi", "Ferrari",
        "Dubois",
        "Lefèvre", "Andersen", "Nilsson", "Virtanen", "O'Neill", "McCarthy", "Brown", "Taylor", "Walker", "Ahmed", "Khan", "Yılmaz",
        "Demir", "Okafor",
        "Mensah", "Wang", "Li", "Nguyen", "Tanaka", "Sato", "Kim", "Silva", "Santos", "Popescu", "Horvat", "Ivanova", "Petrov", "Cohen",
        "Van den Berg",
    ];

    private static readonly string[] s_titles =
        ["Engineer", "Account Manager", "Analyst", "Nurse", "Planner", "Retail Manager", "Buyer", "Designer", "Controller",
            "Support Specialist"];

    private static readonly string[] s_departments = ["Operations", "Sales", "Finance", "Care", "Logistics", "IT", "Marketing", "HR"];

    private static readonly string[] s_areaCodes = ["206", "212", "303", "425", "503", "617", "702", "808", "916"];

    /// <summary>Roles of the few admins in the crowd, besides the sample people.</summary>
    private static readonly Role[] s_crowdRoles =
    [
        Roles.HelpdeskAdministrator, Roles.PasswordAdministrator, Roles.AuthenticationAdministrator, Roles.UserAdministrator,
        Roles.DirectoryReaders, Roles.GuestInviter, Roles.MessageCenterReader, Roles.ReportsReader, Roles.GlobalReader,
        Roles.Named("Groups Administrator"), Roles.Named("Exchange Administrator"), Roles.SecurityReader,
    ];

    private static readonly License[] s_premium = [new(Products.Named("SPE_E3").SkuId, [])];
    private static readonly License[] s_business = [new(Products.Named("SPB").SkuId, [])];
    private static readonly License[] s_office = [new(Products.Named("ENTERPRISEPACK").SkuId, [])];
    private static readonly License[] s_premiumPlanOff = [new(Products.Named("SPE_E3").SkuId, [Products.PlanP1])];

    private readonly int _seed;
    private readonly SeededRandom _random;
    private readonly DateTimeOffset _today;
    private readonly Dictionary<string, string> _shared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _folded = new(StringComparer.Ordinal);

    private TenantGenerator(int seed, DateTimeOffset now)
    {
        _seed = seed;
        _random = new SeededRandom((ulong)seed * 0x2545F4914F6CDD1D + 0x1234_5678);
        _today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
    }

    // also: further users by user principal name or object id, as somebody's own sheet names them.
    internal static TenantPlan Generate(int count, int seed, DateTimeOffset now, IReadOnlyList<string>? also = null) =>
        new TenantGenerator(seed, now).Make(count, now, also ?? []);

    private TenantPlan Make(int count, DateTimeOffset now, IReadOnlyList<string> also)
    {
        Guid tenantId = _random.Guid();
        SamplePeople people = SamplePeople.Make(_random, _today, Initial, Synced);
        IReadOnlyList<Application> applications = SampleApplications.Make(_random, _today);

        var users = new List<User>(Math.Max(count, people.Users.Count));
        users.AddRange(people.Users);
        var assignments = new List<RoleAssignment>(people.RoleAssignments);
        assignments.AddRange(SampleApplications.RoleAssignments(applications));
        int deleted = people.Users.Count(user => user.Deleted);
        while (users.Count - deleted < count)
        {
            User user = CrowdMember(users.Count);
            users.Add(user);
            if (!user.Guest && _random.Below(200) == 0)
                assignments.Add(RoleAssignment.Of(_random.Pick(s_crowdRoles).Id, user.Id));
        }

        if (also.Count > 0)
        {
            var names = new HashSet<string>(users.Select(user => user.UserPrincipalName), StringComparer.OrdinalIgnoreCase);
            users.AddRange(also.Where(name => names.Add(name)).Select(Also));
        }

        return new TenantPlan
        {
            Organization = new Organization
            {
                TenantId = tenantId,
                DisplayName = "Contoso",
                CreatedDateTime = new DateTimeOffset(2018, 2, 12, 20, 34, 54, TimeSpan.Zero),
                OnPremisesSyncEnabled = true,
                TechnicalNotificationMails = ["it@contoso.com"],
            },
            Domains =
            [
                new Domain { Name = Managed, IsDefault = true, PasswordValidityPeriodInDays = int.MaxValue,
                    PasswordNotificationWindowInDays = 14 },
                new Domain { Name = Federated, Federated = true, IsRoot = false },
                new Domain { Name = Initial, IsInitial = true },
            ],
            SubscribedSkus =
            [
                Sku("SPE_E3", users, users.Count + 50),
                Sku("SPB", users, users.Count / 4 + 25),
                Sku("ENTERPRISEPACK", users, users.Count / 4 + 25),
                Sku("O365_BUSINESS_PREMIUM", users, 5),
                Sku("EMS", users, 0) with { CapabilityStatus = "Suspended", Suspended = 5 },
                Sku("AAD_PREMIUM_P2", users, 0) with { CapabilityStatus = "Warning", Warning = 5 },
                Sku("EMSPREMIUM", users, 0) with { CapabilityStatus = "LockedOut", LockedOut = 5 },
            ],
            Subscriptions =
            [
                new Subscription
                {
                    Id = _random.Guid(), CommerceId = _random.Guid(), Product = Products.Named("SPE_E3"), TotalLicenses = users.Count + 50,
                    CreatedDateTime = _today.AddYears(-3), NextLifecycleDateTime = _today.AddDays(200),
                },
            ],
            Users = users,
            Groups = people.Groups,
            Units = people.Units,
            RoleAssignments = assignments,
            RoleEligibilities = people.RoleEligibilities,
            CustomRoles = people.CustomRoles,
            Applications = applications,
            AuditSeed = _seed,
        };
    }

    private User Also(string name)
    {
        Guid id = Guid.TryParse(name, out Guid given) ? given : _random.Guid();
        string principal = id == given ? $"user-{name[..8]}@{Managed}" : name;
        return new User
        {
            Id = id, UserPrincipalName = principal, DisplayName = principal.Split('@')[0], UsageLocation = "NL",
            CreatedDateTime = _today.AddDays(-200), LastPasswordChange = _today.AddDays(-45), Licenses = s_premium,
        };
    }

    private SubscribedSku Sku(string partNumber, List<User> users, int enabled)
    {
        Product product = Products.Named(partNumber);
        return new SubscribedSku
        {
            Product = product,
            Enabled = enabled,
            Consumed = users.Count(user => user.Licenses.Any(license => license.SkuId == product.SkuId)),
            SubscriptionId = _random.Guid(),
        };
    }

    private User CrowdMember(int index)
    {
        string given = _random.Pick(s_given);
        string family = _random.Pick(s_family);
        if (_random.Chance(2))
            return Guest(given, family, index);
        bool synced = _random.Chance(60);
        string domain = synced && _random.Chance(4) ? Federated : !synced && _random.Chance(5) ? Initial : Managed;
        string account = $"{Fold(given)}.{Fold(family)}{index.ToString(CultureInfo.InvariantCulture)}";
        string name = $"{account}@{domain}";
        MethodSet methods = CrowdMethods();
        var user = new User
        {
            Index = index,
            Id = _random.Guid(),
            UserPrincipalName = name,
            DisplayName = Shared($"{given} {family}"),
            GivenName = given,
            Surname = family,
            JobTitle = _random.Pick(s_titles),
            Department = _random.Pick(s_departments),
            OfficeLocation = _random.Chance(50) ? $"{_random.Below(20) + 1}/{_random.Below(300) + 100}" : null,
            PreferredLanguage = _random.Chance(70) ? "en-US" : null,
            UsageLocation = "NL",
            Mail = domain == Initial ? null : name,
            MobilePhone = _random.Chance(55) ? Phone() : null,
            BusinessPhones = _random.Chance(45) ? [Phone()] : [],
            OtherMails = _random.Chance(25) ? [$"{account}@fabrikam.com"] : [],
            AccountEnabled = !_random.Chance(3),
            CreatedDateTime = _today.AddDays(-_random.Below(1500) - 30),
            LastPasswordChange = _today.AddDays(-_random.Below(300)).AddSeconds(_random.Below(86400)),
            LastSignIn = _random.Chance(90) ? _today.AddDays(-_random.Below(60)).AddSeconds(-_random.Below(86400)) : null,
            PasswordPolicies = synced ? "DisablePasswordExpiration" : _random.Chance(10) ? "DisablePasswordExpiration" : null,
            Licenses = CrowdLicense(),
            Methods = methods,
        };
        return synced ? Synced(user, index) : user;
    }

    private License[] CrowdLicense() => _random.Below(100) switch
    {
        < 60 => s_premium,
        < 75 => s_business,
        < 88 => s_office,
        < 90 => s_premiumPlanOff,
        _ => [],
    };

    private MethodSet CrowdMethods()
    {
        bool mobile = _random.Chance(45);
        bool app = _random.Chance(40);
        string? number = mobile ? Phone() : null;
        return new MethodSet
        {
            Mobile = number,
            AlternateMobile = mobile && _random.Chance(10) ? Phone() : null,
            Office = _random.Chance(12) ? Phone() : null,
            Email = _random.Chance(25) ? $"user{_random.Below(100000).ToString(CultureInfo.InvariantCulture)}@fabrikam.com" : null,
            Others = app ? [Authenticator()] : [],
            Preferred = app ? "push" : mobile && _random.Chance(25) ? "sms" : "none",
        };
    }

    private OtherMethod Authenticator() => new("microsoftAuthenticator", _random.Guid().ToString(), "Phone", null);

    private User Guest(string given, string family, int index)
    {
        string home = $"{Fold(given)}.{Fold(family)}{index.ToString(CultureInfo.InvariantCulture)}";
        string name = $"{home}_fabrikam.com#EXT#@{Initial}";
        return new User
        {
            Index = index,
            Id = _random.Guid(),
            UserPrincipalName = name,
            DisplayName = Shared($"{given} {family} (Fabrikam)"),
            Guest = true,
            CreationType = "Invitation",
            ExternalUserState = _random.Chance(80) ? "Accepted" : "PendingAcceptance",
            Mail = $"{home}@fabrikam.com",
            OtherMails = [$"{home}@fabrikam.com"],
            CreatedDateTime = _today.AddDays(-_random.Below(700) - 10),
            LastPasswordChange = _today.AddDays(-_random.Below(700) - 10),
            Identities = [new("federated", "ExternalAzureAD", null), new("userPrincipalName", Initial, name)],
        };
    }

    /// <summary>The same user, mastered in Active Directory.</summary>
    private User Synced(User user, int index)
    {
        string account = user.UserPrincipalName[..user.UserPrincipalName.LastIndexOf('@')];
        return user with
        {
            OnPremisesSyncEnabled = true,
            OnPremises = new OnPremisesAccount
            {
                ImmutableId = Convert.ToBase64String(user.Id.ToByteArray()),
                DomainName = ActiveDirectory,
                SamAccountName = account.Length > 20 ? account[^20..] : account,
                UserPrincipalName = user.UserPrincipalName,
                DistinguishedName =
                    $"CN={user.DisplayName} {index.ToString(CultureInfo.InvariantCulture)},OU=Staff,DC=corp,DC=contoso,DC=com",
                SecurityIdentifier = $"{DomainSid}-{(1104 + index).ToString(CultureInfo.InvariantCulture)}",
                LastSync = _today.AddMinutes(-2),
            },
        };
    }

    /// <summary>From the ranges that are set aside for fiction, so that no rehearsal can ever ring anybody.</summary>
    private string Phone() => Shared(_random.Chance(80)
        ? $"+1 {_random.Pick(s_areaCodes)}55501{_random.Below(100).ToString("00", CultureInfo.InvariantCulture)}"
        : $"+44 2079460{_random.Below(1000).ToString("000", CultureInfo.InvariantCulture)}");

    /// <summary>The same text once only, for what many of a million users have in common.</summary>
    private string Shared(string text)
    {
        if (_shared.TryGetValue(text, out string? known))
            return known;
        _shared.Add(text, text);
        return text;
    }

    /// <summary>A name as it stands in an account name: no accents, blanks or capitals; the apostrophe stays, as in life.</summary>
    private string Fold(string name)
    {
        if (_folded.TryGetValue(name, out string? known))
            return known;
        var text = new StringBuilder();
        foreach (char c in name.Replace('Ł', 'L').Replace('ø', 'o').Replace('ı', 'i').Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetter(c) || c == '\'')
                text.Append(char.ToLowerInvariant(c));
        }
        return _folded[name] = text.ToString();
    }
}
