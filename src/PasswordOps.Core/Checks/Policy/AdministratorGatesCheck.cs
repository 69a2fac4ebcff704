using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.Policy;

/// <summary>How many pieces of contact data does an administrator need?</summary>
internal sealed class AdministratorGatesCheck : Check<TenantFacts>
{
    public AdministratorGatesCheck()
        : base("policy.administratorGates", "Microsoft Entra concept-sspr-policy, administrator reset policy differences (2025-05-15)")
    {
    }

    protected override Answer Decide(TenantFacts facts)
    {
        if (facts.AdministratorSspr.IsKnown && facts.AdministratorSspr.Value == false)
        {
            return new Answer(
                Verdict.NotApplicable, Text.Of($"Administrators may not use self-service password reset."), "allowedToUseSSPR is false",
                facts.AdministratorSspr.At);
        }

        if (!facts.Organization.IsKnown)
        {
            return Answer.Unreadable(facts.Organization, Text.Of($"The organization"));
        }

        if (facts.IsSynced is null)
        {
            return new Answer(
                Verdict.Unknown, Text.Of($"The caller sees too little of the organization to tell whether the tenant syncs."),
                "organization without createdDateTime and tenantType",
                facts.Organization.At, Text.Of($"Grant Organization.Read.All."));
        }

        if (!facts.Subscriptions.IsKnown)
        {
            return Answer.Unreadable(facts.Subscriptions, Text.Of($"The subscriptions, which tell trials from paid ones,"));
        }

        AdministratorGates gates = AdministratorGates.Of(facts.Subscriptions.Value, facts.Organization.Value, facts.Now);
        if (gates.IsAmbiguous)
        {
            return new Answer(
                Verdict.Warn,
                Text.Of($"The document's one-gate and two-gate conditions are both met and no precedence is published. "
                + $"Reading one: one piece of contact data is enough. "
                + $"Reading two, the safe one: administrators need two."),
                gates.Facts,
                facts.Subscriptions.At,
                Text.Of($"Give administrators two pieces of contact data: an email address, an authenticator app or a phone."));
        }

        return gates.Gates == 2
            ? new Answer(
                Verdict.Pass,
                Text.Of($"Administrators need two of: email address, authenticator app, phone. Security questions do not count."),
                gates.Facts, facts.Subscriptions.At)
            : new Answer(Verdict.Pass, Text.Of($"Administrators need one of: email address, phone."), gates.Facts, facts.Subscriptions.At);
    }
}
