using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Reset;

namespace PasswordOps;

/// <summary>
/// Says whether an administrator may reset a user's password, by which route, and if not why and what is missing; or why people see what
/// they see.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "AadPasswordReset", DefaultParameterSetName = UserSet)]
[Alias("Test-EntraPasswordReset")]
[OutputType(typeof(PasswordResetAnswer), typeof(PasswordResetDiagnosis))]
[RequiresPermission(
    "users.read", "roles.read", "eligibleRoles.read", "memberships.read", "groups.read", "units.read", "organization.read", "domains.read",
    "products.read", "syncBehavior.read", "licenses.read", "registrations.read", "phones.read", "emails.read", "password.set",
    "password.reset")]
public sealed class TestAadPasswordResetCommand : ConnectedCmdlet, IHasLanguage
{
    private const string UserSet = "User";
    private const string AllSet = "All";
    private const string SymptomSet = "Symptom";

    private readonly List<(string Given, UserIdentity? User)> users = new();

    /// <summary>Users: user principal name, object id, user object or row of a sheet.</summary>
    [Parameter(ParameterSetName = UserSet, Mandatory = true, Position = 0, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = SymptomSet, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("UserPrincipalName", "UPN", "ObjectId", "Id")]
    [IdentityTransformation]
    [ValidateNotNullOrEmpty]
    public string[]? Identity { get; set; }

    /// <summary>All users of the tenant.</summary>
    [Parameter(ParameterSetName = AllSet, Mandatory = true)]
    public SwitchParameter All { get; set; }

    /// <summary>What somebody sees; the answer is its cause and what to do.</summary>
    [Parameter(ParameterSetName = SymptomSet, Mandatory = true)]
    public ResetSymptom Symptom { get; set; }

    /// <summary>Another administrator for whom the question is asked; without it the account that is signed in.</summary>
    [Parameter]
    [IdentityTransformation]
    [ValidateNotNullOrEmpty]
    public string? AsUser { get; set; }

    /// <summary>Where the reset would be carried out: in Microsoft Entra ID, or on a domain controller of the user's domain.</summary>
    [Parameter(ParameterSetName = UserSet)]
    [Parameter(ParameterSetName = AllSet)]
    public ResetVia Via { get; set; } = ResetVia.Entra;

    /// <summary>Only users for whom the answer is not a plain yes.</summary>
    [Parameter(ParameterSetName = UserSet)]
    [Parameter(ParameterSetName = AllSet)]
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
            Attempt(user, () => users.Add((user, new UserIdentity(user))));
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        PasswordReset reset = new(Session, new ResetOptions { Via = Via }, SystemClock.Instance)
        {
            AsUser = AsUser is null ? null : new UserIdentity(AsUser),
        };
        if (ParameterSetName == SymptomSet)
        {
            Diagnose(reset);
            return;
        }

        ProgressRecorder read = new(Progress);
        IReadOnlyList<ResetPlan> plans = All
            ? Await(stop => reset.PlanAllAsync(read, stop))
            : users.Count == 0 ? Array.Empty<ResetPlan>()
            : Await(stop => reset.PlanAsync(users.Select(user => user.User!).ToArray(), stop));
        foreach (ResetPlan plan in plans.Where(plan => !FailedOnly || plan.Verdict != Core.Checks.Verdict.Pass))
        {
            WriteObject(new PasswordResetAnswer(plan, plans.Count > 1));
        }
    }

    private void Diagnose(PasswordReset reset)
    {
        if (users.Count == 0 && !MyInvocation.ExpectingInput)
        {
            WriteObject(new PasswordResetDiagnosis(Await(stop => reset.DiagnoseAsync(Symptom, null, stop))));
        }

        foreach ((string given, UserIdentity? user) in users)
        {
            Attempt(given, () => WriteObject(new PasswordResetDiagnosis(Await(stop => reset.DiagnoseAsync(Symptom, user, stop)))));
        }
    }

    /// <summary>Shows how many users have been read.</summary>
    private sealed class ProgressRecorder : IProgress<int>
    {
        private readonly IProgress<BulkProgress> progress;
        private readonly DateTimeOffset start = SystemClock.Instance.UtcNow;

        internal ProgressRecorder(IProgress<BulkProgress> progress)
        {
            this.progress = progress;
        }

        public void Report(int value)
        {
            double seconds = (SystemClock.Instance.UtcNow - start).TotalSeconds;
            progress.Report(new BulkProgress(Text.Of($"Reading users"), value, null, seconds > 0 ? value / seconds : 0, null));
        }
    }
}
