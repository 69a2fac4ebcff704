using PasswordOps.Core.Directory;
using PasswordOps.Core.Writeback.Chain;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Is the user one whose password goes to Active Directory, and by which ways?</summary>
internal sealed class UserWrittenCheck : Check<WrittenUser>
{
    public UserWrittenCheck()
        : base("writeback.user.source", "Microsoft Entra concept-sspr-writeback (2023-09-14)")
    {
    }

    protected override Answer Decide(WrittenUser facts)
    {
        if (facts.Cloud is not Reading<DirectoryUser> reading)
        {
            return new Answer(
                Verdict.Unknown, Text.Of($"Whether the user is synced is not known without a connection to the tenant."), "not asked",
                facts.Now,
                Text.Of($"Run Connect-PasswordOps first."));
        }

        if (!reading.IsKnown)
        {
            return Answer.Unreadable(reading, Text.Of($"The user"));
        }

        string evidence = $"onPremisesSyncEnabled {reading.Value.OnPremisesSyncEnabled?.ToString() ?? "not set"}";
        return reading.Value.OnPremisesSyncEnabled == true
            ? new Answer(
                Verdict.Pass,
                Text.Of($"The user is synced. Written back: own change and self-service reset, a reset in the Entra admin center or by "
                    + $"Graph's resetPassword. Not: Microsoft 365 admin center, PATCH passwordProfile, old PowerShell modules."),
                evidence, reading.At)
            : new Answer(
                Verdict.Fail, Text.Of($"The user is not synced: a password of the cloud stays in the cloud."), evidence, reading.At,
                Text.Of($"Reset the password in the cloud alone; for an account of Active Directory bring it into the sync scope."));
    }
}
