using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Directory;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Core.Contacts;

/// <summary>Reads contact data of one user, of many or of all.</summary>
public sealed class ContactLookup
{
    private const int ChunksAtOnce = 16;

    private readonly IConnection connection;
    private readonly IClock clock;

    /// <summary>Creates the operation.</summary>
    /// <param name="connection">Session with the tenant.</param>
    /// <param name="clock">Time.</param>
    public ContactLookup(IConnection connection, IClock clock)
    {
        this.connection = connection;
        this.clock = clock;
    }

    /// <summary>Reads.</summary>
    /// <param name="identities">Users as typed.</param>
    /// <param name="emit">Receives each user, in order; called from any thread, one call at a time.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>A task that ends with the work.</returns>
    /// <exception cref="PasswordOpsException">Nothing could be read at all, for example <c>ServiceUnreachable</c>.</exception>
    public Task ReadAsync(
        IReadOnlyList<string> identities, Action<ContactRecord> emit, IProgress<BulkProgress>? progress, CancellationToken stop) =>
        Runner().RunInOrderAsync(
            identities, identities.Count,
            async chunk => await WithMethodsAsync(
                chunk,
                await connection.Directory.GetUsersAsync(chunk.Select(name => new UserIdentity(name)).ToArray(), stop)
                    .ConfigureAwait(false),
                stop).ConfigureAwait(false),
            records => Each(records, emit), progress, stop);

    /// <summary>Reads everybody.</summary>
    /// <param name="emit">Receives each user, in the service's order; called from any thread, one call at a time.</param>
    /// <param name="progress">Told how far it is; may be null.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>A task that ends with the work.</returns>
    /// <exception cref="PasswordOpsException">Nothing could be read at all, for example <c>ServiceUnreachable</c>.</exception>
    public async Task ReadAllAsync(Action<ContactRecord> emit, IProgress<BulkProgress>? progress, CancellationToken stop)
    {
        IReadOnlyList<DirectoryUser> users = await connection.Directory.GetAllUsersAsync(null, stop).ConfigureAwait(false);
        await Runner().RunInOrderAsync(
            users, users.Count,
            chunk => WithMethodsAsync(
                chunk.Select(user => user.Name).ToArray(), chunk.Select(user => Reading.Of(user, clock.UtcNow)).ToArray(), stop),
            records => Each(records, emit), progress, stop).ConfigureAwait(false);
    }

    private static void Each(IReadOnlyList<ContactRecord> records, Action<ContactRecord> emit)
    {
        foreach (ContactRecord record in records)
        {
            emit(record);
        }
    }

    private BulkRunner Runner() => new(Text.Of($"Reading contact data"), ContactUpdate.UsersAtOnce, ChunksAtOnce, clock);

    private async Task<IReadOnlyList<ContactRecord>> WithMethodsAsync(
        IReadOnlyList<string> identities, IReadOnlyList<Reading<DirectoryUser>> users, CancellationToken stop)
    {
        string[] ids = users.Where(user => user.IsKnown).Select(user => user.Value.Id).ToArray();
        IReadOnlyList<Reading<ContactData>> methods = ids.Length == 0
            ? Array.Empty<Reading<ContactData>>()
            : await connection.Directory.GetContactDataAsync(ids, stop).ConfigureAwait(false);
        List<ContactRecord> records = new();
        int next = 0;
        for (int i = 0; i < identities.Count; i++)
        {
            records.Add(users[i].IsKnown
                ? Of(identities[i], users[i].Value, methods[next++])
                : new ContactRecord { Identity = identities[i], User = identities[i], Error = users[i].Error });
        }

        return records;
    }

    private static ContactRecord Of(string identity, DirectoryUser user, Reading<ContactData> methods)
    {
        ContactData? data = methods.IsKnown ? methods.Value : null;
        return new ContactRecord
        {
            Identity = identity,
            User = user.Name,
            UserId = user.Id,
            DisplayName = user.DisplayName,
            IsSynced = user.OnPremisesSyncEnabled == true,
            ProfileMobile = ContactPlanner.InProfile(user, ContactField.Mobile),
            ProfileOffice = ContactPlanner.InProfile(user, ContactField.Office),
            ProfileEmail = ContactPlanner.InProfile(user, ContactField.Email),
            Mobile = In(ContactField.Mobile),
            AlternateMobile = In(ContactField.AlternateMobile),
            Office = In(ContactField.Office),
            Email = In(ContactField.Email),
            SmsSignInState = data?.SmsSignInState,
            IsMasked = ContactPlanner.Fields.Any(field => ContactPlanner.IsMasked(field, In(field))),
            Error = methods.Error,
        };

        string? In(ContactField field) => data is null ? null : ContactPlanner.InMethods(data, field);
    }
}
