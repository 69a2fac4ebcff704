using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;

namespace PasswordOps;

/// <summary>Says whether self-service password reset will work, for the tenant or for users: verdict, evidence, and what to do.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SsprReadiness", DefaultParameterSetName = UserSet)]
[OutputType(typeof(SsprReadiness), typeof(SsprCheck))]
[RequiresPermission(
    "users.read", "phones.read", "emails.read", "licenses.read", "registrations.read", "roles.read", "memberships.read", "units.read",
    "groups.read", "groupMembers.read", "organization.read", "domains.read", "products.read", "subscriptions.read",
    "authorizationPolicy.read", "methodsPolicy.read", "syncFeatures.read", "audits.read")]
public sealed class TestSsprReadinessCommand : ConnectedCmdlet, IHasLanguage
{
    private const string UserSet = "User";
    private const string GroupSet = "Group";
    private const string AllSet = "All";

    private readonly List<UserIdentity> users = new();

    /// <summary>Users to check: user principal name, object id, user object or row of a sheet. Without it the tenant is checked.</summary>
    [Parameter(ParameterSetName = UserSet, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("UserPrincipalName", "UPN", "ObjectId", "Id")]
    [IdentityTransformation]
    [ValidateNotNullOrEmpty]
    public string[]? Identity { get; set; }

    /// <summary>Object id or display name of a group, whose users are checked, also those of groups inside it.</summary>
    [Parameter(ParameterSetName = GroupSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Group { get; set; } = string.Empty;

    /// <summary>Every user of the tenant.</summary>
    [Parameter(ParameterSetName = AllSet, Mandatory = true)]
    public SwitchParameter All { get; set; }

    /// <summary>Give the single checks instead of the reports.</summary>
    [Parameter]
    public SwitchParameter Detail { get; set; }

    /// <summary>Only users, or with -Detail checks, for which the answer is not a plain yes.</summary>
    [Parameter]
    public SwitchParameter FailedOnly { get; set; }

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
        if (All)
        {
            Await(stop => readiness.CheckAllAsync(report => Send(() => Write(report, isOneOfMany: true)), Progress, stop));
        }
        else if (ParameterSetName == GroupSet)
        {
            Await(stop => readiness.CheckGroupAsync(Group, (user, report) => Emit(user, report, isOneOfMany: true), Progress, stop));
        }
        else if (Identity is null && !MyInvocation.ExpectingInput)
        {
            Write(Await(readiness.CheckTenantAsync), isOneOfMany: false);
        }
        else if (users.Count > 0)
        {
            Await(stop => readiness.CheckUsersAsync(users, (user, report) => Emit(user, report, users.Count > 1), Progress, stop));
        }
    }

    private void Emit(UserIdentity user, Reading<ReadinessReport> report, bool isOneOfMany) => Send(() =>
    {
        if (report.IsKnown)
        {
            Write(report.Value, isOneOfMany);
        }
        else
        {
            WriteError(Errors.Record(report.Error!, user.Value));
        }
    });

    private void Write(ReadinessReport report, bool isOneOfMany)
    {
        if (FailedOnly && report.Verdict <= Verdict.Pass)
        {
            return;
        }

        if (!Detail)
        {
            WriteObject(new SsprReadiness(report, isOneOfMany));
            return;
        }

        foreach (CheckResult check in report.Checks.Where(check => !FailedOnly || check.Verdict > Verdict.Pass))
        {
            WriteObject(new SsprCheck(check, isOneOfMany));
        }
    }
}
