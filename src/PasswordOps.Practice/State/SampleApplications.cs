using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Practice.State;

/// <summary>The applications that every generated tenant has.</summary>
internal static class SampleApplications
{
    private static readonly string[] s_reading =
    [
        "User.Read.All", "UserAuthenticationMethod.Read.All", "UserAuthMethod-Phone.Read.All", "UserAuthMethod-Email.Read.All",
        "UserAuthMethod-Password.Read.All", "Directory.Read.All", "Organization.Read.All", "Domain.Read.All", "Policy.Read.All",
        "Policy.Read.AuthenticationMethod", "RoleManagement.Read.Directory", "RoleEligibilitySchedule.Read.Directory",
        "RoleAssignmentSchedule.Read.Directory", "AuditLog.Read.All",
        "LicenseAssignment.Read.All", "AdministrativeUnit.Read.All", "Application.Read.All",
    ];

    private static readonly string[] s_everything =
    [
        .. s_reading, "User.ReadWrite.All", "User-PasswordProfile.ReadWrite.All", "User-Phone.ReadWrite.All", "User-Mail.ReadWrite.All",
        "User.EnableDisableAccount.All", "User.RevokeSessions.All", "UserAuthenticationMethod.ReadWrite.All",
        "UserAuthMethod-Phone.ReadWrite.All", "UserAuthMethod-Email.ReadWrite.All", "User-OnPremisesSyncBehavior.ReadWrite.All",
    ];

    private static readonly string[] s_delegated =
        ["User.Read", .. s_everything, "UserAuthMethod-Password.ReadWrite.All", "OnPremDirectorySynchronization.Read.All"];

    internal static IReadOnlyList<Application> Make(SeededRandom random, DateTimeOffset today)
    {
        Application App(string name, string about, string[] permissions, bool certificate = false, int secretDays = 365) => new()
        {
            AppId = random.Guid(),
            ObjectId = random.Guid(),
            ServicePrincipalId = random.Guid(),
            DisplayName = name,
            About = about,
            Permissions = permissions,
            Secrets = [new AppSecret(random.Secret(), today.AddDays(secretDays))],
            WantsCertificate = certificate,
        };

        return
        [
            App(Full, "every permission, Privileged Authentication Administrator", s_everything, certificate: true),
            App("PasswordOps reader", "reads only, no role", s_reading),
            App("PasswordOps no role", "every permission, no role", s_everything),
            App(Helpdesk, "every permission, Helpdesk Administrator", s_everything),
            App("PasswordOps expired", "its secret has expired", s_everything, secretDays: -1),
            new Application
            {
                AppId = random.Guid(), ObjectId = random.Guid(), ServicePrincipalId = random.Guid(), DisplayName = "PasswordOps",
                About = "signs people in", PublicClient = true, DelegatedPermissions = s_delegated,
            },
        ];
    }

    internal static IEnumerable<RoleAssignment> RoleAssignments(IReadOnlyList<Application> applications) =>
        [Holds(applications, Full, Roles.PrivilegedAuthenticationAdministrator), Holds(
            applications, Helpdesk, Roles.HelpdeskAdministrator)];

    private const string Full = "PasswordOps full";
    private const string Helpdesk = "PasswordOps helpdesk";

    private static RoleAssignment Holds(IReadOnlyList<Application> applications, string name, Role role)
    {
        Guid principal = applications.First(application => application.DisplayName == name).ServicePrincipalId;
        return RoleAssignment.Of(role.Id, principal);
    }
}
