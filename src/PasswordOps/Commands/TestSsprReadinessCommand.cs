using System;
using System.Collections.Generic;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;

namespace PasswordOps;

/// <summary>Says whether self-service password reset will work, for the tenant or for users: verdict, evidence, and what to do.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SsprReadiness")]
[OutputType(typeof(SsprReadiness))]
[RequiresPermission(
    "users.read", "phones.read", "emails.read", "licenses.read", "registrations.read", "roles.read", "memberships.read", "units.read",
    "organization.read", "domains.read", "products.read", "subscriptions.read", "authorizationPolicy.read", "methodsPolicy.read")]
public sealed class TestSsprReadinessCommand : ConnectedCmdlet, IHasLanguage
{
    private readonly List<UserIdentity> users = new();

    /// <summary>Users to check: user principal name, object id, user object or row of a sheet. Without it the tenant is checked.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("UserPrincipalName", "UPN", "ObjectId", "Id")]
    [IdentityTransformation]
    [ValidateNotNullOrEmpty]
    public string[]? Identity { get; set; }

    /// <summary>Language of the answer, en or nl; without it that of PowerShell ($PSUICulture).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LanguageCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Language { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (string user in Identity ?? Array.Empty<string>())
        {
            Attempt(user, () => users.Add(new UserIdentity(user)));
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        Readiness readiness = new(Session, SystemClock.Instance);
        if (Identity is null && !MyInvocation.ExpectingInput)
        {
            WriteObject(new SsprReadiness(Await(readiness.CheckTenantAsync)));
        }
        else if (users.Count > 0)
        {
            Await(stop => readiness.CheckUsersAsync(users, Emit, Progress, stop));
        }
    }

    private void Emit(UserIdentity user, Reading<ReadinessReport> report) => Send(() =>
    {
        if (report.IsKnown)
        {
            WriteObject(new SsprReadiness(report.Value));
        }
        else
        {
            WriteError(Errors.Record(report.Error!, user.Value));
        }
    });
}
