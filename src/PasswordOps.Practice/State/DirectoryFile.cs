using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PasswordOps.Practice.Access;
using PasswordOps.Practice.Graph;

namespace PasswordOps.Practice.State;

/// <summary>Reads a tenant that somebody wrote down. docs/practice-tenant.md describes the form.</summary>
internal sealed class DirectoryFile
{
    private readonly DateTimeOffset _now;
    private readonly Dictionary<string, Guid> _principals = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Guid> _units = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<Guid> _ids = [];
    private readonly List<RoleAssignment> _assignments = [];
    private List<Domain> _domains = [];
    private List<Role> _customRoles = [];

    private DirectoryFile(DateTimeOffset now) => _now = now;

    /// <exception cref="UsageException">The file cannot be read, or breaks a rule; the message names the place.</exception>
    internal static TenantPlan Load(string file, DateTimeOffset now)
    {
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllText(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return new DirectoryFile(now).Read(new FileSection(document.RootElement, "$"));
        }
        catch (UsageException error)
        {
            throw new UsageException($"{file}: {error.Message}");
        }
        catch (JsonException error)
        {
            throw new UsageException($"{file}: not JSON, line {error.LineNumber + 1}, position {error.BytePositionInLine + 1}.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--directory {file} cannot be read: {error.Message}");
        }
    }

    private TenantPlan Read(FileSection root)
    {
        Settings settings = ReadSettings(root.Child("settings"));
        _domains = root.Children("domains").Select(ReadDomain).ToList();
        RequireDomains(root);
        Organization organization = ReadOrganization(root.Child("organization"));
        List<SubscribedSku> skus = root.Children("subscribedSkus").Select(ReadSku).ToList();
        List<Subscription> subscriptions = root.Children("subscriptions").Select(section => ReadSubscription(section, skus)).ToList();
        _customRoles = root.Children("roleDefinitions").Select(ReadCustomRole).ToList();
        List<User> users = root.Children("users").Select(section => ReadUser(section, skus)).ToList();
        if (users.Count == 0)
            throw root.Fault("users", "at least one user is required");
        List<Application>? applications = root.Children("applications").Select(ReadApplication).ToList();
        if (applications.Count == 0)
        {
            applications = SampleApplications.Make(new SeededRandom(1), new DateTimeOffset(_now.UtcDateTime.Date, TimeSpan.Zero)).ToList();
            _assignments.AddRange(SampleApplications.RoleAssignments(applications));
        }
        List<Group> groups = ReadGroups(root);
        List<AdministrativeUnit> units = root.Children("administrativeUnits").Select(ReadUnit).ToList();
        _assignments.AddRange(root.Children("roleAssignments").Select(ReadAssignment));
        List<RoleEligibility> eligibilities = root.Children("roleEligibility").Select(ReadEligibility).ToList();
        Policies policies = ReadPolicies(root.Child("policies"));
        SyncFeatures features = ReadFeatures(root.Child("onPremisesSynchronization"));
        root.Close();
        return new TenantPlan
        {
            Organization = organization,
            Domains = _domains,
            SubscribedSkus = skus.ConvertAll(sku => sku with
            {
                Consumed = users.Count(user => user.Licenses.Any(license => license.SkuId == sku.Product.SkuId)),
            }),
            Subscriptions = subscriptions,
            Users = users,
            Groups = groups,
            Units = units,
            RoleAssignments = _assignments,
            RoleEligibilities = eligibilities,
            CustomRoles = _customRoles,
            Applications = applications,
            Policies = policies,
            SyncFeatures = features,
            Settings = settings,
        };
    }

    /// <summary>An id that is not given follows from the name, so that it is the same in every run.</summary>
    private static Guid IdOf(string kind, string name)
    {
        byte[] bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{name.ToLowerInvariant()}"))[..16];
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }

    private Guid NewId(FileSection section, string kind, string property, string name)
    {
        Guid? given = section.Id("id");
        Guid id = given ?? IdOf(kind, name);
        if (_ids.Add(id))
            return id;
        throw given is null
            ? section.Fault(property, $"'{name}' occurs twice")
            : section.Fault("id", $"{id} is the id of another object too");
    }

