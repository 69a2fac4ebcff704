using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace PasswordOps.Practice.State;

/// <summary>
/// Lets reads lag behind writes, as the copies of a directory do: each write shows up a random while after it was made. A later write that
/// shows up brings the earlier ones along. Writes themselves never lag.
/// </summary>
internal sealed class Replication(TimeProvider clock)
{
    internal const int MostMilliseconds = 600_000;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<int, Version[]> _pending = new();

    /// <summary>Whom to forget, and when. Else whoever is written and never read again would be kept twice.</summary>
    private readonly Queue<(int Index, long At)> _due = new();

    private SeededRandom _random = new(1);
    private int _milliseconds;

    /// <summary>The longest while; 0 shows every write at once.</summary>
    internal int Milliseconds => Volatile.Read(ref _milliseconds);

    /// <summary>Sets the longest while, and shows everything written so far.</summary>
    internal void Set(int milliseconds, int seed)
    {
        lock (_gate)
        {
            Volatile.Write(ref _milliseconds, milliseconds);
            _random = new SeededRandom((ulong)seed);
            _due.Clear();
            _pending.Clear();
        }
    }

    /// <summary>The user as a read shows it by now.</summary>
    internal User Seen(User user)
    {
        if (_pending.IsEmpty || !_pending.TryGetValue(user.Index, out Version[]? versions))
            return user;
        long now = clock.GetUtcNow().UtcTicks;
        return versions.Last(version => version.From <= now).User;
    }

    /// <summary>A write was made. The caller holds the lock of that user.</summary>
    internal void Written(User before, User after)
    {
        if (Milliseconds == 0)
            return;
        lock (_gate)
        {
            long now = clock.GetUtcNow().UtcTicks;
            long most = Milliseconds * TimeSpan.TicksPerMillisecond;
            long from = now + (long)(_random.Next() % (ulong)(most + 1));
            Version[] versions = _pending.TryGetValue(after.Index, out Version[]? known) ? known : [new(before, long.MinValue)];
            int seen = Array.FindLastIndex(versions, version => version.From <= now);
            _pending[after.Index] = [.. versions[seen..], new Version(after, from)];
            _due.Enqueue((after.Index, now + most));
            while (_due.TryPeek(out (int Index, long At) due) && due.At <= now)
            {
                _due.Dequeue();
                if (_pending.TryGetValue(due.Index, out Version[]? old) && Array.TrueForAll(old, version => version.From <= now))
                    _pending.TryRemove(due.Index, out _);
            }
        }
    }

    private sealed record Version(User User, long From);
}

/// <summary>All users as reads show them by now.</summary>
internal sealed class SeenUsers(UserStore users, Replication replication) : IReadOnlyList<User>
{
    public int Count => users.Count;

    public User this[int index] => replication.Seen(users[index]);

    /// <summary>By object id or user principal name.</summary>
    public User? Find(string key) => users.Find(key) is { } user ? replication.Seen(user) : null;

    public IEnumerator<User> GetEnumerator()
    {
        for (int index = 0; index < users.Count; index++)
            yield return this[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
