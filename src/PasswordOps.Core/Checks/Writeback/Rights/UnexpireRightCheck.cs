using System.Linq;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Core.Checks.Writeback.Rights;

/// <summary>Has the account Unexpire Password on the domain object, the only one of which it is asked?</summary>
internal sealed class UnexpireRightCheck : RightsCheck
{
    public UnexpireRightCheck()
        : base("writeback.rights.unexpire", "MS-SAMR 3.1.1.8.7 (2026-02)")
    {
    }

    protected override Answer Judge(RightsFacts facts)
    {
        RightRow? row = facts.Rows.FirstOrDefault(row => row.Right == DirectoryRight.UnexpirePassword);
        if (row is null)
        {
            return new Answer(
                Verdict.Unknown, Text.Of($"The domain object was not judged."), "nothing read", facts.Now,
                Text.Of($"Run this as an account that may read the domain."));
        }

        string evidence = row.Decided?.Entry is string entry ? $"{entry} on {row.Container}" : row.Container;
        return row.Outcome switch
        {
            RightOutcome.Granted => new Answer(
                Verdict.Pass, Text.Of($"{facts.Account} has Unexpire Password on the domain. {row.Reason}"), evidence, facts.Now),
            RightOutcome.NotGranted => new Answer(
                Verdict.Fail,
                Text.Of($"{facts.Account} lacks Unexpire Password on the domain: every password written back expires at once. "
                    + $"{row.Reason}"),
                evidence, facts.Now, Text.Of($"Grant-WritebackPermission adds it on the domain."))
            {
                Missing = new[] { RightReasons.Name(DirectoryRight.UnexpirePassword) },
            },
            _ => new Answer(
                Verdict.Unknown, Text.Of($"Whether {facts.Account} has Unexpire Password cannot be told. {row.Reason}"), evidence,
                facts.Now,
                row.Cause == RightCause.NotReadable
                    ? Text.Of($"Run this as an account that has Read Permissions on the domain object.")
                    : RightReasons.Fix(UserObstacle.Unknown)),
        };
    }
}