    private void AddPrincipal(FileSection section, string property, string name, Guid id)
    {
        if (!_principals.TryAdd(name, id))
            throw section.Fault(property, $"'{name}' occurs twice");
        _principals.TryAdd(id.ToString(), id);
    }

    private static Settings ReadSettings(FileSection? section)
    {
        var standard = new Settings();
        if (section is null)
            return standard;
        var settings = new Settings
        {
            Writeback = section.Flag("writeback") ?? standard.Writeback,
            OperationSeconds = section.Seconds("operationSeconds") ?? standard.OperationSeconds,
            AuditDelaySeconds = section.Seconds("auditDelaySeconds") ?? standard.AuditDelaySeconds,
            SsprEnabled = section.Flag("ssprEnabled") ?? standard.SsprEnabled,
            SsprGroup = section.Text("ssprGroup"),
            ReportLagHours = section.Seconds("reportLagHours") ?? standard.ReportLagHours,
            SsprMethodsRequired = section.Number("ssprMethodsRequired", 1, 2) ?? standard.SsprMethodsRequired,
            DeskRolesMayPatch = section.Flag("deskRolesMayPatch") ?? standard.DeskRolesMayPatch,
            ScopedRolesReachAdmins = section.Flag("scopedRolesReachAdmins") ?? standard.ScopedRolesReachAdmins,
            SyncedPasswordPatch = section.Flag("syncedPasswordPatch") ?? standard.SyncedPasswordPatch,
            SyncedPasswordChange = section.Flag("syncedPasswordChange") ?? standard.SyncedPasswordChange,
            RevocationSeconds = section.Seconds("revocationSeconds") ?? standard.RevocationSeconds,
            PasswordChangeDelaySeconds = section.Seconds("passwordChangeDelaySeconds") ?? standard.PasswordChangeDelaySeconds,
            OnPremisesAgent = section.OneOf("onPremisesAgent", standard.OnPremisesAgent, standard.OnPremisesAgent, "CloudSync"),
            OnPremisesPolicy = ReadOnPremisesPolicy(section.Child("onPremisesPolicy")),
            FederatedReset = section.Flag("federatedReset") ?? standard.FederatedReset,
            StarterReadsOperation = section.Flag("starterReadsOperation") ?? standard.StarterReadsOperation,
        };
        section.Close();
        return settings;
    }

    private static OnPremisesPolicy ReadOnPremisesPolicy(FileSection? section)
    {
        var standard = new OnPremisesPolicy();
        if (section is null)
            return standard;
        var policy = new OnPremisesPolicy
        {
            MinLength = section.Number("minLength", 0, 14) ?? standard.MinLength,
            Complexity = section.Flag("complexity") ?? standard.Complexity,
            History = section.Number("history", 0, 24) ?? standard.History,
            MinAgeDays = section.Number("minAgeDays", 0, 998) ?? standard.MinAgeDays,
        };
        section.Close();
        return policy;
    }

    private static Domain ReadDomain(FileSection section)
    {
        var domain = new Domain
        {
            Name = section.RequiredText("id"),
            Federated = section.OneOf("authenticationType", "Managed", "Managed", "Federated") == "Federated",
            IsDefault = section.Flag("isDefault") ?? false,
            IsInitial = section.Flag("isInitial") ?? false,
            IsRoot = section.Flag("isRoot") ?? true,
            IsVerified = section.Flag("isVerified") ?? true,
            PasswordValidityPeriodInDays = section.Number("passwordValidityPeriodInDays", 1, int.MaxValue),
            PasswordNotificationWindowInDays = section.Number("passwordNotificationWindowInDays", 0, int.MaxValue),
        };
        section.Close();
        return domain;
    }

