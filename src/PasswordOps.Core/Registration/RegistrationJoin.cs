using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Registration;

/// <summary>
/// Brings users and lines of the registration report together while both are still being read. The two lists need not have the same order:
/// who comes first waits, a line without names and with its methods shared, until the other side comes.
/// </summary>
internal sealed class RegistrationJoin
{
    private readonly object gate = new();
    private readonly Dictionary<string, RegistrationDetail> lines = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, DirectoryUser> waiting = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> done = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IReadOnlyList<string>> methods = new(StringComparer.Ordinal);
    private readonly IClock clock;
    private readonly bool onlyListed;
    private readonly Action<IReadOnlyList<(DirectoryUser User, Reading<RegistrationDetail> Line)>> take;
    private PasswordOpsException? problem;
    private bool linesEnded;

    /// <summary>Creates a join.</summary>
    /// <param name="onlyListed">True when the lines are filtered: a user without one is left out then.</param>
    /// <param name="take">Receives users with their lines, as soon as both are there; from any thread, also at the same time.</param>
    /// <param name="clock">Time.</param>
    public RegistrationJoin(
        bool onlyListed, Action<IReadOnlyList<(DirectoryUser User, Reading<RegistrationDetail> Line)>> take, IClock clock)
    {
        this.onlyListed = onlyListed;
        this.take = take;
        this.clock = clock;
    }

    /// <summary>Reads both sides at once.</summary>
    /// <param name="readUsers">Reads the users page by page.</param>
    /// <param name="readLines">Reads the lines page by page.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>Why the lines could not be read; null when they could.</returns>
    /// <exception cref="PasswordOpsException">The users could not be read.</exception>
    public async Task<PasswordOpsException?> RunAsync(
        Func<Action<IReadOnlyList<DirectoryUser>>, CancellationToken, Task> readUsers,
        Func<Action<IReadOnlyList<RegistrationDetail>>, CancellationToken, Task> readLines,
        CancellationToken stop)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task users = UsersAsync();
        Task all = LinesAsync();
        try
        {
            await Task.WhenAll(users, all).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (users.IsFaulted)
        {
            // The lines were given up because the users failed: that is what to tell.
        }

        await users.ConfigureAwait(false);
        return problem;

        async Task UsersAsync()
        {
            try
            {
                await readUsers(TakeUsers, either.Token).ConfigureAwait(false);
            }
            catch
            {
                either.Cancel();
                throw;
            }
        }

        async Task LinesAsync()
        {
            try
            {
                await readLines(TakeLines, either.Token).ConfigureAwait(false);
            }
            catch (PasswordOpsException error)
            {
                problem = error;
            }

            EndLines();
        }
    }

    private void TakeUsers(IReadOnlyList<DirectoryUser> page)
    {
        List<(DirectoryUser, Reading<RegistrationDetail>)> met = new();
        DateTimeOffset at = clock.UtcNow;
        lock (gate)
        {
            foreach (DirectoryUser user in page)
            {
                if (done.Contains(user.Id))
                {
                    continue;
                }

                if (lines.TryGetValue(user.Id, out RegistrationDetail? line))
                {
                    lines.Remove(user.Id);
                    done.Add(user.Id);
                    met.Add((user, Reading.Of(line, at)));
                }
                else if (linesEnded)
                {
                    done.Add(user.Id);
                    Miss(met, user, at);
                }
                else
                {
                    waiting[user.Id] = user;
                }
            }
        }

        Give(met);
    }

    private void TakeLines(IReadOnlyList<RegistrationDetail> page)
    {
        List<(DirectoryUser, Reading<RegistrationDetail>)> met = new();
        DateTimeOffset at = clock.UtcNow;
        lock (gate)
        {
            foreach (RegistrationDetail line in page)
            {
                RegistrationDetail small = line with { MethodsRegistered = Shared(line.MethodsRegistered) };
                if (waiting.TryGetValue(line.Id, out DirectoryUser? user))
                {
                    waiting.Remove(line.Id);
                    done.Add(line.Id);
                    met.Add((user, Reading.Of(small, at)));
                }
                else if (!done.Contains(line.Id))
                {
                    lines[line.Id] = small;
                }
            }
        }

        Give(met);
    }

    private void EndLines()
    {
        List<(DirectoryUser, Reading<RegistrationDetail>)> missed = new();
        lock (gate)
        {
            linesEnded = true;
            DateTimeOffset at = clock.UtcNow;
            foreach (DirectoryUser user in waiting.Values)
            {
                done.Add(user.Id);
                Miss(missed, user, at);
            }

            waiting.Clear();
        }

        Give(missed);
    }

    private void Miss(List<(DirectoryUser, Reading<RegistrationDetail>)> list, DirectoryUser user, DateTimeOffset at)
    {
        if (problem is not null)
        {
            list.Add((user, Reading.Failed<RegistrationDetail>(problem, at)));
        }
        else if (!onlyListed)
        {
            list.Add((user, UnlistedUser.Reading(user, at)));
        }
    }

    private void Give(IReadOnlyList<(DirectoryUser, Reading<RegistrationDetail>)> met)
    {
        if (met.Count > 0)
        {
            take(met);
        }
    }

    // A hundred thousand users share a few dozen sets of methods.
    private IReadOnlyList<string> Shared(IReadOnlyList<string> names)
    {
        string key = string.Join(",", names);
        if (!methods.TryGetValue(key, out IReadOnlyList<string>? known))
        {
            methods[key] = known = names;
        }

        return known;
    }
}
