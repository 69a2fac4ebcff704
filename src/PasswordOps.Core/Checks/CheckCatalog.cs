using System.Collections.Generic;
using PasswordOps.Core.Checks.Contact;
using PasswordOps.Core.Checks.License;
using PasswordOps.Core.Checks.Policy;
using PasswordOps.Core.Checks.Role;
using PasswordOps.Core.Checks.Source;

namespace PasswordOps.Core.Checks;

/// <summary>The readiness checks in the order in which they are shown.</summary>
internal static class CheckCatalog
{
    public static IReadOnlyList<Check<TenantFacts>> Tenant { get; } = new Check<TenantFacts>[]
    {
        new CallerRoleCheck(),
        new TenantLicenseCheck(),
        new WritebackLicenseCheck(),
        new DirectorySyncCheck(),
        new FederatedDomainsCheck(),
        new AdministratorSsprCheck(),
        new AdministratorGatesCheck(),
        new MethodsPolicyCheck(),
        new PasswordExpiryCheck(),
        new CloudLimitsCheck(),
    };

    public static IReadOnlyList<Check<UserFacts>> User { get; } = new Check<UserFacts>[]
    {
        new AdministratorCheck(),
        new UserLicenseCheck(),
        new UserSourceCheck(),
        new AccountStateCheck(),
        new SsprEnabledCheck(),
        new RegistrationCheck(),
        new ContactMethodsCheck(),
        new ContactFormatCheck(),
    };
}
