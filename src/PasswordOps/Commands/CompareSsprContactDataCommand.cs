using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Contacts;

namespace PasswordOps;

/// <summary>
/// Compares contact data as it should be with what is there: what Set-SsprContactData would set, change, clear, leave and refuse.
/// </summary>
[Cmdlet(VerbsData.Compare, "SsprContactData", DefaultParameterSetName = UserSet)]
[OutputType(typeof(SsprContactPlan))]
[RequiresPermission("users.read", "phones.read", "emails.read", "roles.read", "memberships.read", "groups.read", "units.read")]
public sealed class CompareSsprContactDataCommand : ContactInputCmdlet
{
    /// <inheritdoc/>
    private protected override void Finish()
    {
        if (HasNoInput)
        {
            return;
        }

        ContactTask task = Task(skipsInvalid: true);
        ContactTally tally = Compare(task, told: null);
        if (task.Columns is not null)
        {
            WriteInformation(Text.Of($"{Counts(task, tally)}. Columns: {task.Columns}"), new[] { "PasswordOps.Summary" });
        }
    }
}
