using System;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Writeback;
using PasswordOps.Core.Writeback.Chain;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Does the policy that applies to the user allow another password now?</summary>
internal sealed class UserPolicyCheck : Check<WrittenUser>
{
    public UserPolicyCheck()
        : base("writeback.user.policy", "Microsoft Entra passwords FAQ (2021-08-13)")
    {
    }

    protected override Answer Decide(WrittenUser facts)
    {
        if (facts.Account is not { IsKnown: true } reading)
        {
            return new Answer(
                Verdict.Unknown, Text.Of($"The policy of the user is not known without the account in Active Directory."), "not asked",
                facts.Now, Text.Of($"Give a domain controller with -DomainController, and a user that it knows."));
        }

        DomainPasswordPolicy policy = reading.Value.Policy;
        string evidence = FormattableString.Invariant(
            $"{policy}: minimum age {policy.MinimumAge}, history {policy.HistoryLength}, length {policy.MinimumLength}")
            + $", password set {(reading.Value.PasswordLastSet is DateTimeOffset at ? When.Stamp(at) : "not known, or to be changed")}";
        if (policy.MinimumAge is not TimeSpan age)
        {
            return new Answer(
                Verdict.Unknown,
                policy.FineGrained is string name
                    ? Text.Of($"The fine-grained policy {name} applies, and may not be read.")
                    : Text.Of($"The password policy may not be read."),
                evidence, reading.At, Text.Of($"Give an account that may read it."));
        }

        return reading.Value.PasswordLastSet + age is DateTimeOffset free && free > facts.Now
            ? new Answer(
                Verdict.Warn, Text.Of($"The password must be kept until {When.Stamp(free)}: before, another one is refused (33008)."),
                evidence, reading.At, Text.Of($"Wait until then, or set the minimum password age to 0."))
            : new Answer(Verdict.Pass, Text.Of($"The policy allows another password now."), evidence, reading.At);
    }
}
