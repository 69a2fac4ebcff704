using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Contacts;
using PasswordOps.Core.Passwords;

namespace PasswordOps;

/// <summary>
/// Takes a run over contact data back by its journal, whole or in part: each value returns to what it was, where the run's own still
/// stands.
/// </summary>
[Cmdlet(VerbsData.Restore, "SsprContactData", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(SsprContactResult), typeof(SsprContactRun), typeof(SsprContactPlan))]
[RequiresPermission(
    "users.read", "phones.read", "emails.read", "phones.write", "emails.write", "profile.phones.write", "profile.mails.write", "roles.read",
    "memberships.read", "groups.read", "units.read")]
public sealed class RestoreSsprContactDataCommand : ContactCmdlet
{
    private readonly List<string> users = new();
    private SealingCertificate? recipient;

    /// <summary>Journal of the run to take back.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Journal { get; set; } = string.Empty;

    /// <summary>Users to restrict it to; without it everybody whom the run changed.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("UserPrincipalName", "UPN", "ObjectId", "Id")]
    [IdentityTransformation]
    [ValidateNotNullOrEmpty]
    public string[] Identity { get; set; } = Array.Empty<string>();

    /// <summary>Fields to restrict it to; without it all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ContactField[] Field { get; set; } = Array.Empty<ContactField>();

    /// <summary>Certificate with the private key that opens the journal's values: certificate object, thumbprint or PFX file.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Certificate { get; set; }

    /// <summary>Password of the certificate's file.</summary>
    [Parameter]
    public SecureString? CertificatePassword { get; set; }

    /// <summary>File for this run's own journal; without it a new one in the account's own folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NewJournal { get; set; }

    /// <summary>Certificate that opens the values of this run's own journal: file, thumbprint, subject or certificate object.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? ProtectTo { get; set; }

    /// <summary>Take the others back although some cannot be, since somebody changed them since for example.</summary>
    [Parameter]
    public SwitchParameter SkipInvalid { get; set; }

    /// <summary>Show values in plans as they are instead of masked.</summary>
    [Parameter]
    public SwitchParameter ShowValues { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        recipient = JournalRecipient(ProtectTo);
    }

    /// <inheritdoc/>
    private protected override void Process() => users.AddRange(Identity);

    /// <inheritdoc/>
    private protected override void Finish()
    {
        // An empty pipeline restricts it to nobody, which must not become everybody.
        if (users.Count == 0 && MyInvocation.ExpectingInput)
        {
            return;
        }

        string file = GetUnresolvedProviderPathFromPSPath(Journal);
        IJournalFiles files = Adapters.JournalFiles();
        using ContactJournal journal = new(
            files.Open(file, Certificates.WithKey(this, Certificate, CertificatePassword)), SystemClock.Instance);
        ContactUndo undo = new(journal, users, Field);
        undo.RequireTenant(Session.Context.TenantId);
        if (files.IsInUse(file))
        {
            WriteWarning(Text.Of($"A process is working at the run of {undo.Name}: what it writes from now on is not taken back."));
        }

        IReadOnlyCollection<ContactField> fields = Await(stop => Task.Run(() => undo.Fields(), stop));
        if (fields.Count == 0)
        {
            WriteWarning(
                (users.Count + Field.Length > 0
                    ? Text.Of($"{undo.Name} tells of no write to these users and fields.")
                    : Text.Of($"{undo.Name} tells of no write at all."))
                + (journal.HasPlan ? string.Empty : " " + Text.Of($"The plan of its run is not complete, so nothing was sent."))
                + " " + Text.Of($"There is nothing to take back."));
            return;
        }

        CarryOut(new ContactTask
        {
            Source = undo, Fields = fields, Title = undo.Name, Caption = Text.Of($"Take contact data back"),
            Options = new ContactOptions { Target = undo.Target, SkipsInvalid = SkipInvalid, ShowsValues = ShowValues },
            Journal = NewJournal is not null ? GetUnresolvedProviderPathFromPSPath(NewJournal)
                : IsWhatIf ? null : JournalPlace.New("restore-" + undo.Name, SystemClock.Instance.UtcNow),
            KeepsEmptyJournal = NewJournal is not null,
            ProtectTo = recipient,
            WhenInvalid = Text.Of($"Leave those that the errors name, or add -SkipInvalid to restore the others."),
            Again = Text.Of($"Restore again, with another -NewJournal: what is back stays so."),
        });
    }
}
