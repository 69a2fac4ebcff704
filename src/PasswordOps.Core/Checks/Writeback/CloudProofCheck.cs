using System;
using System.Linq;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Writeback;
using PasswordOps.Core.Writeback.Chain;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Does the audit log show a password that reached Active Directory?</summary>
internal sealed class CloudProofCheck : Check<CloudFacts>
{
    /// <summary>Active Directory took the password and the cloud did not, or too late.</summary>
    private const string CloudHalfFailed = "OnPremisesSuccessCloudFailure";

    public CloudProofCheck()
        : base("writeback.cloud.proof", "Microsoft Entra howto-sspr-reporting (2025-03-04)")
    {
    }

    private static string Prove => Text.Of($"Reset the password of a synced test user in the Entra admin center, and look again in an "
        + $"hour.");

    protected override Answer Decide(CloudFacts facts)
    {
        if (!facts.Passwords.IsKnown)
        {
            return Answer.Unreadable(facts.Passwords, Text.Of($"The audit log"));
        }

        DirectoryAudit[] carried = facts.Passwords.Value.Where(row => CloudFacts.EngineOf(row) is not null)
            .OrderByDescending(row => row.At).ToArray();
        string counts = string.Join(
            ", ", facts.Passwords.Value.GroupBy(row => row.Detail("OnPremisesAgent") ?? "no OnPremisesAgent")
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => FormattableString.Invariant($"{group.Key}: {group.Count()}")));
        string evidence = FormattableString.Invariant(
            $"{facts.Passwords.Value.Count} rows since {When.Stamp(facts.From)}{(counts.Length > 0 ? "; " : string.Empty)}{counts}");
        DirectoryAudit? success = carried.FirstOrDefault(row => row.Result == AuditResult.Success);
        DirectoryAudit? failure = carried.FirstOrDefault(row => row.Result is AuditResult.Failure or AuditResult.Timeout);
        if (failure is not null && !(success?.At > failure.At))
        {
            string reason = failure.ResultReason ?? failure.Result.ToString();
            return new Answer(
                Verdict.Warn,
                success is null
                    ? Text.Of($"No password reached Active Directory; the last one failed at {When.Stamp(failure.At)}: {reason}")
                    : Text.Of($"A password last reached Active Directory at {When.Stamp(success.At)}; since then one failed: {reason}"),
                evidence, facts.Passwords.At, Text.Of($"Look at the sync server's events of {When.Stamp(failure.At)} with "
                    + $"Get-WritebackEvent."));
        }

        if (success is null)
        {
            return new Answer(
                Verdict.Unknown,
                facts.Passwords.Value.Count == 0
                    ? Text.Of($"The audit log shows no reset since {When.Stamp(facts.From)}.")
                    : Text.Of($"The audit log shows resets, but none that went to Active Directory."),
                evidence, facts.Passwords.At, Prove);
        }

        string engine = CloudFacts.EngineOf(success) == WritebackEngine.CloudSync ? "cloud sync" : "Entra Connect Sync";
        return string.Equals(success.ResultReason, CloudHalfFailed, StringComparison.OrdinalIgnoreCase)
            ? new Answer(
                Verdict.Pass,
                Text.Of($"A password reached Active Directory at {When.Stamp(success.At)} through {engine}; the cloud took it late or not "
                    + $"at all ({CloudHalfFailed})."),
                evidence, facts.Passwords.At)
            : new Answer(
                Verdict.Pass, Text.Of($"A password reached Active Directory at {When.Stamp(success.At)} through {engine}."), evidence,
                facts.Passwords.At);
    }
}
