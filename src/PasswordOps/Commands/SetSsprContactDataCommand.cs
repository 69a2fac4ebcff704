using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Contacts;

namespace PasswordOps;

/// <summary>
/// Sets, clears or leaves the contact data that self-service password reset uses, for one user or for a sheet of thousands.
/// </summary>
[Cmdlet(
    VerbsCommon.Set, "SsprContactData", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    DefaultParameterSetName = UserSet)]
[OutputType(typeof(SsprContactResult), typeof(SsprContactPlan))]
[RequiresPermission(
    "users.read", "phones.read", "emails.read", "phones.write", "emails.write", "profile.phones.write", "profile.mails.write", "roles.read",
    "memberships.read", "groups.read", "units.read")]
public sealed class SetSsprContactDataCommand : ConnectedCmdlet
{
    private const string UserSet = "User";
    private const string SheetSet = "Sheet";

    private readonly List<ContactRequest> requests = new();
    private readonly HashSet<ContactField> fields = new();
    private string source = string.Empty;

    /// <summary>Users: user principal name, object id, user object or row of a sheet.</summary>
    [Parameter(
        ParameterSetName = UserSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("UserPrincipalName", "UPN", "ObjectId", "Id")]
    [IdentityTransformation]
    [ValidateNotNullOrEmpty]
    public string[] Identity { get; set; } = Array.Empty<string>();

    /// <summary>CSV file with one row a user; docs/contact-sheet.md tells its columns.</summary>
    [Parameter(ParameterSetName = SheetSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "FullName")]
    public string Path { get; set; } = string.Empty;

    /// <summary>Mobile phone; (clear) takes it away, nothing leaves it.</summary>
    [Parameter(ParameterSetName = UserSet, ValueFromPipelineByPropertyName = true)]
    [Alias("MobilePhone")]
    public string? Mobile { get; set; }

    /// <summary>Alternate mobile phone; (clear) takes it away, nothing leaves it.</summary>
    [Parameter(ParameterSetName = UserSet, ValueFromPipelineByPropertyName = true)]
    [Alias("AlternateMobilePhone")]
    public string? AlternateMobile { get; set; }

    /// <summary>Office phone; (clear) takes it away, nothing leaves it.</summary>
    [Parameter(ParameterSetName = UserSet, ValueFromPipelineByPropertyName = true)]
    [Alias("OfficePhone")]
    public string? Office { get; set; }

    /// <summary>Email address; (clear) takes it away, nothing leaves it.</summary>
    [Parameter(ParameterSetName = UserSet, ValueFromPipelineByPropertyName = true)]
    [Alias("AlternateEmail")]
    public string? Email { get; set; }

    /// <summary>Fields to take away.</summary>
    [Parameter(ParameterSetName = UserSet)]
    public ContactField[] Clear { get; set; } = Array.Empty<ContactField>();

    /// <summary>Where the values are kept: authentication methods (private, also for synced users) or the profile.</summary>
    [Parameter]
    public ContactTarget Target { get; set; } = ContactTarget.AuthenticationMethods;

    /// <summary>Write the valid rows although others have errors.</summary>
    [Parameter]
    public SwitchParameter SkipInvalid { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ParameterSetName == SheetSet)
        {
            ReadSheet(GetUnresolvedProviderPathFromPSPath(Path));
            return;
        }

        Dictionary<ContactField, string> values = new();
        Take(values, ContactField.Mobile, Mobile);
        Take(values, ContactField.AlternateMobile, AlternateMobile);
        Take(values, ContactField.Office, Office);
        Take(values, ContactField.Email, Email);
        fields.UnionWith(Clear);
        foreach (string user in Identity)
        {
            Attempt(user, () => requests.Add(new ContactRequest(user, values, Clear)));
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        if (requests.Count == 0)
        {
            return;
        }

        ContactUpdate update = new(Session, new ContactOptions { Target = Target }, SystemClock.Instance);
        ContactList rows = new(source, requests);
        CheckRights(update);
        ContactPlan plan = Await(stop => update.PlanAsync(rows, null, null, Progress, stop));
        WriteVerbose(plan.ToString());
        if (IsWhatIf)
        {
            ShouldProcess(Description(plan), string.Empty, "Set contact data");
            WriteObject(plan.Rows.Select(row => new SsprContactPlan(row)), enumerateCollection: true);
            return;
        }

        foreach (ContactPlanRow row in plan.Rows)
        {
            foreach (PasswordOpsException error in row.Errors)
            {
                WriteError(Errors.Record(error, row.User));
            }
        }

        if (!plan.IsValid && !SkipInvalid)
        {
            if (plan.Tally.Rows > 1)
            {
                throw RowsInvalid(plan);
            }
        }
        else if (Confirmed(() => ShouldProcess(Description(plan), Description(plan) + " Go on?", "Set contact data")))
        {
            Run(update, rows, plan);
        }
    }

    private void Run(ContactUpdate update, ContactList rows, ContactPlan plan)
    {
        HashSet<string?> told = new(plan.Rows.Where(row => !row.IsValid).Select(row => row.Errors[0].Message));
        Dictionary<ContactStatus, int> counts = new();
        int early = 0;
        Await(stop => update.RunAsync(rows, plan, null, result => Send(() => Show(result)), Progress, stop));
        WriteInformation(
            $"{source}{plan.Tally.Rows} {(plan.Tally.Rows == 1 ? "row" : "rows")}: "
                + string.Join(", ", counts.OrderBy(count => count.Key).Select(count => $"{count.Value} {count.Key}")),
            new[] { "PasswordOps.Summary" });
        if (early > 0)
        {
            throw RunIncomplete(early, plan.Tally.Rows);
        }

        void Show(ContactResult result)
        {
            counts[result.Status] = counts.TryGetValue(result.Status, out int count) ? count + 1 : 1;
            early += result is { Status: ContactStatus.NotSent, Error: null } ? 1 : 0;
            WriteObject(new SsprContactResult(result));
            if (result.Error is PasswordOpsException error && !told.Contains(error.Message))
            {
                WriteError(Errors.Record(error, result.User));
            }
        }
    }

    /// <summary>Asks for the caller's rights before anything is read; a plan alone is made without them, with a warning.</summary>
    private void CheckRights(ContactUpdate update)
    {
        try
        {
            update.RequireRights(fields);
        }
        catch (PasswordOpsException missing) when (IsWhatIf)
        {
            WriteWarning(missing.Message + " " + missing.Advice);
        }
    }

    private void ReadSheet(string file)
    {
        source = System.IO.Path.GetFileName(file) + ": ";
        Await(stop => Task.Run(
            () =>
            {
                using ISheet sheet = Adapters.SheetReader().Open(file, SheetOptions.Default);
                fields.UnionWith(sheet.Header.Where(column => column.Column is not null and not SheetColumn.Identity).Select(column => Field(column.Column!.Value)));
                foreach (SheetRow row in sheet.Rows())
                {
                    stop.ThrowIfCancellationRequested();
                    requests.Add(ContactRequest.Of(row));
                }
            },
            stop));
        if (requests.Count == 0)
        {
            throw new PasswordOpsException(
                "SheetEmpty", ErrorKind.InvalidData, source + "there is no row below the column names.",
                "Put one user on each line below them.");
        }
    }

    private void Take(Dictionary<ContactField, string> values, ContactField field, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            values[field] = value!;
            fields.Add(field);
        }
    }

