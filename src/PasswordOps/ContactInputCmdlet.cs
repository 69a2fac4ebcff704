using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Contacts;

namespace PasswordOps;

/// <summary>Base of the cmdlets that take contact data as it should be: for one user, from the pipeline or from a sheet.</summary>
public abstract class ContactInputCmdlet : ContactCmdlet
{
    private protected const string UserSet = "User";
    private protected const string SheetSet = "Sheet";

    private readonly List<ContactRequest> requests = new();
    private readonly HashSet<ContactField> fields = new();
    private int inputs;
    private bool isToldOfNames;
    private SheetOptions sheetOptions = SheetOptions.Default;
    private Shard shard = Core.Bulk.Shard.All;

    private protected ContactInputCmdlet()
    {
    }

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

    /// <summary>Columns by heading, for headings that are not known or mean something else here; $null leaves the column out.</summary>
    [Parameter(ParameterSetName = SheetSet)]
    [ValidateNotNull]
    public IDictionary? ColumnMap { get; set; }

    /// <summary>Leave out every column whose heading is not known.</summary>
    [Parameter(ParameterSetName = SheetSet)]
    public SwitchParameter IgnoreOtherColumns { get; set; }

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

    /// <summary>Country that numbers without a country code belong to, such as NL; without it such numbers are refused.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CountryCompleter))]
    [ValidateNotNullOrEmpty]
    public string? DefaultCountry { get; set; }

    /// <summary>The part of the users to work on, such as 2/8: several processes share a sheet, each with its own part.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Shard { get; set; }

    /// <summary>Show values in plans as they are instead of masked.</summary>
    [Parameter]
    public SwitchParameter ShowValues { get; set; }

    /// <summary>True when nothing came from the pipeline.</summary>
    private protected bool HasNoInput => ParameterSetName == UserSet && requests.Count == 0;

    /// <summary>Full path of the sheet; null when there is none.</summary>
    private protected string? SheetPath => ParameterSetName == SheetSet ? GetUnresolvedProviderPathFromPSPath(Path) : null;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        shard = Shard is null ? Core.Bulk.Shard.All : Core.Bulk.Shard.Parse(Shard);
        if (DefaultCountry is not null)
        {
            _ = ContactCountry.Find(DefaultCountry);
        }

        sheetOptions = new SheetOptions { Columns = Columns(), IgnoresOthers = IgnoreOtherColumns };
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ParameterSetName == SheetSet)
        {
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
            // Numbered as they come, as the journal numbers them; one user who was given by parameter needs none.
            int? row = MyInvocation.ExpectingInput ? ++inputs : null;
            if (user == IdentityTransformationAttribute.NoUser && !isToldOfNames)
            {
                isToldOfNames = true;
                WriteWarning(
                    Text.Of($"An object names no user. The pipeline takes the properties UserPrincipalName or Id (also UPN, ObjectId, "
                        + $"Identity), Mobile (MobilePhone), AlternateMobile (AlternateMobilePhone), Office (OfficePhone) and Email "
                        + $"(AlternateEmail). A sheet with another delimiter or other headings is better read with -Path."));
            }

            Attempt(user, () => requests.Add(new ContactRequest(user, values, Clear, row)));
        }
    }

    /// <summary>What was given, without what only some cmdlets do with it.</summary>
    /// <param name="skipsInvalid">True to write the valid rows although others have errors.</param>
    /// <returns>The task.</returns>
    private protected ContactTask Task(bool skipsInvalid)
    {
        ContactOptions options = new()
        {
            Target = Target, DefaultCountry = DefaultCountry, Shard = shard, SkipsInvalid = skipsInvalid, ShowsValues = ShowValues,
        };
        if (SheetPath is not string file)
        {
            return new ContactTask
            {
                Source = new ContactList("input", requests), Options = options, Fields = fields, Caption = Text.Of($"Set contact data"),
                WhenInvalid = Text.Of($"Correct or leave out the users that the errors name, or add -SkipInvalid to write the others."),
                Again = Text.Of($"Give {OwnName} the same input again, with -Journal '{{journal}}' -Resume."),
            };
        }

        ContactSheet sheet = Await(stop => System.Threading.Tasks.Task.Run(
            () => new ContactSheet(Adapters.SheetReader(), file, sheetOptions), stop));
        string columns = string.Join(", ", sheet.Header);
        WriteVerbose(
            Text.Of($"{sheet.Name}: {sheet.EncodingName}, delimiter {(sheet.Delimiter == '\t'
                ? Text.Of($"tab") : sheet.Delimiter.ToString())}. "
            + $"Columns: {columns}"));
        return new ContactTask
        {
            Source = sheet, Options = options, Fields = sheet.Fields, Title = sheet.Name, Columns = columns,
            Caption = Text.Of($"Set contact data"),
            WhenInvalid = Text.Of($"Mend the rows that the errors name, or add -SkipInvalid to write the others."),
            ColumnMap = MapText(), Again = Text.Of($"Go on with: {OwnName} -Path {Quoted(file)} -Journal '{{journal}}' "
                + $"-Resume{OwnOptions()}"),
        };
    }

    private protected static string Quoted(string text) => "'" + text.Replace("'", "''") + "'";

    private string OwnOptions() =>
        (Target == ContactTarget.Profile ? " -Target Profile" : string.Empty)
        + (DefaultCountry is null ? string.Empty : " -DefaultCountry " + Quoted(DefaultCountry))
        + (Shard is null ? string.Empty : " -Shard " + shard)
        + (IgnoreOtherColumns ? " -IgnoreOtherColumns" : string.Empty)
        + (sheetOptions.Columns.Count == 0 ? string.Empty
            : " -ColumnMap @{ " + string.Join("; ", sheetOptions.Columns.Select(
                column => Quoted(column.Key) + " = " + (column.Value is SheetColumn named ? Quoted(named.ToString()) : "$null"))) + " }");

    private string MapText() => string.Join("; ", sheetOptions.Columns
        .OrderBy(column => column.Key, StringComparer.OrdinalIgnoreCase)
        .Select(column => column.Key + " = " + (column.Value?.ToString() ?? Text.Of($"left out")))
        .Concat(sheetOptions.IgnoresOthers ? new[] { Text.Of($"others left out") } : Array.Empty<string>()));

    private Dictionary<string, SheetColumn?> Columns()
    {
        Dictionary<string, SheetColumn?> columns = new(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in ColumnMap ?? new Hashtable())
        {
            string heading = Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!.Trim();
            string? name = (entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value)?.ToString()?.Trim();
            columns[heading] = string.IsNullOrEmpty(name) ? null
                : Enum.TryParse(name, ignoreCase: true, out SheetColumn column) && Enum.IsDefined(typeof(SheetColumn), column) ? column
                : throw new PasswordOpsException(
                    "ColumnMapInvalid", ErrorKind.InvalidArgument,
                    Text.Of($"-ColumnMap gives the heading '{heading}' the column '{name}', and there is no such column."),
                    Text.Of($"Use {string.Join(", ", Enum.GetNames(typeof(SheetColumn)))}, or $null to leave the column out."));
        }

        return columns;
    }

    private void Take(Dictionary<ContactField, string> values, ContactField field, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            values[field] = value!;
            fields.Add(field);
        }
    }
}
