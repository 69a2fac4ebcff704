using System;
using System.Linq;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Writeback;
using PasswordOps.Core.Writeback.Chain;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Was writeback switched off for the directory?</summary>
internal sealed class CloudSwitchCheck : Check<CloudFacts>
{
    /// <summary>What the audit log calls switching it on.</summary>
    public const string On = "Enable password writeback for directory";

    /// <summary>What the audit log calls switching it off.</summary>
    public const string Off = "Disable password writeback for directory";

    public CloudSwitchCheck()
        : base("writeback.cloud.switch", "Microsoft Entra audit activity reference (2024-25)")
    {
    }

    protected override Answer Decide(CloudFacts facts)
    {
        if (!facts.Switches.IsKnown)
        {
            return Answer.Unreadable(facts.Switches, Text.Of($"The audit log"));
        }

        // A switch that failed switched nothing.
        DirectoryAudit? last = facts.Switches.Value.Where(row => row.Result is AuditResult.Success or AuditResult.Unknown)
            .OrderByDescending(row => row.At).FirstOrDefault();
        if (last is null)
        {
            return new Answer(
                Verdict.NotApplicable,
                Text.Of($"Writeback was neither switched on nor off for the directory since {When.Stamp(facts.From)}, as far as the "
                    + $"log keeps."),
                "no rows", facts.Switches.At);
        }

        string evidence = $"{last.Activity}, {When.Stamp(last.At)}, {last.Result}";
        if (!string.Equals(last.Activity, Off, StringComparison.OrdinalIgnoreCase))
        {
            return new Answer(
                Verdict.Pass, Text.Of($"Writeback was switched on for the directory at {When.Stamp(last.At)}."), evidence,
                facts.Switches.At);
        }

        DirectoryAudit? later = facts.Passwords.IsKnown
            ? facts.Passwords.Value.FirstOrDefault(
                row => row.Result == AuditResult.Success && CloudFacts.EngineOf(row) is not null && row.At > last.At)
            : null;
        string fix = Text.Of($"In the Entra admin center, Password reset, On-premises integration, switch writeback on.");
        return later is null
            ? new Answer(
                Verdict.Fail, Text.Of($"Writeback was switched off for the directory at {When.Stamp(last.At)}."), evidence,
                facts.Switches.At, fix)
            : new Answer(
                Verdict.Warn,
                Text.Of($"Writeback was switched off at {When.Stamp(last.At)}, yet a password reached Active Directory at "
                    + $"{When.Stamp(later.At)}."),
                evidence, facts.Switches.At, fix);
    }
}
