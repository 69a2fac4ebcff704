using System.Collections.Generic;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks;

/// <summary>What was read about one user, beside the tenant's facts.</summary>
internal sealed record UserFacts
{
    public required TenantFacts Tenant { get; init; }

    public required Reading<DirectoryUser> User { get; init; }

    public required Reading<Standing> Standing { get; init; }

    public required Reading<ContactData> Contact { get; init; }

    public required Reading<RegistrationDetail> Registration { get; init; }

    public required Reading<IReadOnlyList<LicenseDetail>> Licenses { get; init; }

    public UserSource Source => UserSource.Of(User.Value, Tenant.OwnDomains);
}
