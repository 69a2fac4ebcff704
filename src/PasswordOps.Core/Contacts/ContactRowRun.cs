using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Contacts;

/// <summary>One row while it is carried out.</summary>
internal sealed class ContactRowRun
{
    private readonly List<ContactField> written = new();
    private readonly List<ContactField> uncertain = new();
    private readonly List<ContactField> failed = new();
    private int attempts;
    private string? requestId;

    public ContactRowRun(ContactPlanRow row)
    {
        Row = row;
    }

    public ContactPlanRow Row { get; }

    public PasswordOpsException? Error { get; private set; }

    public void Sent(WriteOutcome outcome)
    {
        attempts += outcome.Attempts;
        requestId = outcome.RequestId ?? requestId;
    }

    public void Confirm(ContactWrite write) => written.Add(write.Field);

    public void Lose(ContactWrite write, PasswordOpsException error)
    {
        uncertain.Add(write.Field);
        Error ??= Named(write, error);
    }

    public void Fail(ContactWrite write, PasswordOpsException error)
    {
        failed.Add(write.Field);
        Error ??= Named(write, error);
    }

    /// <summary>
    /// True for a write that the service will refuse because of what went wrong before it: an alternate phone without the mobile one, or
    /// the removal of the mobile phone beside an alternate one. All other fields stand by themselves.
    /// </summary>
    public bool IsVain(ContactWrite write)
    {
        ContactField? other = (write.Field, write.Action) switch
        {
            (ContactField.AlternateMobile, not WriteAction.Remove) => ContactField.Mobile,
            (ContactField.Mobile, WriteAction.Remove) => ContactField.AlternateMobile,
            _ => null,
        };
        return other is ContactField field && (failed.Contains(field) || uncertain.Contains(field));
    }

    public ContactResult Close(TimeSpan duration)
    {
        int planned = Row.Changes.Count(change => change.Write is not null);
        bool complete = written.Count == planned;
        ContactStatus status = uncertain.Count > 0 ? ContactStatus.Unknown
            : complete ? ContactStatus.Succeeded
            : Error is not null && attempts > 0 ? ContactStatus.Failed
            : ContactStatus.NotSent;
        string done = written.Count == 0 ? "nothing was written" : "written: " + string.Join(", ", written);
        string known = written.Count == 0 ? "nothing else was written" : done;
        string reason = status switch
        {
            ContactStatus.Succeeded => "Confirmed by the service: " + string.Join(", ", written) + ".",
            ContactStatus.Unknown => $"No answer tells whether {string.Join(", ", uncertain)} took effect; {known}. "
                + "Run the same input again: it writes only what differs.",
            ContactStatus.Failed => $"{Error!.Message} ({done})",
            _ when written.Count > 0 => $"The run ended early; {done}, the rest was not sent. Run the same input again.",
            _ => "The run ended before this row: nothing was sent. Run the same input again.",
        };
        if (status == ContactStatus.NotSent && written.Count > 0)
        {
            status = ContactStatus.Failed;
        }

        return Result(Row, status, reason) with
        {
            Written = written.ToArray(), Uncertain = uncertain.ToArray(), Error = Error, Attempts = attempts, RequestId = requestId,
            Duration = duration,
        };
    }

    private PasswordOpsException Named(ContactWrite write, PasswordOpsException error) =>
        error.Retold($"{Row.User}, {write.Field}: {error.Naming(write.UserId, "the user").Message}");

    public static ContactResult Result(ContactPlanRow row, ContactStatus status, string reason) =>
        new() { Row = row.Row, User = row.User, UserId = row.UserId, Status = status, Reason = reason };
}
