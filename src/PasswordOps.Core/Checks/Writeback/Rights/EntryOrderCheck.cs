using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Core.Checks.Writeback.Rights;

/// <summary>Are entries in the order that domain controllers keep, so that tools show what counts?</summary>
internal sealed class EntryOrderCheck : RightsCheck
{
    public EntryOrderCheck()
        : base("writeback.rights.order", "MS-ADTS 6.1.3.1 (2025-11-12)")
    {
    }

    protected override Answer Judge(RightsFacts facts)
    {
        string evidence = $"{facts.OutOfOrder} lists out of order, {facts.Users.Users} users";
        return facts.OutOfOrder > 0
            ? new Answer(
                Verdict.Warn,
                Text.Of($"{facts.OutOfOrder} lists are out of order, for example that of {facts.OutOfOrderExample}. They count as they "
                    + $"stand: an entry that denies has no effect behind one that grants."),
                evidence, facts.Now, Text.Of($"Open the Security page of the object, which offers to put its entries in order."))
            : new Answer(Verdict.Pass, Text.Of($"The lists that were read are in order."), evidence, facts.Now);
    }
}
