using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.Policy;

/// <summary>Does the national cloud lack something that password work needs?</summary>
internal sealed class CloudLimitsCheck : Check<TenantFacts>
{
    public CloudLimitsCheck()
        : base("policy.cloud", "Microsoft Graph metadata of each national cloud (2026-08-20): a hint, not a promise")
    {
    }

    protected override Answer Decide(TenantFacts facts)
    {
        Cloud cloud = facts.Caller.Cloud;
        return cloud.Lacks.Count == 0
            ? new Answer(Verdict.Pass, Text.Of($"{cloud.Title} offers all that this module uses."), cloud.Graph.Host, facts.Now)
            : new Answer(
                Verdict.Warn,
                Text.Of($"{cloud.Title} lacks: {string.Join("; ", cloud.Lacks)}."),
                cloud.Graph.Host,
                facts.Now,
                Text.Of($"Do that part in the Entra admin center or in Active Directory."));
    }
}
