namespace PasswordOps.Core.Checks;

/// <summary>One question with one answer, decided from facts that were read before. Pure: no check reads anything itself.</summary>
/// <typeparam name="TFacts">What it looks at.</typeparam>
internal abstract class Check<TFacts> : ICheck<TFacts>
{
    protected Check(string id, string source)
    {
        Id = id;
        Source = source;
    }

    /// <summary>Stable id, as documented in docs/checks.md.</summary>
    public string Id { get; }

    /// <summary>The document that the rule comes from.</summary>
    public string Source { get; }

    public CheckResult Run(TFacts facts, string? target)
    {
        Answer answer = Decide(facts);
        return new CheckResult
        {
            Id = Id, Source = Source, Target = target, Verdict = answer.Verdict, Reason = answer.Reason, Evidence = answer.Evidence,
            ReadAt = answer.At,
            Fix = answer.Fix,
            Missing = answer.Missing,
        };
    }

    protected abstract Answer Decide(TFacts facts);
}
