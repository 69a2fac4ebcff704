using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Checks.Source;

/// <summary>Where is the user's password mastered, and can it be reset from here?</summary>
internal sealed class UserSourceCheck : Check<UserFacts>
{
    public const string CheckId = "source.authority";
    public const string Document = "users-reset-password-azure-portal (2025-04-02); external-id user-properties (2024-01-04)";

    public UserSourceCheck()
        : base(CheckId, Document)
    {
    }

    /// <summary>Decides for any caller that has read the user and the domains.</summary>
    public static Answer Decide(Reading<DirectoryUser> user, UserSource source, Reading<IReadOnlyList<Domain>> domains)
    {
        DateTimeOffset at = user.At;
        switch (source.Authority)
        {
            case SourceOfAuthority.Cloud:
                return new Answer(Verdict.Pass, "The password is mastered in this tenant.", source.Evidence, at);
            case SourceOfAuthority.OtherTenant:
                return new Answer(
                    Verdict.Fail, "The account lives in another Microsoft Entra tenant; its password can be reset only there.",
                    source.Evidence, at,
                    "Ask the user to reset the password in the home organisation.");
            case SourceOfAuthority.MicrosoftAccount:
                return new Answer(
                    Verdict.Fail, "The account is a personal Microsoft account; no tenant can reset its password.", source.Evidence, at,
                    "Ask the user to recover the Microsoft account at account.live.com/password/reset.");
            case SourceOfAuthority.OtherProvider:
                return new Answer(
                    Verdict.Fail, $"The account signs in at {source.Provider}; this tenant holds no password of it.", source.Evidence, at,
                    "Ask the user to recover the account at that provider.");
        }

        string suffix = user.Value.UserPrincipalName.Split('@').Last();
        if (!domains.IsKnown)
        {
            return new Answer(
                Verdict.Unknown, "The password is mastered in Active Directory; whether the user's domain is federated could not be read.",
                source.Evidence, at,
                domains.Error!.Advice);
        }

        bool federated = domains.Value.Any(domain =>
            domain.IsFederated && string.Equals(domain.Name, suffix, StringComparison.OrdinalIgnoreCase));
        return federated
            ? new Answer(
                Verdict.Warn,
                $"The password is mastered in Active Directory and {suffix} is federated. The documents conflict: "
                + "one page asks for a managed domain, others list federated users as served by writeback.",
                source.Evidence,
                at,
                "Test with this user; if it fails, change the password in Active Directory.")
            : new Answer(
                Verdict.Pass,
                "The password is mastered in Active Directory; a reset works through password writeback (see Get-WritebackHealth).",
                source.Evidence, at);
    }

    protected override Answer Decide(UserFacts facts) => Decide(facts.User, facts.Source, facts.Tenant.Domains);
}
