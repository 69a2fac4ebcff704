using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Passwords;

namespace PasswordOps;

/// <summary>
/// Sets, clears or leaves the contact data that self-service password reset uses, for one user or for a sheet of thousands.
/// </summary>
[Cmdlet(
    VerbsCommon.Set, "SsprContactData", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    DefaultParameterSetName = UserSet)]
[OutputType(typeof(SsprContactResult), typeof(SsprContactRun), typeof(SsprContactPlan))]
[RequiresPermission(
    "users.read", "phones.read", "emails.read", "phones.write", "emails.write", "profile.phones.write", "profile.mails.write", "roles.read",
    "memberships.read", "groups.read", "units.read")]
public sealed class SetSsprContactDataCommand : ContactInputCmdlet
{
    private SealingCertificate? recipient;

    /// <summary>File that keeps what is planned, sent and answered; a sheet without it gets a new one in the account's own
    /// folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Journal { get; set; }

    /// <summary>Go on with the run that the journal tells of; where there is no such file yet, begin.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Certificate that opens the journal's values: file, thumbprint, subject or certificate object, as Protect-CmsMessage takes
    /// it.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? ProtectTo { get; set; }

    /// <summary>Write the valid rows although others have errors.</summary>
    [Parameter]
    public SwitchParameter SkipInvalid { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        if (Resume && Journal is null)
        {
            throw new PasswordOpsException(
                "JournalNotGiven", ErrorKind.InvalidArgument,
                Text.Of($"-Resume goes on with the run that a journal tells of, and none is named."),
                Text.Of($"Name it with -Journal.") + " " + JournalPlace.Told(SheetPath));
        }

        recipient = JournalRecipient(ProtectTo);
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        if (HasNoInput)
        {
            return;
        }

        ContactTask task = Task(SkipInvalid);
        CarryOut(task with
        {
            Journal = Journal is not null ? GetUnresolvedProviderPathFromPSPath(Journal)
                : SheetPath is not null && !IsWhatIf ? JournalPlace.New(task.Source.Name, SystemClock.Instance.UtcNow)
                : null,
            KeepsEmptyJournal = Journal is not null,
            Resumes = Resume,
            ProtectTo = recipient,
        });
    }
}
