using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Contacts;
using PasswordOps.Core.Passwords;

namespace PasswordOps;

/// <summary>Takes contact data away that self-service password reset uses: the fields that are named, or all.</summary>
[Cmdlet(
    VerbsCommon.Remove, "SsprContactData", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    DefaultParameterSetName = FieldSet)]
[OutputType(typeof(SsprContactResult), typeof(SsprContactRun), typeof(SsprContactPlan))]
[RequiresPermission(
    "users.read", "phones.read", "emails.read", "phones.write", "emails.write", "profile.phones.write", "profile.mails.write", "roles.read",
    "memberships.read", "groups.read", "units.read")]
public sealed class RemoveSsprContactDataCommand : ContactCmdlet
{
    private const string FieldSet = "Field";
    private const string AllSet = "All";

    private readonly List<ContactRequest> requests = new();
    private ContactField[] fields = Array.Empty<ContactField>();
    private SealingCertificate? recipient;

    /// <summary>Users: user principal name, object id, user object or row of a sheet.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("UserPrincipalName", "UPN", "ObjectId", "Id")]
    [IdentityTransformation]
    [ValidateNotNullOrEmpty]
    public string[] Identity { get; set; } = Array.Empty<string>();

    /// <summary>Fields to take away.</summary>
    [Parameter(ParameterSetName = FieldSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public ContactField[] Field { get; set; } = Array.Empty<ContactField>();

    /// <summary>Take every field away.</summary>
    [Parameter(ParameterSetName = AllSet, Mandatory = true)]
    public SwitchParameter All { get; set; }

    /// <summary>Where the values are kept: authentication methods (private, also for synced users) or the profile.</summary>
    [Parameter]
    public ContactTarget Target { get; set; } = ContactTarget.AuthenticationMethods;

    /// <summary>File that keeps what is planned, sent and answered, and the values that were there.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Journal { get; set; }

    /// <summary>Certificate that opens the journal's values: file, thumbprint, subject or certificate object, as Protect-CmsMessage takes
    /// it.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? ProtectTo { get; set; }

    /// <summary>Work on the others although some users cannot be done.</summary>
    [Parameter]
    public SwitchParameter SkipInvalid { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        fields = ParameterSetName == FieldSet
            ? Field
            : ((ContactField[])Enum.GetValues(typeof(ContactField)))
                .Where(field => Target != ContactTarget.Profile || field != ContactField.AlternateMobile).ToArray();
        recipient = JournalRecipient(ProtectTo);
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (string user in Identity)
        {
            requests.Add(new ContactRequest(user, Array.Empty<KeyValuePair<ContactField, string>>(), fields));
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        if (requests.Count > 0)
        {
            CarryOut(new ContactTask
            {
                Source = new ContactList("input", requests), Fields = fields, Caption = Text.Of($"Remove contact data"),
                Options = new ContactOptions { Target = Target, SkipsInvalid = SkipInvalid },
                Journal = Journal is null ? null : GetUnresolvedProviderPathFromPSPath(Journal), ProtectTo = recipient,
                WhenInvalid = Text.Of($"Leave the users out that the errors name, or add -SkipInvalid to work on the others."),
                Again = Text.Of($"Run the same again with another journal: what is gone stays so."),
            });
        }
    }
}
