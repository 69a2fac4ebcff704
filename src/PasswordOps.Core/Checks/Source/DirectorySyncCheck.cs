using System;
using System.Globalization;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.Source;

/// <summary>Is directory synchronisation alive? Says nothing of writeback.</summary>
internal sealed class DirectorySyncCheck : Check<OrganizationFacts>
{
    // Connect syncs every 30 minutes unless told otherwise; a few missed rounds are worth a look.
    private static readonly TimeSpan Late = TimeSpan.FromHours(3);
    private static readonly TimeSpan Dead = TimeSpan.FromHours(24);

    public DirectorySyncCheck()
        : base("source.sync", "Microsoft Graph organization resource; Entra Connect scheduler (30 minutes)")
    {
    }

    protected override Answer Decide(OrganizationFacts facts)
    {
        if (!facts.Organization.IsKnown)
        {
            return Answer.Unreadable(facts.Organization, Text.Of($"The organization"));
        }

        Organization organization = facts.Organization.Value;
        if (!organization.IsComplete)
        {
            return new Answer(
                Verdict.Unknown,
                Text.Of($"The caller sees only the name and domains of the tenant, so that sync looks as if it never was."),
                "organization without createdDateTime and tenantType",
                facts.Organization.At,
                Text.Of($"Grant Organization.Read.All."));
        }

        string evidence =
            $"onPremisesSyncEnabled {Word(organization.OnPremisesSyncEnabled)}, onPremisesLastSyncDateTime {When(organization.LastSync)}";
        if (organization.OnPremisesSyncEnabled != true)
        {
            return new Answer(
                Verdict.NotApplicable,
                organization.OnPremisesSyncEnabled == false
                    ? Text.Of($"Directory synchronisation was switched off.")
                    : Text.Of($"The tenant never synced from Active Directory."),
                evidence,
                facts.Organization.At);
        }

        if (organization.LastSync is not DateTimeOffset last)
        {
            return new Answer(
                Verdict.Unknown, Text.Of($"Directory synchronisation is on, and no last run is shown."), evidence, facts.Organization.At,
                Text.Of($"Look at Microsoft Entra Connect Health or the sync server."));
        }

        TimeSpan age = facts.Now - last;
        string ago = age.TotalHours < 2
            ? Text.Of($"{(int)age.TotalMinutes} minutes")
            : Text.Of($"{(int)age.TotalHours} hours");
        if (age > Late)
        {
            return new Answer(
                age > Dead ? Verdict.Fail : Verdict.Warn,
                Text.Of($"The last directory synchronisation was {ago} ago; new users and changed states have not arrived since."),
                evidence,
                facts.Organization.At,
                Text.Of($"On the sync server, check that the service ADSync runs and that Get-ADSyncScheduler shows SyncCycleEnabled."));
        }

        return new Answer(Verdict.Pass, Text.Of($"The last directory synchronisation was {ago} ago."), evidence, facts.Organization.At);
    }

    private static string Word(bool? value) => value is null ? "not set" : value.Value ? "true" : "false";

    private static string When(DateTimeOffset? time) =>
        time is null ? "not set" : time.Value.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
}
