using System.Linq;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Core.Checks.Writeback.Rights;

/// <summary>Could all descriptors be read?</summary>
internal sealed class DescriptorsCheck : RightsCheck
{
    public DescriptorsCheck()
        : base("writeback.rights.descriptors", "MS-ADTS 3.1.1.4.4 (2025-11-12)")
    {
    }

    protected override Answer Judge(RightsFacts facts)
    {
        if (facts.Broken is not null)
        {
            return new Answer(
                Verdict.Unknown, Text.Of($"Reading users ended after {facts.Users.Users}: {facts.Broken.Message}"),
                $"error {facts.Broken.Id}", facts.Now, facts.Broken.Advice);
        }

        int hidden = facts.Users.Count(UserObstacle.NotReadable);
        int malformed = facts.Users.Count(UserObstacle.Malformed);
        string evidence = $"{facts.Users.Users} users, {hidden} descriptors not readable, {malformed} malformed";
        if (hidden + malformed == 0)
        {
            return facts.Users.Users == 0
                ? new Answer(Verdict.NotApplicable, Text.Of($"There was no user to look at."), evidence, facts.Now)
                : new Answer(Verdict.Pass, Text.Of($"Every descriptor could be read."), evidence, facts.Now);
        }

        UserObstacle worse = hidden > 0 ? UserObstacle.NotReadable : UserObstacle.Malformed;
        return new Answer(
            Verdict.Unknown, Text.Of($"The rights of {hidden + malformed} users cannot be told, for example "
                + $"{facts.Users.Examples(worse).FirstOrDefault()}."),
            evidence, facts.Now, RightReasons.Fix(worse));
    }
}
