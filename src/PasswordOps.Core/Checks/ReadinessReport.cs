using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks;

/// <summary>Answer to "will self-service password reset work?" for the tenant or for one user.</summary>
public record ReadinessReport
{
    /// <summary>User principal name, or the tenant's name.</summary>
    public required string Target { get; init; }

    /// <summary>Object id of the user, or tenant id.</summary>
    public required string TargetId { get; init; }

    /// <summary>True for the tenant's report.</summary>
    public required bool IsTenant { get; init; }

    /// <summary>
    /// The worst of the checks; of a user Unknown before Warn, where it could not be read whether a reset is possible at all.
    /// </summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The answer in one line.</summary>
    public required string Headline { get; init; }

    /// <summary>The one next step; null when there is nothing to do.</summary>
    public required string? NextStep { get; init; }

    /// <summary>All checks in the order of the catalogue.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = Array.Empty<CheckResult>();

    /// <inheritdoc/>
    public override string ToString() => $"{Target}: {Verdict}";

    internal static ReadinessReport Of(UserFacts facts)
    {
        DirectoryUser user = facts.User.Value;
        IReadOnlyList<Check<UserFacts>> catalog = CheckCatalog.User;
        CheckResult[] checks = new CheckResult[catalog.Count];
        for (int i = 0; i < checks.Length; i++)
        {
            checks[i] = catalog[i].Run(facts, user.Name);
        }

        return Of(user.Name, user.Id, false, checks);
    }

    internal static ReadinessReport Of(string target, string targetId, bool isTenant, IReadOnlyList<CheckResult> checks)
    {
        Verdict verdict = checks.Max(check => check.Verdict);
        if (!isTenant && verdict == Verdict.Warn && checks.Any(check => check.Verdict == Verdict.Unknown && IsDecisive(check)))
        {
            // What could say no was not read: a warning about something else is no reason to say that the user may reset.
            verdict = Verdict.Unknown;
        }

        CheckResult? deciding = checks.FirstOrDefault(check => check.Verdict == verdict);
        string headline = (isTenant, verdict) switch
        {
            (true, Verdict.Fail) => Text.Of($"Not ready: {deciding!.Reason}"),
            (true, Verdict.Warn) => Text.Of($"Ready, with something to look at: {deciding!.Reason}"),
            (true, Verdict.Unknown) => Text.Of($"Nothing speaks against it, and not everything could be read: {deciding!.Reason}"),
            (true, _) => Text.Of($"Ready for self-service password reset."),
            (false, Verdict.Fail) => Text.Of($"Cannot reset now: {deciding!.Reason}"),
            (false, Verdict.Warn) => Text.Of($"May be able to reset: {deciding!.Reason}"),
            (false, Verdict.Unknown) => Text.Of($"Cannot tell: {deciding!.Reason}"),
            (false, _) => Text.Of($"Can reset the password now."),
        };
        return new ReadinessReport
        {
            Target = target, TargetId = targetId, IsTenant = isTenant, Verdict = verdict, Headline = headline,
            NextStep = verdict > Verdict.Pass ? deciding!.Fix : null, Checks = checks,
        };
    }

    private static bool IsDecisive(CheckResult check) =>
        check.Id is "source.authority" or "source.account" or "policy.enabled" or "contact.methods";
}
