using PasswordOps.Core.Writeback;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Does the listener on the sync server run?</summary>
internal sealed class ListenerCheck : WritebackCheck
{
    private static string Restart => Text.Of($"Restart the service ADSync on the sync server and look for event 31015.");

    public ListenerCheck()
        : base("writeback.listener")
    {
    }

    protected override Answer Judge(WritebackLog log)
    {
        EventMoment? start = log.Started;
        EventMoment? stop = log.Stopped;
        string evidence = $"{Seen("31015", start)}, {Seen("31016", stop)}";
        if (EventMoment.After(stop, start))
        {
            return EventMoment.After(log.Alive, stop)
                ? new Answer(
                    Verdict.Warn,
                    Text.Of($"The listener stopped at {When.Stamp(stop!.Value)}, yet it was at work at {When.Stamp(log.Alive!.Value)}: "
                        + $"another server, or its start is missing."),
                    evidence, log.Now, Text.Of($"Export the log of each sync server alone and judge it alone."))
                : new Answer(
                    Verdict.Fail,
                    Text.Of($"The listener stopped at {When.Stamp(stop!.Value)} and did not start since."), evidence, log.Now, Restart);
        }

        if (start is EventMoment since)
        {
            return new Answer(Verdict.Pass, Text.Of($"The listener runs since {When.Stamp(since)}."), evidence, log.Now);
        }

        return log.Alive is EventMoment alive
            ? new Answer(
                Verdict.Pass,
                Text.Of($"The listener was at work at {When.Stamp(alive)}; it started before the log begins."), evidence, log.Now)
            : new Answer(
                Verdict.Unknown,
                Text.Of($"The log shows neither start nor stop of the listener, nor anything that it did."), evidence, log.Now, Restart);
    }
}
