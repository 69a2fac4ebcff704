using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Access;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks;

/// <summary>What was read about one user, beside the tenant's facts.</summary>
internal sealed record UserFacts
{
    private UserSource? source;

    public required TenantFacts Tenant { get; init; }

    public required Reading<DirectoryUser> User { get; init; }

    public required Reading<Standing> Standing { get; init; }

    /// <summary>Authentication methods; null where they were not read, since the registration report names them.</summary>
    public required Reading<ContactData>? Contact { get; init; }

    public required Reading<RegistrationDetail> Registration { get; init; }

    public required Reading<IReadOnlyList<LicenseDetail>> Licenses { get; init; }

    public UserSource Source => source ??= UserSource.Of(User.Value, Tenant.OwnDomains);

    /// <summary>
    /// True when the administrator policy answers the user: by the roles, or where these were not read by the report, which knows whether
    /// there is any; null when neither tells.
    /// </summary>
    public bool? IsUnderAdministratorPolicy =>
        Standing.IsKnown
            ? Standing.Value.Roles.Any(role => RoleCatalog.IsUnderAdministratorPolicy(role) == true) ? true
                : Standing.Value.Roles.Any(role => RoleCatalog.IsUnderAdministratorPolicy(role) is null) ? null
                : false
        : Registration.IsKnown && Registration.Value.IsAdmin == false ? false
        : null;
}
