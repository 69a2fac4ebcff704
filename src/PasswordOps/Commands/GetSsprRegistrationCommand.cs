using System;
using System.Collections.Generic;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Registration;

namespace PasswordOps;

/// <summary>Reads who is enabled, registered and capable of self-service password reset, with which methods, and who is missing.</summary>
[Cmdlet(VerbsCommon.Get, "SsprRegistration", DefaultParameterSetName = UserSet)]
[OutputType(typeof(SsprRegistration), typeof(SsprRegistrationMeasure), typeof(SsprContactCandidate))]
[RequiresPermission(
    "registrations.read", "users.read", "groupMembers.read", "domains.read", "roles.read", "groups.read", "units.read",
    "eligibleRoles.read")]
public sealed class GetSsprRegistrationCommand : ConnectedCmdlet, IHasLanguage
{
    private const string UserSet = "User";
    private const string GroupSet = "Group";
    private const string AllSet = "All";
    private const string MeasureSet = "Measure";
    private const string PrepopulateSet = "Prepopulate";

    private readonly List<UserIdentity> users = new();

    /// <summary>Users: user principal name, object id, user object or row of a sheet.</summary>
    [Parameter(ParameterSetName = UserSet, Mandatory = true, Position = 0, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Alias("UserPrincipalName", "UPN", "ObjectId", "Id")]
    [IdentityTransformation]
    [ValidateNotNullOrEmpty]
    public string[] Identity { get; set; } = Array.Empty<string>();

    /// <summary>Object id or display name of a group, whose users are read, also those of groups inside it.</summary>
    [Parameter(ParameterSetName = GroupSet, Mandatory = true)]
    [Parameter(ParameterSetName = MeasureSet)]
    [Parameter(ParameterSetName = PrepopulateSet)]
    [ValidateNotNullOrEmpty]
    public string? Group { get; set; }

    /// <summary>Every user of the tenant.</summary>
    [Parameter(ParameterSetName = AllSet, Mandatory = true)]
    public SwitchParameter All { get; set; }

    /// <summary>Only users who are enabled and have still to register.</summary>
    [Parameter(ParameterSetName = UserSet)]
    [Parameter(ParameterSetName = GroupSet)]
    [Parameter(ParameterSetName = AllSet)]
    public SwitchParameter NotRegistered { get; set; }

    /// <summary>Read the names of roles too.</summary>
    [Parameter(ParameterSetName = UserSet)]
    [Parameter(ParameterSetName = GroupSet)]
    [Parameter(ParameterSetName = AllSet)]
    public SwitchParameter WithRoles { get; set; }

    /// <summary>Count users by department, domain or role instead of giving each; of a group or of everybody.</summary>
    [Parameter(ParameterSetName = MeasureSet, Mandatory = true)]
    public RegistrationDimension By { get; set; }

    /// <summary>
    /// Users who cannot reset yet and whose profile holds contact data in good form, as Set-SsprContactData takes it; of a group or of
    /// everybody. The values are in the objects as they are, and masked in the view.
    /// </summary>
    [Parameter(ParameterSetName = PrepopulateSet, Mandatory = true)]
    public SwitchParameter CanPrepopulate { get; set; }

    /// <summary>Language of the answer, en or nl; without it that of PowerShell ($PSUICulture).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LanguageCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Language { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (string user in Identity)
        {
            Attempt(user, () => users.Add(new UserIdentity(user)));
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        RegistrationReport report = new(Session, SystemClock.Instance);
        RegistrationOptions options = new()
        {
            OnlyNotRegistered = NotRegistered,
            WithRoles = WithRoles || (ParameterSetName == MeasureSet && By == RegistrationDimension.Role),
        };
        switch (ParameterSetName)
        {
            case PrepopulateSet:
                Await(stop => report.FindCandidatesAsync(
                    Group, candidate => Send(() => WriteObject(new SsprContactCandidate(candidate))), Progress, stop));
                break;
            case MeasureSet:
                Measure(report, options);
                break;
            case UserSet when users.Count > 0:
                Tell(Await(stop => report.ReadAsync(users, options, Emit, Progress, stop)));
                break;
            case GroupSet:
                Tell(Await(stop => report.ReadGroupAsync(Group!, options, row => Send(() => Write(row, true)), Progress, stop)));
                break;
            case AllSet:
                Tell(Await(stop => report.ReadAllAsync(options, row => Send(() => Write(row, true)), Progress, stop)));
                break;
        }
    }

    private void Measure(RegistrationReport report, RegistrationOptions options)
    {
        RegistrationTally tally = new();
        PasswordOpsException? problem = Await(stop => Group is null
            ? report.ReadAllAsync(options, tally.Add, Progress, stop)
            : report.ReadGroupAsync(Group, options, tally.Add, Progress, stop));
        foreach (RegistrationMeasure measure in tally.Measure(By))
        {
            WriteObject(new SsprRegistrationMeasure(measure));
        }

        Tell(problem);
    }

    /// <summary>Once, behind the rows, which are Unknown with the same reason.</summary>
    private void Tell(PasswordOpsException? problem)
    {
        if (problem is not null)
        {
            WriteError(Errors.Record(problem, null));
        }
    }

    private void Emit(UserIdentity user, Reading<RegistrationRow> row) => Send(() =>
    {
        if (row.IsKnown)
        {
            Write(row.Value, users.Count > 1);
        }
        else
        {
            WriteError(Errors.Record(row.Error!, user.Value));
        }
    });

    private void Write(RegistrationRow row, bool isOneOfMany) => WriteObject(new SsprRegistration(row, isOneOfMany));
}
