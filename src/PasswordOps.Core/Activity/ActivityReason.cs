using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Activity;

/// <summary>A reason that the audit log gives, in plain words. Facts in Knowledge/sspr-reasons.tsv.</summary>
public sealed record ActivityReason
{
    private static readonly Lazy<Pattern[]> Patterns =
        new(() => KnowledgeTable.Load("sspr-reasons").Rows.Select(row => new Pattern(row)).ToArray());

    private ActivityReason(string id, string meaning, string? cause, string? nextStep, AttemptOutcome? ends, string? method)
    {
        Id = id;
        Meaning = meaning;
        Cause = cause;
        NextStep = nextStep;
        Ends = ends;
        Method = method;
    }

    /// <summary>Stable name of the reason; <c>Unlisted</c> for one that is not known here.</summary>
    public string Id { get; }

    /// <summary>What it says; of one that is not known the service's own words.</summary>
    public string Meaning { get; }

    /// <summary>What is behind it as a rule; null when there is nothing to say.</summary>
    public string? Cause { get; }

    /// <summary>One thing to do; null when there is nothing to do.</summary>
    public string? NextStep { get; }

    /// <summary>How an attempt ends by it; null when it goes on.</summary>
    internal AttemptOutcome? Ends { get; }

    /// <summary>The method of verification that it names, in the service's words; null when none.</summary>
    internal string? Method { get; }

    /// <summary>Reads a reason.</summary>
    /// <param name="text">What the log has; null or empty for none.</param>
    /// <returns>The reason; null when the log gives none.</returns>
    public static ActivityReason? Of(string? text)
    {
        string reason = (text ?? string.Empty).Trim();
        if (reason.Length == 0)
        {
            return null;
        }

        foreach (Pattern pattern in Patterns.Value)
        {
            if (pattern.Fits(reason, out string? method))
            {
                return pattern.Tell(method);
            }
        }

        return new ActivityReason("Unlisted", reason, null, null, null, null);
    }

    /// <inheritdoc/>
    public override string ToString() => Id;

    private sealed class Pattern
    {
        private const string Verification = " verification";

        private readonly string[] parts;
        private readonly IReadOnlyDictionary<string, string> row;
        private readonly AttemptOutcome? ends;

        public Pattern(IReadOnlyDictionary<string, string> row)
        {
            this.row = row;
            parts = row["reason"].Split('*');
            ends = row["ends"] switch
            {
                "step" => null,
                "succeeded" => AttemptOutcome.Succeeded,
                "onPremisesOnly" => AttemptOutcome.SucceededOnPremises,
                "failed" => AttemptOutcome.Failed,
                "blocked" => AttemptOutcome.Blocked,
                _ => AttemptOutcome.Abandoned,
            };
        }

        /// <summary>Compares piece by piece; the first star is the method, a last one takes the rest.</summary>
        public bool Fits(string reason, out string? method)
        {
            method = null;
            if (!reason.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            int at = parts[0].Length;
            for (int i = 1; i < parts.Length; i++)
            {
                if (parts[i].Length == 0)
                {
                    return true;
                }

                int next = reason.IndexOf(parts[i], at, StringComparison.OrdinalIgnoreCase);
                if (next < 0)
                {
                    return false;
                }

                method ??= reason.Substring(at, next - at).Trim();
                at = next + parts[i].Length;
            }

            return at == reason.Length;
        }

        public ActivityReason Tell(string? method)
        {
            if (method is not null && method.EndsWith(Verification, StringComparison.OrdinalIgnoreCase))
            {
                method = method.Substring(0, method.Length - Verification.Length);
            }

            return new ActivityReason(
                row["id"], Said("meaning", method)!, Said("cause", method), Said("next", method), ends, row["meaning"].Contains("{method}")
                    ? method
                    : null);
        }

        private string? Said(string column, string? method) =>
            row[column] == "-" ? null : Text.Translated(row[column]).Replace("{method}", method ?? string.Empty);
    }
}
