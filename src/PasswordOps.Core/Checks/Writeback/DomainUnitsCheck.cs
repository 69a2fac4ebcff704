using System.Collections.Generic;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Writeback.Chain;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Are the names of the organizational units such that writeback finds its users?</summary>
internal sealed class DomainUnitsCheck : DomainCheck
{
    public DomainUnitsCheck()
        : base("writeback.domain.units", "Microsoft Entra troubleshoot-sspr-writeback (2024-06-24)")
    {
    }

    protected override Answer Judge(DomainConditions conditions, DomainFacts facts)
    {
        if (conditions.AwkwardUnits is not IReadOnlyList<string> units)
        {
            return Hidden(
                Text.Of($"The names of the organizational units may not be read."), facts, Text.Of($"Give an account that may read them."));
        }

        return units.Count == 0
            ? new Answer(
                Verdict.Pass, Text.Of($"No organizational unit has a reserved character in its name."), "search for reserved characters",
                facts.At)
            : new Answer(
                Verdict.Warn, Text.Of($"Names with reserved characters can end in 33001 for the users below: {string.Join("; ", units)}"),
                string.Join("; ", units), facts.At, Text.Of($"Rename the organizational units without leading or trailing blanks, #, and "
                    + $", + \" \\ < > ; = /."));
    }
}
