using System.Linq;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Core.Checks.Writeback.Rights;

/// <summary>Are the groups of the account known?</summary>
internal sealed class RightsTokenCheck : RightsCheck
{
    public RightsTokenCheck()
        : base("writeback.rights.token", "MS-ADTS 3.1.1.4.5.19 tokenGroups (2025-11-12)")
    {
    }

    protected override Answer Judge(RightsFacts facts)
    {
        int known = facts.Who!.Parts.Count();
        string evidence = facts.TokenGaps.Count == 0
            ? $"{known} identities"
            : $"{known} identities; {string.Join(" ", facts.TokenGaps)}";
        if (facts.Who.IsComplete)
        {
            return new Answer(Verdict.Pass, Text.Of($"The groups of {facts.Account} are known."), evidence, facts.Now);
        }

        return facts.GroupsMatter
            ? new Answer(
                Verdict.Unknown,
                Text.Of($"Not all groups of {facts.Account} could be read, and answers depend on them."), evidence, facts.Now,
                Text.Of($"Run this as a domain administrator, or let the caller read tokenGroups of the account (property set Remote "
                    + $"Access Information)."))
            : new Answer(
                Verdict.Pass, Text.Of($"Not all groups of {facts.Account} could be read; no answer depends on them."), evidence, facts.Now);
    }
}
