using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.Source;

/// <summary>How do passwords travel between Active Directory and the cloud, as far as the tenant shows it?</summary>
internal sealed class SyncFeaturesCheck : Check<WholeTenantFacts>
{
    public SyncFeaturesCheck()
        : base("source.syncFeatures", "Microsoft Graph onPremisesDirectorySynchronizationFeature (2026-08-20)")
    {
    }

    protected override Answer Decide(WholeTenantFacts facts)
    {
        if (facts.IsSynced == false)
        {
            return new Answer(
                Verdict.NotApplicable, Text.Of($"No identities are synced from Active Directory."), "onPremisesSyncEnabled is not true",
                facts.Organization.At);
        }

        if (!facts.Features.IsKnown)
        {
            return Answer.Unreadable(facts.Features, Text.Of($"The switches of directory synchronisation"));
        }

        if (facts.Features.Value is not SyncFeatures features)
        {
            return new Answer(
                Verdict.Unknown, Text.Of($"The tenant shows no switches of directory synchronisation."), "an empty list",
                facts.Features.At, Text.Of($"Look at the sync server, with Get-ADSyncAADCompanyFeature."));
        }

        string evidence = $"passwordSyncEnabled {Word(features.PasswordSync)}, "
            + $"userForcePasswordChangeOnLogonEnabled {Word(features.ForcedChange)}, "
            + $"cloudPasswordPolicyForPasswordSyncedUsersEnabled {Word(features.CloudPasswordPolicy)}, "
            + $"passwordWritebackEnabled {Word(features.PasswordWriteback)}";
        string writeback = Text.Of($"passwordWritebackEnabled proves nothing, on or off: the service does not keep it. ")
            + Text.Of($"Whether writeback works, Get-WritebackHealth says.");
        return features.PasswordSync == true && features.ForcedChange == false
            ? new Answer(
                Verdict.Warn,
                Text.Of($"Password hashes are synced, and that a password must be changed is not: a temporary password from Active ")
                + Text.Of($"Directory can be kept in the cloud. ") + writeback,
                evidence, facts.Features.At,
                Text.Of($"Set-ADSyncAADCompanyFeature -ForcePasswordChangeOnLogOn $true on the sync server."))
            : new Answer(
                Verdict.Pass,
                (features.PasswordSync == true
                    ? Text.Of($"Password hashes are synced to the cloud. ")
                    : Text.Of($"Password hashes are not synced: sign-ins go to Active Directory or to another provider. ")) + writeback,
                evidence, facts.Features.At);
    }

    private static string Word(bool? value) => value is null ? "not told" : value.Value ? "true" : "false";
}
