using System.Linq;

namespace PasswordOps.Core.Checks.Policy;

/// <summary>Was self-service password reset tried with an administrator, whom another policy answers?</summary>
internal sealed class TrialCheck : Check<WholeTenantFacts>
{
    private const int Shown = 3;

    public TrialCheck()
        : base("policy.tested", "Microsoft Entra concept-sspr-policy, administrator reset policy differences (2025-05-15)")
    {
    }

    protected override Answer Decide(WholeTenantFacts facts)
    {
        if (!facts.Trials.IsKnown)
        {
            return Answer.Unreadable(facts.Trials, Text.Of($"Who tried password reset lately"));
        }

        ResetTrials trials = facts.Trials.Value;
        string evidence = $"{trials.People} people in the last day, {trials.Administrators.Count} of them administrators";
        if (trials.People == 0)
        {
            return new Answer(
                Verdict.NotApplicable, Text.Of($"Nobody tried self-service password reset in the last day."), evidence, facts.Trials.At);
        }

        if (trials.Administrators.Count == 0)
        {
            return new Answer(
                Verdict.Pass, Text.Of($"Ordinary users tried self-service password reset: the user policy answered them."), evidence,
                facts.Trials.At);
        }

        string names = string.Join(", ", trials.Administrators.Take(Shown))
            + (trials.Administrators.Count > Shown ? ", ..." : string.Empty);
        return new Answer(
            Verdict.Warn,
            Text.Of($"Self-service password reset was tried with administrators ({names}): the administrator policy answered them. ")
            + Text.Of($"What they saw says nothing of other users."),
            evidence,
            facts.Trials.At,
            Text.Of($"Test with an ordinary user, in a small group first."));
    }
}
