using System;
using PasswordOps.Core.Writeback;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Did a password get through, from the cloud to Active Directory?</summary>
internal sealed class ProofCheck : WritebackCheck
{
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(30);

    private static string Prove =>
        Text.Of($"Reset the password of a test user in the Entra admin center and look for event 31010 on the sync server.");

    public ProofCheck()
        : base("writeback.proof")
    {
    }

    protected override Answer Judge(WritebackLog log)
    {
        string evidence = $"{Seen("31002", log.Last(31002))}, {Seen("31007", log.Last(31007))}, {Seen("31010", log.Last(31010))}";
        if (log.Success is not EventMoment success)
        {
            return new Answer(Verdict.Unknown,
                Text.Of($"No password got through to Active Directory in this log."), evidence, log.Now, Prove);
        }

        return log.Now - success.Time <= Fresh
            ? new Answer(Verdict.Pass, Text.Of($"Active Directory last took a password at {When.Stamp(success)}."), evidence, log.Now)
            : new Answer(
                Verdict.Unknown,
                Text.Of($"Active Directory last took a password at {When.Stamp(success)}, {When.Long(log.Now - success.Time)} ago."),
                evidence, log.Now, Prove);
    }
}
