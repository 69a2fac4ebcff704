using System;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Writeback.Chain;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Does the domain controller's clock agree with this computer's?</summary>
internal sealed class DomainClockCheck : Check<DomainFacts>
{
    public DomainClockCheck()
        : base("writeback.domain.clock", "Kerberos bears 5 minutes")
    {
    }

    protected override Answer Decide(DomainFacts facts)
    {
        string server = facts.Controller.Name;
        if (facts.Controller.ClockSkew is not TimeSpan skew)
        {
            return new Answer(
                Verdict.Unknown, Text.Of($"{server} does not tell its time."), "no currentTime", facts.At,
                Text.Of($"Compare the clocks with w32tm /stripchart."));
        }

        string evidence = FormattableString.Invariant($"{skew.TotalSeconds:+0;-0;0} s beside this computer");
        return skew.Duration() > DomainController.ToleratedSkew
            ? new Answer(
                Verdict.Warn, Text.Of($"The clocks of {server} and of this computer are {skew.Duration().TotalMinutes:0} minutes apart."),
                evidence, facts.At, Text.Of($"Synchronise both with the domain's time source."))
            : new Answer(Verdict.Pass, Text.Of($"The clock of {server} agrees with this computer's."), evidence, facts.At);
    }
}
