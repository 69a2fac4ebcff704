using System.Collections.Generic;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks;

/// <summary>What was read about the tenant to say whether self-service password reset will work for its users.</summary>
internal record TenantFacts : OrganizationFacts
{
    public required Reading<IReadOnlyList<Subscription>> Subscriptions { get; init; }

    public required Reading<bool?> AdministratorSspr { get; init; }

    public required Reading<AuthenticationMethodsPolicy> Methods { get; init; }
}
