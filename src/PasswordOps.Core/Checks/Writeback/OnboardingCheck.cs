using System.Collections.Generic;
using PasswordOps.Core.Writeback;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Is writeback switched on, and configured without failure?</summary>
internal sealed class OnboardingCheck : WritebackCheck
{
    private const int OffboardingFailed = 31014;
    private static string ReadState =>
        Text.Of($"On the sync server run Get-ADSyncAADPasswordResetConfiguration -Connector '<name that ends in AAD>'.");

    public OnboardingCheck()
        : base("writeback.onboarding")
    {
    }

    protected override Answer Judge(WritebackLog log)
    {
        EventMoment? on = log.Onboarded;
        EventMoment? off = log.Offboarded;
        EventMoment? alive = EventMoment.Latest(log.Alive, log.Started);
        string evidence = $"{Seen("31005", on)}, {Seen("31013", off)}";

        if (EventMoment.After(off, on))
        {
            return EventMoment.After(alive, off)
                ? new Answer(
                    Verdict.Warn,
                    Text.Of($"Writeback was switched off at {When.Stamp(off!.Value)}, yet it was at work at {When.Stamp(alive!.Value)}: "
                        + $"another server, or events are missing."),
                    evidence, log.Now, ReadState)
                : new Answer(
                    Verdict.Fail, Text.Of($"Writeback was switched off at {When.Stamp(off!.Value)}."), evidence, log.Now,
                    Text.Of($"Enable password writeback in the Connect wizard, with a cloud-only administrator."));
        }

        IReadOnlyList<EventTally> failures = log.FailuresAfter(Id, EventMoment.Latest(on, alive));
        if (failures.Count > 0)
        {
            EventTally failure = failures[0];
            bool offboarding = failure.Meaning.Id == OffboardingFailed;
            return new Answer(
                offboarding ? Verdict.Warn : Verdict.Fail, $"{failure.Meaning.Meaning} ({failure.Meaning.Id}, {When.Stamp(failure.Last)}).",
                evidence, log.Now, failure.Meaning.Fix + ".");
        }

        if (on is EventMoment since)
        {
            return new Answer(Verdict.Pass,
                Text.Of($"Writeback was switched on at {When.Stamp(since)} and not off since."), evidence, log.Now);
        }

        return alive is EventMoment working
            ? new Answer(
                Verdict.Pass,
                Text.Of($"Writeback was at work at {When.Stamp(working)}: it was switched on before the log begins."), evidence, log.Now)
            : new Answer(Verdict.Unknown, Text.Of($"The log does not say whether writeback is switched on."), evidence, log.Now, ReadState);
    }
}
