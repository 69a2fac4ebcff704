using System.Collections.Generic;
using PasswordOps.Core.Checks.Contact;
using PasswordOps.Core.Checks.License;
using PasswordOps.Core.Checks.Policy;
using PasswordOps.Core.Checks.Role;
using PasswordOps.Core.Checks.Source;
using PasswordOps.Core.Checks.Writeback;
using PasswordOps.Core.Checks.Writeback.Network;
using PasswordOps.Core.Checks.Writeback.Rights;
using PasswordOps.Core.Writeback;
using PasswordOps.Core.Writeback.Rights;
using PasswordOps.Core.Writeback.Chain;
using PasswordOps.Core.Writeback.Servers;
using PasswordOps.Core.Reset;

namespace PasswordOps.Core.Checks;

/// <summary>The checks in the order in which they are shown.</summary>
internal static class CheckCatalog
{
    private static readonly ICheck<OrganizationFacts>[] WithWriteback =
    {
        new WritebackLicenseCheck(), new DirectorySyncCheck(), new CallerLicenseCheck(),
    };

    private static readonly ICheck<OrganizationFacts>[] WithoutWriteback = { new CallerLicenseCheck() };

    public static IReadOnlyList<ICheck<WholeTenantFacts>> Tenant { get; } = new ICheck<WholeTenantFacts>[]
    {
        new CallerRoleCheck(),
        new CallerLicenseCheck(),
        new TenantLicenseCheck(),
        new LicenseCountCheck(),
        new WritebackLicenseCheck(),
        new ScopeCheck(),
        new MethodsPolicyCheck(),
        new AdministratorSsprCheck(),
        new AdministratorGatesCheck(),
        new DirectorySyncCheck(),
        new SyncFeaturesCheck(),
        new FederatedDomainsCheck(),
        new PasswordExpiryCheck(),
        new CloudLimitsCheck(),
        new EmergencyAccountsCheck(),
        new PolicyChangedCheck(),
        new TrialCheck(),
    };

    /// <summary>In the order in which a finding counts: of two that are as bad, the first is the one to mend first.</summary>
    public static IReadOnlyList<Check<UserFacts>> User { get; } = new Check<UserFacts>[]
    {
        new UserSourceCheck(),
        new AccountStateCheck(),
        new SsprEnabledCheck(),
        new ContactMethodsCheck(),
        new RegistrationCheck(),
        new UserLicenseCheck(),
        new ContactFormatCheck(),
        new AdministratorCheck(),
    };

    /// <summary>Before a reset, in the order in which a refusal counts: what makes it impossible for everybody comes first.</summary>
    public static IReadOnlyList<Check<ResetFacts>> Reset { get; } = new Check<ResetFacts>[]
    {
        new ResetSourceCheck(),
        new ResetRouteCheck(),
        new SelfCheck(),
        new CanResetCheck(),
        new ResetPermissionCheck(),
        new ResetAccountCheck(),
        new ResetLicenseCheck(),
    };

    /// <summary>Of the tenant and the caller, where a problem with resets is looked into.</summary>
    public static IReadOnlyList<ICheck<OrganizationFacts>> Symptoms { get; } = new ICheck<OrganizationFacts>[]
    {
        new CallerRoleCheck(), new CallerLicenseCheck(), new TenantLicenseCheck(), new WritebackLicenseCheck(), new DirectorySyncCheck(),
    };

    /// <summary>Of the tenant, before a reset.</summary>
    /// <param name="writesBack">Whether the reset has to reach Active Directory by writeback.</param>
    public static IReadOnlyList<ICheck<OrganizationFacts>> ResetTenant(bool writesBack) => writesBack ? WithWriteback : WithoutWriteback;

    /// <summary>Along the chain: of two that are as bad, the first is the cause.</summary>
    public static IReadOnlyList<Check<WritebackLog>> Writeback { get; } = new Check<WritebackLog>[]
    {
        new OnboardingCheck(),
        new ListenerCheck(),
        new RelayCheck(),
        new HeartbeatCheck(),
        new OperationErrorsCheck(),
        new ProofCheck(),
        new ExportCheck(),
    };

    /// <summary>Of a sync server, from what everything stands on to what a single password needs.</summary>
    public static IReadOnlyList<Check<ServerFacts>> Server { get; } = new Check<ServerFacts>[]
    {
        new ServerServiceCheck(),
        new ServerVersionCheck(),
        new ServerWritebackCheck(),
        new ServerStagingCheck(),
        new ServerSchedulerCheck(),
        new ServerTlsCheck(),
        new ServerClockCheck(),
        new ServerLdapCheck(),
        new ServerConnectorCheck(),
        new ServerRemoteSamCheck(),
        new ServerFrameworkCheck(),
        new ServerSystemCheck(),
        new ServerImpersonationCheck(),
        new ServerEvidenceCheck(),
    };

    /// <summary>Of a server with the provisioning agent of cloud sync.</summary>
    public static IReadOnlyList<Check<ServerFacts>> CloudSync { get; } = new Check<ServerFacts>[] { new CloudSyncAgentCheck() };

    /// <summary>Along the way to an endpoint: of two that are as bad, the first is the cause.</summary>
    public static IReadOnlyList<EndpointCheck> Endpoint { get; } = new EndpointCheck[]
    {
        new NameCheck(),
        new ProxyCheck(),
        new PortCheck(),
        new TlsCheck(),
        new CertificateCheck(),
        new AnswerCheck(),
        new RevocationCheck(),
        new LatencyCheck(),
        new GatewayCheck(),
        new IdleCheck(),
    };

    /// <summary>Of the connector account in a domain: of two that are as bad, the first is the cause.</summary>
    public static IReadOnlyList<ICheck<RightsFacts>> WritebackRights { get; } = new ICheck<RightsFacts>[]
    {
        new RightsAccountCheck(),
        new UserRightCheck("writeback.rights.resetPassword", DirectoryRight.ResetPassword),
        new UserRightCheck("writeback.rights.lockoutTime", DirectoryRight.WriteLockoutTime),
        new UserRightCheck("writeback.rights.pwdLastSet", DirectoryRight.WritePasswordLastSet),
        new UnexpireRightCheck(),
        new RightsTokenCheck(),
        new InetOrgPersonRightsCheck(),
        new UserInheritanceCheck(),
        new ProtectedUsersCheck(),
        new DescriptorsCheck(),
        new EntryOrderCheck(),
    };

    /// <summary>Of a domain controller and its domain.</summary>
    public static IReadOnlyList<Check<DomainFacts>> Domain { get; } = new Check<DomainFacts>[]
    {
        new DomainHintsCheck(),
        new DomainReadersCheck(),
        new DomainPolicyCheck(),
        new DomainFineGrainedCheck(),
        new DomainUnitsCheck(),
        new DomainClockCheck(),
    };

    /// <summary>Of one user whose password is to be written back.</summary>
    public static IReadOnlyList<Check<WrittenUser>> WrittenUser { get; } = new Check<WrittenUser>[]
    {
        new UserWrittenCheck(), new UserAccountCheck(), new UserPolicyCheck(), new UserNameCheck(),
    };
}
