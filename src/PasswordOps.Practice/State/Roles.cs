using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Practice.State;

/// <summary>A directory role, built in or of the tenant's own making.</summary>
internal sealed record Role(Guid Id, string Name, bool AdministrativeUnitScope)
{
    /// <summary>What holders may set a user's password by, whatever the role is called.</summary>
    internal const string UpdatePassword = "microsoft.directory/users/password/update";

    internal const string RevokeTokens = "microsoft.directory/users/invalidateAllRefreshTokens";

    public bool BuiltIn { get; init; } = true;

    /// <summary>A custom role that is switched off gives nobody anything.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>What a custom role allows. Of the built-in ones the tables know more than any list.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    public bool Allows(string action) => Enabled && Actions.Contains(action, StringComparer.OrdinalIgnoreCase);
}

/// <summary>The built-in directory roles, by template id and by name.</summary>
internal static class Roles
{
    private static readonly Dictionary<Guid, Role> s_byId = Load();

    private static readonly Dictionary<string, Role> s_byName =
        s_byId.Values.ToDictionary(role => role.Name, StringComparer.OrdinalIgnoreCase);

    internal static readonly Role GlobalAdministrator = Named("Global Administrator");
    internal static readonly Role PrivilegedAuthenticationAdministrator = Named("Privileged Authentication Administrator");
    internal static readonly Role AuthenticationAdministrator = Named("Authentication Administrator");
    internal static readonly Role UserAdministrator = Named("User Administrator");
    internal static readonly Role HelpdeskAdministrator = Named("Helpdesk Administrator");
    internal static readonly Role PasswordAdministrator = Named("Password Administrator");
    internal static readonly Role GlobalReader = Named("Global Reader");
    internal static readonly Role DirectoryReaders = Named("Directory Readers");
    internal static readonly Role DirectoryWriters = Named("Directory Writers");
    internal static readonly Role ReportsReader = Named("Reports Reader");
    internal static readonly Role SecurityReader = Named("Security Reader");
    internal static readonly Role SecurityOperator = Named("Security Operator");
    internal static readonly Role SecurityAdministrator = Named("Security Administrator");
    internal static readonly Role ApplicationAdministrator = Named("Application Administrator");
    internal static readonly Role CloudApplicationAdministrator = Named("Cloud Application Administrator");
    internal static readonly Role HybridIdentityAdministrator = Named("Hybrid Identity Administrator");
    internal static readonly Role PartnerTier1Support = Named("Partner Tier1 Support");
    internal static readonly Role PartnerTier2Support = Named("Partner Tier2 Support");
    internal static readonly Role GuestInviter = Named("Guest Inviter");
    internal static readonly Role MessageCenterReader = Named("Message Center Reader");

    internal static IReadOnlyCollection<Role> All => s_byId.Values;

    internal static Role? Find(Guid id) => s_byId.GetValueOrDefault(id);

    internal static Role? Find(string name) => s_byName.GetValueOrDefault(name);

    internal static Role Named(string name) => s_byName[name];

    private static Dictionary<Guid, Role> Load() =>
        Knowledge.Shared("roles").Skip(1)
            .Select(row => new Role(Guid.Parse(row[0]), row[1], row[3] == "Y"))
            .ToDictionary(role => role.Id);
}
