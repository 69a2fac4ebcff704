using System;
using System.Linq;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.Policy;

/// <summary>Which policy decides the methods, and is one switched on that contact data can serve?</summary>
internal sealed class MethodsPolicyCheck : Check<TenantFacts>
{
    private static readonly string[] ContactMethods = { "Sms", "Voice", "Email" };

    public MethodsPolicyCheck()
        : base(
            "policy.methods",
            "Microsoft Graph authenticationMethodsPolicy.policyMigrationState; the SSPR policy itself has no Graph resource")
    {
    }

    protected override Answer Decide(TenantFacts facts)
    {
        if (!facts.Methods.IsKnown)
        {
            return Answer.Unreadable(facts.Methods, Text.Of($"The authentication methods policy"));
        }

        AuthenticationMethodsPolicy policy = facts.Methods.Value;
        string evidence = $"policyMigrationState {(policy.MigrationState.Length == 0 ? "not given" : policy.MigrationState)}, enabled: "
            + (policy.EnabledMethods.Count == 0 ? "none" : string.Join(", ", policy.EnabledMethods));
        if (!policy.IsMigrationComplete)
        {
            return new Answer(
                Verdict.Warn,
                Text.Of($"The legacy password-reset policy still counts, and no API shows which methods it allows and how many it asks "
                    + $"for."),
                evidence,
                facts.Methods.At,
                Text.Of($"Look at Password reset > Authentication methods in the Entra admin center, "
                + $"or complete the migration to the authentication methods policy."));
        }

        return policy.EnabledMethods.Any(method => ContactMethods.Contains(method, StringComparer.OrdinalIgnoreCase))
            ? new Answer(
                Verdict.Pass, Text.Of($"The authentication methods policy decides, and phone or email is switched on in it."), evidence,
                facts.Methods.At)
            : new Answer(
                Verdict.Warn,
                Text.Of($"The authentication methods policy decides, and neither text message, voice call nor email is switched on: "
                + $"contact data cannot be used."),
                evidence,
                facts.Methods.At,
                Text.Of($"Enable SMS, Voice or Email in the authentication methods policy."));
    }
}