    private void RequireDomains(FileSection root)
    {
        if (_domains.Count == 0)
            throw root.Fault("domains", "at least one domain is required");
        if (_domains.Count(domain => domain.IsInitial) != 1)
            throw root.Fault("domains", "exactly one domain must have isInitial true");
        if (_domains.Count(domain => domain.IsDefault) != 1)
            throw root.Fault("domains", "exactly one domain must have isDefault true");
        IGrouping<string, Domain>? twice = _domains.GroupBy(domain => domain.Name, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
            throw root.Fault("domains", $"'{twice.Key}' occurs twice");
    }

    private Organization ReadOrganization(FileSection? section)
    {
        string initial = _domains.Find(domain => domain.IsInitial)!.Name;
        if (section is null)
            return new Organization { TenantId = IdOf("tenant", initial), DisplayName = "Contoso", CreatedDateTime = _now.AddYears(-5) };
        var organization = new Organization
        {
            TenantId = section.Id("id") ?? IdOf("tenant", initial),
            DisplayName = section.RequiredText("displayName"),
            CountryLetterCode = section.Text("countryLetterCode") ?? "NL",
            PreferredLanguage = section.Text("preferredLanguage") ?? "en",
            CreatedDateTime = section.Time("createdDateTime") ?? _now.AddYears(-5),
            TenantType = section.OneOf("tenantType", "AAD", "AAD", "AAD B2C", "CIAM"),
            OnPremisesSyncEnabled = section.Flag("onPremisesSyncEnabled"),
            OnPremisesLastSync = section.Time("onPremisesLastSyncDateTime"),
            TechnicalNotificationMails = section.Texts("technicalNotificationMails"),
        };
        section.Close();
        return organization;
    }

    private static SubscribedSku ReadSku(FileSection section)
    {
        FileSection? units = section.Child("prepaidUnits");
        var sku = new SubscribedSku
        {
            Product = ReadProduct(section),
            CapabilityStatus = section.OneOf("capabilityStatus", "Enabled", "Enabled", "Warning", "Suspended", "Deleted", "LockedOut"),
            Enabled = units is null ? 100 : units.Number("enabled", 0, int.MaxValue) ?? 0,
            Warning = units?.Number("warning", 0, int.MaxValue) ?? 0,
            Suspended = units?.Number("suspended", 0, int.MaxValue) ?? 0,
            LockedOut = units?.Number("lockedOut", 0, int.MaxValue) ?? 0,
            SubscriptionId = IdOf("subscription", section.Path),
        };
        units?.Close();
        section.Close();
        return sku;
    }

    /// <summary>A product by its part number; one that this program does not know brings its id and plans along.</summary>
    private static Product ReadProduct(FileSection section)
    {
        string partNumber = section.RequiredText("skuPartNumber");
        Guid? skuId = section.Id("skuId");
        IReadOnlyList<FileSection> plans = section.Children("servicePlans");
        Product? known = Products.Find(partNumber);
        if (plans.Count == 0)
        {
            return known ?? throw section.Fault(
                "skuPartNumber", $"'{partNumber}' is no product known here; add skuId and servicePlans, or use a known part number");
        }
        return new Product(
            skuId ?? known?.SkuId ?? throw section.Fault("skuId", "is required for a product that is not known here"),
            partNumber, plans.Select(ReadPlan).ToList());
    }

    private static ServicePlan ReadPlan(FileSection section)
    {
        string name = section.RequiredText("servicePlanName");
        Guid id = section.Id("servicePlanId") ?? Products.FindPlan(name)?.Id
            ?? throw section.Fault("servicePlanId", "is required for a plan that is not known here");
        section.Close();
        return new ServicePlan(id, name);
    }

    private static Product Owned(FileSection section, string name, List<SubscribedSku> skus)
    {
        string partNumber = section.RequiredText(name);
        return skus.Find(sku => sku.Product.PartNumber.Equals(partNumber, StringComparison.OrdinalIgnoreCase))?.Product
            ?? throw section.Fault(name, $"'{partNumber}' is not among subscribedSkus");
    }

    private Subscription ReadSubscription(FileSection section, List<SubscribedSku> skus)
    {
        var subscription = new Subscription
        {
            Id = IdOf("companySubscription", section.Path),
            CommerceId = IdOf("commerceSubscription", section.Path),
            Product = Owned(section, "skuPartNumber", skus),
            CreatedDateTime = section.Time("createdDateTime") ?? _now.AddYears(-1),
            NextLifecycleDateTime = section.Time("nextLifecycleDateTime"),
            IsTrial = section.Flag("isTrial") ?? false,
            Status = section.OneOf("status", "Enabled", "Enabled", "Deleted", "Suspended", "Warning", "LockedOut"),
            TotalLicenses = section.Number("totalLicenses", 0, int.MaxValue) ?? 0,
        };
        section.Close();
        return subscription;
    }

    private User ReadUser(FileSection section, List<SubscribedSku> skus)
    {
        string? given = section.Text("userPrincipalName");
        DateTimeOffset? deleted = section.Time("deletedDateTime");
        string name = given ?? UnnamedAs(section);
        int at = name.LastIndexOf('@');
        if (at < 1 || !_domains.Exists(domain => domain.Name.Equals(name[(at + 1)..], StringComparison.OrdinalIgnoreCase)))
            throw section.Fault("userPrincipalName", $"'{name}' does not end in one of the domains");
        bool? synced = section.Flag("onPremisesSyncEnabled");
        var user = new User
        {
            Id = NewId(section, deleted is null ? "user" : "deletedUser", "userPrincipalName", name),
            UserPrincipalName = name,
            Unnamed = given is null,
            DisplayName = section.Text("displayName") ?? name[..at],
            GivenName = section.Text("givenName"),
            Surname = section.Text("surname"),
            JobTitle = section.Text("jobTitle"),
            Department = section.Text("department"),
            OfficeLocation = section.Text("officeLocation"),
            PreferredLanguage = section.Text("preferredLanguage"),
            UsageLocation = section.Text("usageLocation"),
            Mail = section.Text("mail"),
            MobilePhone = section.Text("mobilePhone"),
            BusinessPhones = section.Texts("businessPhones"),
            OtherMails = section.Texts("otherMails"),
            AccountEnabled = section.Flag("accountEnabled") ?? true,
            Guest = section.OneOf("userType", "Member", "Member", "Guest") == "Guest",
            CreationType = section.Text("creationType"),
            ExternalUserState = section.Text("externalUserState"),
            Identities = ReadIdentities(section),
            CreatedDateTime = section.Time("createdDateTime") ?? _now.AddYears(-1),
            LastPasswordChange = section.Time("lastPasswordChangeDateTime") ?? _now.AddDays(-60),
            LastSignIn = section.Time("lastSignInDateTime"),
            PasswordPolicies = section.Text("passwordPolicies"),
            OnPremisesSyncEnabled = synced,
            OnPremises = ReadOnPremises(section, synced == true, name),
            CloudManaged = section.Flag("isCloudManaged") ?? false,
            Licenses = section.Children("licenseDetails").Select(license => ReadLicense(license, skus)).ToList(),
            Methods = ReadMethods(section.Child("authentication")),
            About = section.Text("about"),
        };
        user = WithPasswords(section, user);
        if (user.BusinessPhones.Count > 1)
            throw section.Fault("businessPhones", "the service keeps one number");
        if (deleted is { } when)
            user = user.AsDeleted(when);
        AddPrincipal(section, "userPrincipalName", user.UserPrincipalName, user.Id);
        AddRoles(section, user.Id);
        section.Close();
        return user;
    }

    /// <summary>Somebody without a name needs an id to be found by; the tenant makes up a name that it never shows.</summary>
    private string UnnamedAs(FileSection section)
    {
        Guid id = section.Id("id") ?? throw section.Fault("userPrincipalName", "is required, or else an id");
        return $"{id:N}@{_domains.Find(domain => domain.IsInitial)!.Name}";
    }

    private static User WithPasswords(FileSection section, User user)
    {
        if (section.Text("password") is { } cloud)
            user = user with { CloudPassword = PasswordState.Of(cloud, forceChange: false) };
        if (section.Text("onPremisesPassword") is { } onPremises)
            user = user with { OnPremisesPassword = PasswordState.Of(onPremises, forceChange: false) };
        return user with
        {
            OnPremisesPasswordChange = user.Synced ? user.LastPasswordChange : null,
            OnPremisesHistory = section.Texts("onPremisesPasswordHistory")
                .Select(password => PasswordState.Of(password, forceChange: false)).ToList(),
            Resets = ReadResets(section.Child("resets")),
            OriginatedInExternalService = section.Flag("originatedInExternalService") ?? false,
        };
    }

    private static ResetScript? ReadResets(FileSection? section)
    {
        if (section is null)
            return null;
        var script = new ResetScript(
            Enum.Parse<ResetEnding>(section.OneOf("outcome", "succeeded", ResetScript.Outcomes), ignoreCase: true))
        {
            Detail = section.Text("statusDetail"),
            Seconds = section.Seconds("seconds"),
            HalfDoneIsFailure = section.OneOf("status", "succeeded", "succeeded", "failed") == "failed",
        };
        section.Close();
        return script;
    }

    private void AddRoles(FileSection section, Guid principal)
    {
        foreach (string name in section.Texts("roles"))
        {
            Role role = FindRole(section, "roles", name);
            _assignments.Add(RoleAssignment.Of(role.Id, principal));
        }
    }

    private Role FindRole(FileSection section, string property, string name) =>
        (Guid.TryParse(name, out Guid id) ? Roles.Find(id) : Roles.Find(name))
        ?? _customRoles.Find(role => role.Id == id || role.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw section.Fault(property, $"'{name}' is no built-in role known here, nor one of roleDefinitions");

    private Role ReadCustomRole(FileSection section)
    {
        string name = section.RequiredText("displayName");
        if (Roles.Find(name) is not null)
            throw section.Fault("displayName", $"'{name}' is a built-in role");
        var role = new Role(NewId(section, "roleDefinition", "displayName", name), name, AdministrativeUnitScope: true)
        {
            BuiltIn = false,
            Enabled = section.Flag("isEnabled") ?? true,
            Actions = section.Texts("allowedResourceActions"),
        };
        section.Close();
        return role;
    }

    private static List<UserIdentity>? ReadIdentities(FileSection section)
    {
        IReadOnlyList<FileSection> sections = section.Children("identities");
        if (sections.Count == 0)
            return null;
        return sections.Select(identity =>
        {
            var read = new UserIdentity(
                identity.OneOf("signInType", "federated", "emailAddress", "userName", "federated", "userPrincipalName"),
                identity.RequiredText("issuer"), identity.Text("issuerAssignedId"));
            identity.Close();
            return read;
        }).ToList();
    }

    private OnPremisesAccount? ReadOnPremises(FileSection section, bool synced, string name)
    {
        var account = new OnPremisesAccount
        {
            ImmutableId = section.Text("onPremisesImmutableId"),
            DomainName = section.Text("onPremisesDomainName"),
            SamAccountName = section.Text("onPremisesSamAccountName"),
            UserPrincipalName = section.Text("onPremisesUserPrincipalName") ?? (synced ? name : null),
            DistinguishedName = section.Text("onPremisesDistinguishedName"),
            SecurityIdentifier = section.Text("onPremisesSecurityIdentifier"),
            LastSync = section.Time("onPremisesLastSyncDateTime") ?? (synced ? _now.AddMinutes(-20) : null),
        };
        return account == new OnPremisesAccount() ? null : account;
    }

    private static License ReadLicense(FileSection section, List<SubscribedSku> skus)
    {
        Product product = Owned(section, "skuPartNumber", skus);
        Guid[] disabled = section.Texts("disabledPlans")
            .Select(name => product.Plans.FirstOrDefault(plan => plan.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Id
                ?? throw section.Fault("disabledPlans", $"'{name}' is no plan of {product.PartNumber}"))
            .ToArray();
        section.Close();
        return new License(product.SkuId, disabled);
    }

    private static MethodSet ReadMethods(FileSection? section)
    {
        if (section is null)
            return MethodSet.None;
        var methods = new MethodSet
        {
            Preferred = section.OneOf(
                "userPreferredMethodForSecondaryAuthentication", "none",
                "push", "oath", "voiceMobile", "voiceAlternateMobile", "voiceOffice", "sms", "none"),
        };
        foreach (FileSection phone in section.Children("phoneMethods"))
            methods = WithPhone(methods, phone);
        if (methods.AlternateMobile is not null && methods.Mobile is null)
            throw section.Fault("phoneMethods", "alternateMobile needs mobile beside it");
        foreach (FileSection email in section.Children("emailMethods"))
        {
            string address = email.RequiredText("emailAddress");
            if (methods.Email is not null)
                throw email.Fault("a user has at most one email method");
            if (!EmailMethods.IsAddress(address))
                throw email.Fault("emailAddress", "must be a mail address");
            methods = methods with { Email = address };
            email.Close();
        }
        methods = methods with { Others = section.Children("methods").Select(ReadOther).ToList() };
        section.Close();
        return methods;
    }

    private static MethodSet WithPhone(MethodSet methods, FileSection section)
    {
        string type = section.RequiredText("phoneType");
        if (!PhoneMethods.TryKind(type, out PhoneKind kind))
            throw section.Fault("phoneType", $"must be mobile, alternateMobile or office, not '{type}'");
        string number = section.RequiredText("phoneNumber");
        if (!PhoneMethods.IsNumber(number))
            throw section.Fault("phoneNumber", "must be a country code, a blank and a number, such as +1 4255550100");
        if (methods.Phone(kind) is not null)
            throw section.Fault("phoneType", $"'{type}' occurs twice");
        string state = section.OneOf(
            "smsSignInState", "notEnabled", "notSupported", "notAllowedByPolicy", "notEnabled", "phoneNumberNotUnique", "ready",
            "notConfigured");
        section.Close();
        methods = methods.WithPhone(kind, number);
        return kind == PhoneKind.Mobile ? methods with { SmsSignInState = state } : methods;
    }

    private static OtherMethod ReadOther(FileSection section)
    {
        const string prefix = "#microsoft.graph.";
        const string suffix = "AuthenticationMethod";
        string type = section.RequiredText("@odata.type");
        if (!type.StartsWith(prefix, StringComparison.Ordinal) || !type.EndsWith(suffix, StringComparison.Ordinal)
            || type.Length <= prefix.Length + suffix.Length)
            throw section.Fault("@odata.type", "must be such as #microsoft.graph.microsoftAuthenticatorAuthenticationMethod");
        string name = type[prefix.Length..^suffix.Length];
        if (name is "password" or "phone" or "email")
            throw section.Fault("@odata.type", "phone numbers, mail addresses and passwords have their own places");
        var method = new OtherMethod(
            name, section.Text("id")
                ?? IdOf("method", section.Path).ToString(), section.Text("displayName"), section.Time("createdDateTime"));
        section.Close();
        return method;
    }

    private Application ReadApplication(FileSection section)
    {
        string name = section.RequiredText("displayName");
        Guid? given = section.Id("appId");
        Guid appId = given ?? IdOf("appId", name);
        if (!_ids.Add(appId))
        {
            throw given is null
                ? section.Fault("displayName", $"'{name}' occurs twice")
                : section.Fault("appId", $"{appId} is the id of another object too");
        }
        bool publicClient = section.Flag("isFallbackPublicClient") ?? false;
        List<AppSecret> secrets = section.Children("passwordCredentials").Select(ReadSecret).ToList();
        bool certificate = section.Flag("certificate") ?? false;
        if (secrets.Count == 0 && !publicClient && !certificate)
            secrets.Add(new AppSecret(RandomNumberGenerator.GetHexString(40), _now.AddYears(1)));
        var application = new Application
        {
            AppId = appId,
            ObjectId = IdOf("application", name),
            ServicePrincipalId = NewId(section, "servicePrincipal", "displayName", name),
            DisplayName = name,
            Enabled = section.Flag("accountEnabled") ?? true,
            PublicClient = publicClient,
            Secrets = secrets,
            WantsCertificate = certificate,
            Permissions = ReadPermissions(section, "permissions"),
            DelegatedPermissions = ReadPermissions(section, "delegatedPermissions"),
            About = section.Text("about"),
        };
        AddPrincipal(section, "displayName", name, application.ServicePrincipalId);
        AddRoles(section, application.ServicePrincipalId);
        section.Close();
        return application;
    }

    private AppSecret ReadSecret(FileSection section)
    {
        var secret = new AppSecret(
            section.Text("secretText") ?? RandomNumberGenerator.GetHexString(40), section.Time("endDateTime") ?? _now.AddYears(1));
        section.Close();
        return secret;
    }

    private static IReadOnlyList<string> ReadPermissions(FileSection section, string property)
    {
        IReadOnlyList<string> names = section.Texts(property);
        string? unknown = names.FirstOrDefault(name => !Permissions.Known.Contains(name));
        return unknown is null ? names : throw section.Fault(property, $"'{unknown}' opens no route of this tenant");
    }

    private List<Group> ReadGroups(FileSection root)
    {
        IReadOnlyList<FileSection> sections = root.Children("groups");
        // All names first: a group may be a member of one that stands before it.
        var ids = new List<Guid>();
        foreach (FileSection section in sections)
        {
            string name = section.RequiredText("displayName");
            Guid id = NewId(section, "group", "displayName", name);
            AddPrincipal(section, "displayName", name, id);
            ids.Add(id);
        }
        return sections.Select((section, index) =>
        {
            var group = new Group
            {
                Id = ids[index],
                DisplayName = section.RequiredText("displayName"),
                Description = section.Text("description"),
                AssignableToRole = section.Flag("isAssignableToRole") ?? false,
                SecurityEnabled = section.Flag("securityEnabled") ?? true,
                MailEnabled = section.Flag("mailEnabled") ?? false,
                HiddenMembership = section.OneOf("visibility", "Public", "Public", "Private", "HiddenMembership") == "HiddenMembership",
                Members = Principals(section, "members"),
                Owners = Principals(section, "owners"),
            };
            section.Close();
            return group;
        }).ToList();
    }

    private List<Guid> Principals(FileSection section, string property) =>
        section.Texts(property).Select(name => Principal(section, property, name)).ToList();

    private Guid Principal(FileSection section, string property, string name) =>
        _principals.TryGetValue(name, out Guid id)
            ? id
            : throw section.Fault(property, $"'{name}' is no user, group or application of this file");

    private AdministrativeUnit ReadUnit(FileSection section)
    {
        string name = section.RequiredText("displayName");
        var unit = new AdministrativeUnit
        {
            Id = NewId(section, "administrativeUnit", "displayName", name),
            DisplayName = name,
            Description = section.Text("description"),
            Restricted = section.Flag("isMemberManagementRestricted") ?? false,
            Members = Principals(section, "members"),
        };
        if (!_units.TryAdd(name, unit.Id))
            throw section.Fault("displayName", $"'{name}' occurs twice");
        section.Close();
        return unit;
    }

    private (Guid Principal, Role Role, string Scope) ReadRole(FileSection section)
    {
        Guid principal = Principal(section, "principal", section.RequiredText("principal"));
        Role role = FindRole(section, "role", section.RequiredText("role"));
        string scope = section.Text("directoryScopeId") ?? RoleAssignment.TenantScope;
        if (section.Text("administrativeUnit") is { } unit)
        {
            if (scope != RoleAssignment.TenantScope)
                throw section.Fault("administrativeUnit", "and directoryScopeId exclude each other");
            scope = RoleAssignment.UnitScope
                + (_units.TryGetValue(unit, out Guid id)
                    ? id : throw section.Fault("administrativeUnit", $"'{unit}' is no administrative unit of this file"));
        }
        var assignment = new RoleAssignment("", principal, role.Id, scope);
        if (!assignment.TenantWide && assignment.Unit is null && !(scope.StartsWith('/') && Guid.TryParse(scope.AsSpan(1), out _)))
            throw section.Fault("directoryScopeId", "must be /, /administrativeUnits/{id} or /{object id}");
        if (assignment.Unit is { } scoped && !_units.ContainsValue(scoped))
            throw section.Fault("directoryScopeId", "names no administrative unit of this file");
        if (assignment.Unit is not null && !role.AdministrativeUnitScope)
            throw section.Fault("role", $"{role.Name} cannot be assigned over one administrative unit");
        return (principal, role, scope);
    }

    private RoleAssignment ReadAssignment(FileSection section)
    {
        (Guid principal, Role role, string scope) = ReadRole(section);
        RoleAssignment assignment = RoleAssignment.Of(role.Id, principal, scope) with
        {
            Activated = section.OneOf("assignmentType", "Assigned", "Assigned", "Activated") == "Activated",
            Start = section.Time("startDateTime"),
            End = section.Time("endDateTime"),
        };
        section.Close();
        return assignment;
    }

    private RoleEligibility ReadEligibility(FileSection section)
    {
        (Guid principal, Role role, string scope) = ReadRole(section);
        var eligibility = new RoleEligibility(
            RoleAssignment.MakeId(role.Id, principal, scope) + "-e", principal, role.Id, scope,
            section.Time("startDateTime") ?? _now.AddDays(-1), section.Time("endDateTime"), IdOf("schedule", section.Path));
        section.Close();
        return eligibility;
    }

    private static Policies ReadPolicies(FileSection? section)
    {
        var policies = new Policies();
        if (section is null)
            return policies;
        if (section.Child("authorizationPolicy") is { } authorization)
        {
            policies = policies with { AllowedToUseSspr = authorization.Flag("allowedToUseSSPR") ?? true };
            authorization.Close();
        }
        if (section.Child("authenticationMethodsPolicy") is { } methods)
        {
            policies = policies with
            {
                MigrationState = methods.OneOf(
                    "policyMigrationState", policies.MigrationState, "preMigration", "migrationInProgress", "migrationComplete"),
            };
            foreach (FileSection configuration in methods.Children("authenticationMethodConfigurations"))
                policies = WithMethod(policies, configuration);
            methods.Close();
        }
        section.Close();
        return policies;
    }

    private static Policies WithMethod(Policies policies, FileSection section)
    {
        string id = section.RequiredText("id");
        bool enabled = section.OneOf("state", "disabled", "enabled", "disabled") == "enabled";
        section.Close();
        return policies.Methods.Any(method => method.Id.Equals(id, StringComparison.OrdinalIgnoreCase))
            ? policies with
            {
                Methods = policies.Methods
                    .Select(method => method.Id.Equals(id, StringComparison.OrdinalIgnoreCase)
                        ? method with { Enabled = enabled } : method).ToList(),
            }
            : throw section.Fault(
                "id", $"'{id}' is no method of the policy: {string.Join(", ", policies.Methods.Select(method => method.Id))}");
    }

    private static SyncFeatures ReadFeatures(FileSection? section)
    {
        var standard = new SyncFeatures();
        if (section?.Child("features") is not { } features)
        {
            section?.Close();
            return standard;
        }
        var read = new SyncFeatures
        {
            PasswordSync = features.Flag("passwordSyncEnabled") ?? standard.PasswordSync,
            CloudPasswordPolicyForPasswordSyncedUsers =
                features.Flag("cloudPasswordPolicyForPasswordSyncedUsersEnabled") ?? standard.CloudPasswordPolicyForPasswordSyncedUsers,
            UserForcePasswordChangeOnLogon =
                features.Flag("userForcePasswordChangeOnLogonEnabled") ?? standard.UserForcePasswordChangeOnLogon,
            BypassDirSyncOverrides = features.Flag("bypassDirSyncOverridesEnabled") ?? standard.BypassDirSyncOverrides,
        };
        features.Close();
        section.Close();
        return read;
    }
}
