using System.Linq;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Core.Checks.Writeback.Rights;

/// <summary>Do the rights reach accounts of the class inetOrgPerson, which entries for users pass by?</summary>
internal sealed class InetOrgPersonRightsCheck : RightsCheck
{
    public InetOrgPersonRightsCheck()
        : base("writeback.rights.inetOrgPerson", "MS-ADTS 6.1.3 (2025-11-12)")
    {
    }

    protected override Answer Judge(RightsFacts facts)
    {
        RightRow[] rows = facts.Rows
            .Where(row => row.Basis == RightBasis.Users && row.IsRequired && UserRightCheck.IsInetOrgPerson(row))
            .ToArray();
        if (rows.Length == 0)
        {
            return new Answer(
                Verdict.NotApplicable, Text.Of($"No account of this class was among those looked at."),
                $"{facts.Users.Users} users", facts.Now);
        }

        int people = rows.Max(row => row.Granted + row.NotGranted + row.Unknown);
        RightRow worst = rows.OrderByDescending(row => row.Outcome).First();
        string evidence = $"{people} accounts, for example {worst.Example}";
        return worst.Outcome switch
        {
            RightOutcome.Granted => new Answer(
                Verdict.Pass, Text.Of($"The rights reach all {people} accounts of this class."), evidence, facts.Now),
            RightOutcome.Unknown => new Answer(
                Verdict.Unknown, Text.Of($"Whether the rights reach accounts of this class cannot be told. {worst.Reason}"), evidence,
                facts.Now, RightReasons.Fix(UserObstacle.Unknown)),
            _ => new Answer(
                Verdict.Warn,
                Text.Of($"{RightReasons.Name(worst.Right)} is missing on {worst.NotGranted + worst.Unknown} of {people} accounts of this "
                    + $"class. {worst.Reason}"),
                evidence, facts.Now, RightReasons.Fix(UserObstacle.OtherClass)),
        };
    }
}
