using System;
using PasswordOps.Core.Writeback;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Does the heartbeat of the connection reach the end of the log, and is that now?</summary>
internal sealed class HeartbeatCheck : WritebackCheck
{
    /// <summary>Three beats missed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    public HeartbeatCheck()
        : base("writeback.heartbeat")
    {
    }

    protected override Answer Judge(WritebackLog log)
    {
        DateTimeOffset end = log.To!.Value;
        string evidence = $"{Seen("31019", log.Heartbeat)}, log ends at {When.Stamp(end)}, judged at {When.Stamp(log.Now)}";
        if (log.Heartbeat is not EventMoment beat)
        {
            return Missing(log, end, evidence);
        }

        if (end - beat.Time > Patience)
        {
            string reason = Text.Of($"The last heartbeat was at {When.Stamp(beat)}, but the log goes on until {When.Stamp(end)}.");
            string fix = Text.Of($"Restart the service ADSync on the sync server; if no 31019 follows in 5 minutes, check outbound 443.");

            // Another server keeps a mixed log going, and an operation that succeeded is a better sign of life than any heartbeat.
            bool doubtful = log.Servers.Count > 1 || end - log.Alive!.Value.Time <= Patience;
            return new Answer(doubtful ? Verdict.Warn : Verdict.Fail, reason, evidence, log.Now, fix);
        }

        if (end - log.Now > ClockTolerance)
        {
            return new Answer(
                Verdict.Warn,
                Text.Of($"The log ends {When.Long(end - log.Now)} in the future: the clock of the sync server or of this machine is "
                    + $"wrong."),
                evidence, log.Now, Text.Of($"Set the clocks; a sync server whose clock is wrong gets no token."));
        }

        if (log.Now - end > Patience)
        {
            return new Answer(
                Verdict.Unknown,
                Text.Of($"The heartbeat reaches the end of the file at {When.Stamp(end)}, {When.Long(log.Now - end)} ago; "
                + $"what followed is not in it."),
                evidence, log.Now, Text.Of($"Export the log again and judge it within 15 minutes."));
        }

        return new Answer(Verdict.Pass, Text.Of($"The last heartbeat was at {When.Stamp(beat)}."), evidence, log.Now);
    }

    // Older versions do not write it, so that its absence alone is no failure.
    private static Answer Missing(WritebackLog log, DateTimeOffset end, string evidence)
    {
        bool listening = EventMoment.After(log.Started, log.Stopped) && end - log.Started!.Value.Time > Patience;
        return listening
            ? new Answer(
                Verdict.Warn,
                Text.Of($"The listener started at {When.Stamp(log.Started!.Value)}, but no heartbeat followed until {When.Stamp(end)}."),
                evidence, log.Now,
                Text.Of($"Check the way out on port 443, and bring Connect Sync up to date: old versions write no heartbeat."))
            : new Answer(
                Verdict.Unknown, Text.Of($"The log holds no heartbeat."), evidence, log.Now,
                Text.Of($"Export the last hours of the Application log of the active sync server, both providers."));
    }
}
