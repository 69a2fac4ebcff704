using System;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Writeback.Chain;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Does the domain's password policy let a password be changed again soon?</summary>
internal sealed class DomainPolicyCheck : DomainCheck
{
    public DomainPolicyCheck()
        : base("writeback.domain.policy", "Microsoft Entra tutorial-enable-sspr-writeback (2023-09-13)")
    {
    }

    protected override Answer Judge(DomainConditions conditions, DomainFacts facts)
    {
        DomainPasswordPolicy policy = conditions.Policy;
        if (policy.MinimumAge is not TimeSpan age)
        {
            return Hidden(
                Text.Of($"The domain's password policy may not be read."), facts,
                Text.Of($"Give an account that may read the domain object."));
        }

        string evidence = FormattableString.Invariant(
            $"minimum age {Days(age)}, history {policy.HistoryLength}, length {policy.MinimumLength}, complexity {policy.Complexity}, ")
            + $"maximum age {Days(policy.MaximumAge)}";
        return age > TimeSpan.Zero
            ? new Answer(
                Verdict.Warn,
                Text.Of($"A password must be kept for {Days(age)}: who changed it cannot change or reset it again before (33008)."),
                evidence, facts.At, Text.Of($"Set the minimum password age to 0 days, or expect refusals of that kind."))
            : new Answer(
                Verdict.Pass, Text.Of($"Passwords may be changed at any time; history, length, complexity and filters still count."),
                evidence,
                facts.At);
    }
}
