using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;

namespace PasswordOps.Practice.State;

/// <summary>
/// Every user of the tenant. Reading takes no lock; a change is made under the lock of that user, so that a rule is checked against
/// the state that it changes.
/// </summary>
internal sealed class UserStore : IReadOnlyList<User>
{
    private readonly User[] _users;
    private readonly Dictionary<Guid, int> _byId;
    private readonly ConcurrentDictionary<string, int> _byName;
    private readonly Lock[] _gates = new Lock[256];

    public UserStore(IReadOnlyList<User> users)
    {
        _users = new User[users.Count];
        _byId = new Dictionary<Guid, int>(users.Count);
        _byName = new ConcurrentDictionary<string, int>(Environment.ProcessorCount, users.Count, StringComparer.OrdinalIgnoreCase);
        for (int index = 0; index < users.Count; index++)
        {
            User user = users[index] with { Index = index };
            _users[index] = user;
            _byId.Add(user.Id, index);
            if (!_byName.TryAdd(user.UserPrincipalName, index))
                throw new ArgumentException($"Two users are named {user.UserPrincipalName}.", nameof(users));
        }
        for (int gate = 0; gate < _gates.Length; gate++)
            _gates[gate] = new Lock();
    }

    public int Count => _users.Length;

    public User this[int index] => Volatile.Read(ref _users[index]);

    public User? Find(Guid id) => _byId.TryGetValue(id, out int index) ? this[index] : null;

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
            if (!string.Equals(before.UserPrincipalName, after.UserPrincipalName, StringComparison.OrdinalIgnoreCase))
            {
                if (!_byName.TryAdd(after.UserPrincipalName, user.Index))
                    throw nameTaken?.Invoke() ?? new InvalidOperationException("Another user has that name.");
                _byName.TryRemove(before.UserPrincipalName, out _);
            }
            Volatile.Write(ref _users[user.Index], after);
            return after;
        }
    }
}
