using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Checks;

namespace PasswordOps.Core.Reset;

/// <summary>What was read of the tenant, and what it says of every reset alike: asked once, however many users there are.</summary>
internal sealed class TenantAnswers
{
    public TenantAnswers(OrganizationFacts facts)
    {
        Facts = facts;
        Permissions = string.Join(" ", facts.Caller.Permissions);
        WithWriteback = CheckCatalog.ResetTenant(true).Select(check => Doubt(check.Run(facts, null))).ToArray();
        WithoutWriteback = CheckCatalog.ResetTenant(false).Select(check => check.Run(facts, null)).ToArray();
    }

    public OrganizationFacts Facts { get; }

    /// <summary>The caller's permissions, in one line.</summary>
    public string Permissions { get; }

    public IReadOnlyList<CheckResult> WithWriteback { get; }

    public IReadOnlyList<CheckResult> WithoutWriteback { get; }

    // Writeback is another part of the sync server than sync: one that stands still makes the other doubtful, no more.
    private static CheckResult Doubt(CheckResult check) =>
        check is { Id: "source.sync", Verdict: Verdict.Fail } ? check with { Verdict = Verdict.Warn } : check;
}