    private string Description(ContactPlan plan)
    {
        ContactPlanRow first = plan.First!;
        return plan.Tally.Rows == 1
            ? $"{first.User}: {first.Summary}"
            : source + plan.ToString() + (Target == ContactTarget.Profile ? ". Into the profile." : ". Into authentication methods.");
    }

    private PasswordOpsException RowsInvalid(ContactPlan plan) => new(
        "RowsInvalid",
        ErrorKind.InvalidData,
        string.Format(
            CultureInfo.CurrentCulture, "{0}nothing was written: {1:N0} of {2:N0} rows have errors.", source,
            plan.Tally.Wrong, plan.Tally.Rows),
        "Mend the rows that the errors name, or add -SkipInvalid to write the others.");

    private PasswordOpsException RunIncomplete(int early, int all) => new(
        "RunIncomplete",
        ErrorKind.Connection,
        string.Format(
            CultureInfo.CurrentCulture,
            "{0}the run ended before {1:N0} of {2:N0} rows were sent: the service could not be reached any more.", source, early, all),
        "Run the same input again when the service answers: it writes only what differs.");

    private static ContactField Field(SheetColumn column) => column switch
    {
        SheetColumn.Mobile => ContactField.Mobile,
        SheetColumn.AlternateMobile => ContactField.AlternateMobile,
        SheetColumn.Office => ContactField.Office,
        _ => ContactField.Email,
    };
}
