using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Writeback.Chain;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Are there fine-grained policies that ask for more than the domain's?</summary>
internal sealed class DomainFineGrainedCheck : DomainCheck
{
    public DomainFineGrainedCheck()
        : base("writeback.domain.fineGrained", "Microsoft Entra passwords FAQ (2021-08-13)")
    {
    }

    protected override Answer Judge(DomainConditions conditions, DomainFacts facts)
    {
        if (conditions.FineGrained is not IReadOnlyList<DomainPasswordPolicy> policies)
        {
            return Hidden(
                Text.Of($"Fine-grained policies may not be read: whether some users have another minimum age is not known."), facts,
                Text.Of($"Give an account that may read the Password Settings Container, or ask about one -User."));
        }

        string evidence = policies.Count == 0
            ? "none in the Password Settings Container"
            : string.Join("; ", policies.Select(policy => $"{Name(policy)}: minimum age {Days(policy.MinimumAge)}"));
        string[] strict = policies.Where(policy => policy.MinimumAge > TimeSpan.Zero).Select(Name).ToArray();
        return strict.Length > 0
            ? new Answer(
                Verdict.Warn, Text.Of($"Users under {string.Join(", ", strict)} must keep a new password for a while (33008 before)."),
                evidence, facts.At, Text.Of($"Set the minimum password age of these policies to 0, or expect refusals of that kind."))
            : new Answer(
                Verdict.Pass,
                policies.Count == 0
                    ? Text.Of($"There are no fine-grained policies.")
                    : Text.Of($"No fine-grained policy asks to keep a new password."),
                evidence, facts.At);
    }

    private static string Name(DomainPasswordPolicy policy) => policy.FineGrained?.Split(',')[0] ?? "?";
}
