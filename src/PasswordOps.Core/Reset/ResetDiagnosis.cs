using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Checks;

namespace PasswordOps.Core.Reset;

/// <summary>Why people see what they see, from live facts.</summary>
public record ResetDiagnosis
{
    /// <summary>What was asked about.</summary>
    public required ResetSymptom Symptom { get; init; }

    /// <summary>What people see.</summary>
    public required string Title { get; init; }

    /// <summary>User principal name; null when the question is about the tenant or the caller.</summary>
    public string? User { get; init; }

    /// <summary>For whom it was looked into.</summary>
    public required string Caller { get; init; }

    /// <summary>Fail or Warn: the cause was found. Unknown: a fact that decides could not be read. Pass: none of the known causes
    /// holds.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The cause, or what is left when no known one holds.</summary>
    public required string Cause { get; init; }

    /// <summary>What to do.</summary>
    public required string NextStep { get; init; }

    /// <summary>What is missing, by name.</summary>
    public IReadOnlyList<string> Missing { get; init; } = Array.Empty<string>();

    /// <summary>What was looked at, the most likely cause first.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Symptom}: {Verdict}";

    internal static ResetDiagnosis Of(ResetSymptom symptom, string? user, string caller, IReadOnlyList<CheckResult> facts)
    {
        SymptomKnowledge known = SymptomKnowledge.Of(symptom);
        CheckResult[] checks = known.Checks.Select(id => facts.FirstOrDefault(check => check.Id == id)).OfType<CheckResult>().ToArray();
        CheckResult? cause = First(Verdict.Fail) ?? First(Verdict.Warn) ?? First(Verdict.Unknown);
        return new ResetDiagnosis
        {
            Symptom = symptom, Title = known.Title, User = user, Caller = caller, Verdict = cause?.Verdict ?? Verdict.Pass,
            Cause = cause?.Reason ?? known.Otherwise, NextStep = cause?.Fix ?? known.Next, Missing = cause?.Missing
                ?? Array.Empty<string>(),
            Checks = checks,
        };

        CheckResult? First(Verdict verdict) => checks.FirstOrDefault(check => check.Verdict == verdict);
    }
}
