using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Reset;

/// <summary>
/// Looks whether the directory shows a password changed. The write is confirmed already; what is read lags behind what is written, so this
/// is a short look and never a verdict of failure.
/// </summary>
internal sealed class ReadBack
{
    /// <summary>After a write that the service confirmed.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromSeconds(4);

    /// <summary>Where nothing else tells the end.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IDirectory directory;
    private readonly IClock clock;

    public ReadBack(IDirectory directory, IClock clock)
    {
        this.directory = directory;
        this.clock = clock;
    }

    /// <summary>The time of the new password as the directory shows it, for each user; null where it does not (yet).</summary>
    public async Task<IReadOnlyList<DateTimeOffset?>> SeeAsync(
        IReadOnlyList<DirectoryUser> before, TimeSpan time, CancellationToken settle)
    {
        DateTimeOffset?[] seen = new DateTimeOffset?[before.Count];
        List<int> open = Enumerable.Range(0, before.Count).ToList();
        DateTimeOffset until = clock.UtcNow + time;
        try
        {
            while (open.Count > 0)
            {
                IReadOnlyList<Reading<DirectoryUser>> now = await directory.GetUsersAsync(
                    open.Select(i => new UserIdentity(before[i].Id)).ToArray(), settle).ConfigureAwait(false);
                List<int> still = new();
                for (int at = 0; at < open.Count; at++)
                {
                    int i = open[at];
                    if (!now[at].IsKnown)
                    {
                        continue;
                    }

                    if (now[at].Value.LastPasswordChange is DateTimeOffset changed
                        && (before[i].LastPasswordChange is null || changed > before[i].LastPasswordChange))
                    {
                        seen[i] = changed;
                    }
                    else
                    {
                        still.Add(i);
                    }
                }

                open = still;
                if (open.Count == 0 || clock.UtcNow >= until)
                {
                    return seen;
                }

                await clock.DelayAsync(Pause, settle).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is PasswordOpsException or OperationCanceledException)
        {
            // What was seen so far stands.
        }

        return seen;
    }
}
