using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Contacts;

namespace PasswordOps;

/// <summary>Writes contact data, or an empty template, to a sheet that Set-SsprContactData reads.</summary>
[Cmdlet(VerbsData.Export, "SsprContactData", SupportsShouldProcess = true, DefaultParameterSetName = UserSet)]
[OutputType(typeof(FileInfo))]
[RequiresPermission("users.read", "phones.read", "emails.read")]
public sealed class ExportSsprContactDataCommand : ContactReadingCmdlet
{
    /// <summary>CSV file to write.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Leave the values empty: column names, and the users that are named.</summary>
    [Parameter]
    public SwitchParameter Template { get; set; }

    /// <summary>Where the values are kept: authentication methods (private, also for synced users) or the profile.</summary>
    [Parameter]
    public ContactTarget Target { get; set; } = ContactTarget.AuthenticationMethods;

    /// <summary>Comma, semicolon or tab; without it what spreadsheets expect in this session's culture.</summary>
    [Parameter]
    public char? Delimiter { get; set; }

    /// <summary>Replace a file of that name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        if (Delimiter is char given and not (',' or ';' or '\t'))
        {
            throw new PasswordOpsException(
                "DelimiterInvalid", ErrorKind.InvalidArgument, Text.Of($"'{given}' cannot part the columns of a contact sheet."),
                Text.Of($"Use a comma, a semicolon or a tab (\"`t\")."));
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        if (!All && Named == 0 && !Template)
        {
            throw new PasswordOpsException(
                "UsersMissing", ErrorKind.InvalidArgument, Text.Of($"No user is named whose contact data is to be written."),
                Text.Of($"Name users, or give -All, or -Template for the column names alone."));
        }

        string file = GetUnresolvedProviderPathFromPSPath(Path);
        if (!ShouldProcess(file, Template ? Text.Of($"Write a template for contact data") : Text.Of($"Write contact data in clear")))
        {
            return;
        }

        SheetColumn[] columns = ((SheetColumn[])System.Enum.GetValues(typeof(SheetColumn)))
            .Where(column => Target != ContactTarget.Profile || column != SheetColumn.AlternateMobile).ToArray();
        string[] header = columns.Select(column => column == SheetColumn.Identity ? "UserPrincipalName" : column.ToString()).ToArray();
        int rows = 0;
        int hidden = 0;
        using ISheetOutput sheet = Adapters.SheetWriter().Create(file, header, DelimiterOf(CultureInfo.CurrentCulture), Force);
        Read(record =>
        {
            if (record.UserId is null || (record.Error is not null && Target == ContactTarget.AuthenticationMethods))
            {
                Send(() => WriteError(Errors.Record(record.Error!, record.User)));
                return;
            }

            sheet.Write(columns.Select(column => column == SheetColumn.Identity ? record.User : Cell(record, Field(column))).ToArray());
            rows++;
        });
        sheet.Complete();
        WriteVerbose(Text.Of($"{System.IO.Path.GetFileName(file)}: {rows} users."));
        if (hidden > 0)
        {
            WriteWarning(
                Text.Of($"{hidden} numbers are left empty: the service shows them masked to your role, and a masked number cannot be "
                    + $"written back. Privileged Authentication Administrator sees them."));
        }

        WriteObject(new FileInfo(file));

        string Cell(ContactRecord record, ContactField field)
        {
            string? value = Template ? null : record.Value(field, Target);
            if (Target == ContactTarget.AuthenticationMethods && ContactMask.IsMasked(field, value))
            {
                hidden++;
                return string.Empty;
            }

            return value ?? string.Empty;
        }
    }

    private static ContactField Field(SheetColumn column) => column switch
    {
        SheetColumn.Mobile => ContactField.Mobile,
        SheetColumn.AlternateMobile => ContactField.AlternateMobile,
        SheetColumn.Office => ContactField.Office,
        _ => ContactField.Email,
    };

    private char DelimiterOf(CultureInfo culture) =>
        Delimiter ?? culture.TextInfo.ListSeparator switch
        {
            ";" => ';',
            "\t" => '\t',
            _ => ',',
        };
}
