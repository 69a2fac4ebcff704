using System.Management.Automation;
using PasswordOps.Core;

namespace PasswordOps;

/// <summary>Reads contact data: authentication methods and profile side by side, and which value password reset uses.</summary>
[Cmdlet(VerbsCommon.Get, "SsprContactData", DefaultParameterSetName = UserSet)]
[OutputType(typeof(SsprContact))]
[RequiresPermission("users.read", "phones.read", "emails.read")]
public sealed class GetSsprContactDataCommand : ContactReadingCmdlet
{
    /// <summary>Show values as they are instead of masked.</summary>
    [Parameter]
    public SwitchParameter ShowValues { get; set; }

    /// <inheritdoc/>
    private protected override void Finish() => Read(record => Send(() =>
    {
        if (record.Error is PasswordOpsException error)
        {
            WriteError(Errors.Record(error, record.User));
        }

        if (record.UserId is not null)
        {
            WriteObject(new SsprContact(record, ShowValues, isOneOfMany: All || Named > 1));
        }
    }));
}
