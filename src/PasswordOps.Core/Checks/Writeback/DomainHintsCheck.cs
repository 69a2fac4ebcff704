using PasswordOps.Core.Writeback.Chain;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Does the domain controller offer the control by which writeback lets history count?</summary>
internal sealed class DomainHintsCheck : Check<DomainFacts>
{
    public DomainHintsCheck()
        : base("writeback.domain.hints", "Microsoft Entra troubleshoot-sspr-writeback (2024-06-24); MS-ADTS 3.1.1.3.4.1.27")
    {
    }

    protected override Answer Decide(DomainFacts facts)
    {
        string server = facts.Controller.Name;
        if (facts.Controller.IsReadOnly)
        {
            return new Answer(
                Verdict.Warn, Text.Of($"{server} is read-only: no password is set there, and the answers of others may differ."),
                "supportedCapabilities", facts.At, Text.Of($"Give a writable domain controller."));
        }

        return facts.Controller.CanEnforceHistory
            ? new Answer(
                Verdict.Pass, Text.Of($"{server} offers the control by which password history counts."),
                "supportedControl has 1.2.840.113556.1.4.2239 or .2066", facts.At)
            : new Answer(
                Verdict.Fail, Text.Of($"{server} lacks the control by which password history counts: writeback through it ends in 6329."),
                "supportedControl has neither 1.2.840.113556.1.4.2239 nor .2066", facts.At,
                Text.Of($"Bring the domain controller to Windows Server 2016 or later, or let Connect prefer others."));
    }
}
