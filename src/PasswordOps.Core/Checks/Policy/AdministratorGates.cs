using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.Policy;

/// <summary>
/// One gate or two for administrators, by the rule of concept-sspr-policy (2025-05-15). One gate: within the first 30 days of a trial, or
/// no custom domain and no sync. Two gates: trial older than 30 days, or a custom domain, or sync. Both lists are joined by 'or' and can be
/// met at once; no precedence is published, so then two gates is the safe reading.
/// </summary>
/// <param name="Gates">1 or 2, the safe reading.</param>
/// <param name="IsAmbiguous">True when both lists of the document are met.</param>
/// <param name="Facts">The facts that decided.</param>
internal sealed record AdministratorGates(int Gates, bool IsAmbiguous, string Facts)
{
    private static readonly TimeSpan TrialStart = TimeSpan.FromDays(30);

    public static AdministratorGates Of(IReadOnlyList<Subscription> subscriptions, Organization organization, DateTimeOffset now)
    {
        Subscription[] trials = subscriptions
            .Where(subscription => subscription.IsTrial
                && string.Equals(subscription.Status, "Enabled", StringComparison.OrdinalIgnoreCase))
            .ToArray();
        bool young = trials.Any(trial => trial.Created is DateTimeOffset created && now - created <= TrialStart);
        bool old = trials.Any(trial => trial.Created is DateTimeOffset created && now - created > TrialStart);
        bool custom = organization.VerifiedDomains.Any(domain => domain.IsCustom);
        bool synced = organization.OnPremisesSyncEnabled == true;

        bool one = young || (!custom && !synced);
        bool two = old || custom || synced;
        string facts = string.Join(
            ", ",
            trials.Length == 0 ? "no trial"
                : young && old ? "trials within and beyond their first 30 days"
                : young ? "a trial in its first 30 days"
                : "a trial older than 30 days",
            custom ? "custom domain" : "no custom domain",
            synced ? "synced" : "not synced");
        return new AdministratorGates(two ? 2 : 1, one && two, facts);
    }
}
