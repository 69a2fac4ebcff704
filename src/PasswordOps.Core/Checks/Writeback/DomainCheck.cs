using System;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Writeback.Chain;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>A question about what a domain controller says of its domain; Unknown where it could not be read.</summary>
internal abstract class DomainCheck : Check<DomainFacts>
{
    protected DomainCheck(string id, string source)
        : base(id, source)
    {
    }

    protected sealed override Answer Decide(DomainFacts facts) => facts.Conditions.IsKnown
        ? Judge(facts.Conditions.Value, facts)
        : Answer.Unreadable(facts.Conditions, facts.Controller.DomainName);

    protected abstract Answer Judge(DomainConditions conditions, DomainFacts facts);

    /// <summary>The answer where the caller may not read something.</summary>
    protected static Answer Hidden(string reason, DomainFacts facts, string fix) =>
        new(Verdict.Unknown, reason, "not readable", facts.At, fix);

    /// <summary>A length of time as policies have it.</summary>
    protected static string Days(TimeSpan? time) => time switch
    {
        null => "?",
        TimeSpan span when span == TimeSpan.MaxValue => "never",
        TimeSpan span => FormattableString.Invariant($"{span.TotalDays:0.##} days"),
    };
}
