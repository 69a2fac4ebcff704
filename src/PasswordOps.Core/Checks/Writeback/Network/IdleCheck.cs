using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps.Core.Checks.Writeback.Network;

/// <summary>Does a silent connection stay open for as long as writeback needs?</summary>
internal sealed class IdleCheck : EndpointCheck
{
    public IdleCheck()
        : base("writeback.network.idle", "Azure AD password management, getting started (2017-03-08): time-out of idle connections")
    {
    }

    public override string AllWell(int endpoints) => Text.Of($"Silent connections stay open long enough ({endpoints}).");

    protected override Answer Decide(EndpointFacts facts)
    {
        if (facts.Hold is not HoldAnswer hold || hold.End == HoldEnd.NotOpened)
        {
            return NotReached(facts);
        }

        string name = facts.Endpoint.Name;
        string needed = facts.Need.Least == facts.Need.Most
            ? Seconds(facts.Need.Least)
            : Text.Of($"{Seconds(facts.Need.Least)} to {Seconds(facts.Need.Most)}");
        string evidence = $"{hold.End} after {Seconds(hold.After)} of {Seconds(facts.Idle)}; needed: {needed}";
        string longer = Text.Of($"Run it with -IdleSeconds {(int)facts.Need.Most.TotalSeconds}.");
        if (hold.End == HoldEnd.Held)
        {
            return facts.Idle >= facts.Need.Most
                ? new Answer(
                    Verdict.Pass, Text.Of($"A silent connection to {name} still worked after {Seconds(hold.After)}."), evidence, facts.Now)
                : new Answer(
                    Verdict.Unknown,
                    Text.Of($"A silent connection to {name} still worked after {Seconds(hold.After)}; writeback needs {needed}."),
                    evidence, facts.Now, longer);
        }

        if (hold.End == HoldEnd.Goodbye)
        {
            return hold.After >= facts.Need.Most
                ? new Answer(
                    Verdict.Pass, Text.Of($"A silent connection to {name} stayed for {Seconds(hold.After)}, "
                        + $"until the other end ended it in order."),
                    evidence, facts.Now)
                : new Answer(
                    Verdict.Unknown,
                    Text.Of($"The other end itself ended the silent connection to {name} in order, after "
                        + $"{Seconds(hold.After)}: no firewall cut it before."),
                    evidence, facts.Now,
                    Text.Of($"Ask those who run the firewall for its idle time-out; writeback needs {needed}."));
        }

        string reason = hold.End switch
        {
            HoldEnd.Reset => Text.Of($"A silent connection to {name} was reset after {Seconds(hold.After)}; writeback needs {needed}."),
            HoldEnd.Closed => Text.Of($"A silent connection to {name} was closed after {Seconds(hold.After)}; writeback needs {needed}."),
            _ => Text.Of($"A connection to {name} that was silent for {Seconds(hold.After)} was dead when it "
                + $"was used; writeback needs {needed}."),
        };
        string fix = Text.Of($"Raise the idle time-out for {facts.Endpoint.Listed} to more than {Seconds(facts.Need.Most)}.");

        // What is found dead at the end was cut at some time before, nobody knows when.
        bool isKnownEarly = hold.After < facts.Need.Least || (hold.End == HoldEnd.Dropped && facts.Idle <= facts.Need.Least);
        Verdict verdict = isKnownEarly ? Verdict.Fail
            : hold.After < facts.Need.Most || hold.End == HoldEnd.Dropped ? Verdict.Warn
            : Verdict.Pass;
        return verdict == Verdict.Pass
            ? new Answer(
                Verdict.Pass, Text.Of($"A silent connection to {name} stayed for {Seconds(hold.After)}, longer "
                    + $"than the {needed} that writeback needs."),
                evidence, facts.Now)
            : new Answer(verdict, reason, evidence, facts.Now, fix);
    }
}
