using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;

namespace PasswordOps.Practice.State;

/// <summary>
/// Every user of the tenant at a place that never changes, those among them that were deleted and can be restored. Reading takes no
/// lock; a change is made under the lock of that user, so that a rule is checked against the state that it changes.
/// </summary>
internal sealed class UserStore : IReadOnlyList<User>
{
    private readonly User[] _users;
    private readonly Dictionary<Guid, int> _byId;
    private readonly ConcurrentDictionary<string, int> _byName;
    private readonly Lock[] _gates = new Lock[256];
    private int _live;

    private readonly Replication _replication;

    public UserStore(IReadOnlyList<User> users, Replication replication)
    {
        _replication = replication;
        _users = new User[users.Count];
        _byId = new Dictionary<Guid, int>(users.Count);
        _byName = new ConcurrentDictionary<string, int>(Environment.ProcessorCount, users.Count, StringComparer.OrdinalIgnoreCase);
        for (int index = 0; index < users.Count; index++)
        {
            User user = users[index].Index == index ? users[index] : users[index] with { Index = index };
            _users[index] = user;
            _byId.Add(user.Id, index);
            if (user.Deleted)
                continue;
            _live++;
            if (!_byName.TryAdd(user.UserPrincipalName, index))
                throw new ArgumentException($"Two users are named {user.UserPrincipalName}.", nameof(users));
        }
        for (int gate = 0; gate < _gates.Length; gate++)
            _gates[gate] = new Lock();
    }

    /// <summary>Of places, deleted users among them.</summary>
    public int Count => _users.Length;

    public int LiveCount => Volatile.Read(ref _live);

    public User this[int index] => Volatile.Read(ref _users[index]);

    public User? Find(Guid id) => At(id) is { Deleted: false } user ? user : null;

    public User? FindDeleted(Guid id) => At(id) is { Deleted: true } user ? user : null;

    /// <summary>By object id or user principal name, as the service takes either.</summary>
    public User? Find(string key) =>
        Guid.TryParse(key, out Guid id) ? Find(id) : _byName.TryGetValue(key, out int index) ? this[index] : null;

    public IEnumerator<User> GetEnumerator()
    {
        for (int index = 0; index < _users.Length; index++)
            yield return this[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Replaces a user by what <paramref name="change"/> makes of the current one. An exception leaves it as it was.</summary>
    /// <param name="user">Whom to change.</param>
    /// <param name="change">Makes the new user of the current one.</param>
    /// <param name="nameTaken">The exception for a new name that somebody else has.</param>
    public User Update(User user, Func<User, User> change, Func<Exception>? nameTaken = null)
    {
        lock (_gates[user.Index % _gates.Length])
        {
            User before = this[user.Index];
            User after = change(before);
            string? oldName = LookupName(before);
            string? newName = LookupName(after);
            if (!string.Equals(oldName, newName, StringComparison.OrdinalIgnoreCase))
            {
                if (newName is not null && !_byName.TryAdd(newName, user.Index))
                    throw nameTaken?.Invoke() ?? new InvalidOperationException("Another user has that name.");
                if (oldName is not null)
                    _byName.TryRemove(oldName, out _);
            }
            if (before.Deleted != after.Deleted)
                Interlocked.Add(ref _live, after.Deleted ? -1 : 1);
            // Before the write itself, so that no read sees it too early.
            _replication.Written(before, after);
            Volatile.Write(ref _users[user.Index], after);
            return after;
        }
    }

    private static string? LookupName(User user) => user.Deleted ? null : user.UserPrincipalName;

    private User? At(Guid id) => _byId.TryGetValue(id, out int index) ? this[index] : null;
}
