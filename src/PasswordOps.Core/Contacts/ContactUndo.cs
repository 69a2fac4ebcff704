using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace PasswordOps.Core.Contacts;

/// <summary>
/// What a run changed, as requests to change it back: each value returns to what it was before the run, where the run's own value still
/// stands. Run as any other input; what is back already stays, and what somebody changed since is refused (<c>ChangedSince</c>).
/// </summary>
public sealed class ContactUndo : IContactSource
{
    private readonly ContactJournal journal;
    private readonly HashSet<string> users;
    private readonly HashSet<ContactField> fields;

    /// <summary>Takes a run.</summary>
    /// <param name="journal">Its journal, open with the key to its values.</param>
    /// <param name="users">User principal names or object ids to restrict the way back to; empty for all.</param>
    /// <param name="fields">Fields to restrict it to; empty for all.</param>
    public ContactUndo(ContactJournal journal, IEnumerable<string> users, IEnumerable<ContactField> fields)
    {
        this.journal = journal;
        this.users = new HashSet<string>(users.Select(user => user.Trim()), StringComparer.OrdinalIgnoreCase);
        this.fields = new HashSet<ContactField>(fields);
    }

    /// <inheritdoc/>
    public string Name => System.IO.Path.GetFileName(journal.Path);

    /// <summary>Where the run wrote to.</summary>
    /// <exception cref="PasswordOpsException"><c>JournalBroken</c>: the journal does not say it.</exception>
    public ContactTarget Target =>
        journal.Head.Options.TryGetValue("Target", out string? name) && Enum.TryParse(name, out ContactTarget target)
            ? target
            : throw new PasswordOpsException(
                "JournalBroken", ErrorKind.InvalidData, Text.Of($"{Name} does not say where its run wrote to."),
                Text.Of($"Give the journal of a run over contact data."));

    /// <summary>Says that the run was one over other things, or in another tenant.</summary>
    /// <param name="tenantId">Tenant that the way back would lead to.</param>
    /// <exception cref="PasswordOpsException"><c>JournalOtherOperation</c>, <c>JournalOtherTenant</c>.</exception>
    public void RequireTenant(string tenantId)
    {
        if (!journal.Head.Operation.EndsWith("-SsprContactData", StringComparison.Ordinal))
        {
            throw new PasswordOpsException(
                "JournalOtherOperation", ErrorKind.InvalidArgument,
                Text.Of($"{Name} is the journal of a run of {journal.Head.Operation}, not of one over contact data."),
                Text.Of($"Give the journal of the run that you mean."));
        }

        if (!string.Equals(journal.Head.TenantId, tenantId, StringComparison.OrdinalIgnoreCase))
        {
            throw new PasswordOpsException(
                "JournalOtherTenant", ErrorKind.InvalidArgument,
                Text.Of($"{Name} is the journal of a run in tenant {journal.Head.TenantId}; the connection is to {tenantId}."),
                Text.Of($"Connect to that tenant, or give another journal."));
        }
    }

    /// <summary>The fields that any of the changes is of.</summary>
    /// <returns>The fields.</returns>
    public IReadOnlyCollection<ContactField> Fields() => new HashSet<ContactField>(Read().SelectMany(request => request.Wanted.Keys));

    /// <summary>Tells one run, and the part of it that is undone, from others.</summary>
    /// <param name="stop">Ends the work.</param>
    /// <returns>64 digits.</returns>
    public string Digest(CancellationToken stop) => Digests.Of(new[] { journal.Head.RunId.ToString("D") }
        .Concat(users.OrderBy(user => user, StringComparer.OrdinalIgnoreCase).Select(user => user.ToLowerInvariant()))
        .Concat(fields.OrderBy(field => field).Select(field => field.ToString())));

    /// <inheritdoc/>
    public IEnumerable<ContactRequest> Read() => journal.Undone(
        (name, id) => users.Count == 0 || users.Contains(name) || users.Contains(id),
        field => fields.Count == 0 || fields.Contains(field));
}
