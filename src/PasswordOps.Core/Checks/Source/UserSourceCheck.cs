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
        (Verdict verdict, string reason, string? fix) = source.Authority switch
        {
            SourceOfAuthority.Cloud => InCloud(user.Value, source, domains),
            SourceOfAuthority.ActiveDirectory => InActiveDirectory(user.Value, domains),
            SourceOfAuthority.LocalAccount => (
                Verdict.Pass,
                Text.Of($"The password is mastered in this tenant, as a consumer's local account: it is set through the profile, the "
                    + $"resetPassword action does not serve such accounts."),
                null),
            SourceOfAuthority.OtherTenant => (
                Verdict.Fail,
                source.Provider!.IndexOf('.') > 0
                    ? Text.Of($"The account lives in another Microsoft Entra tenant ({source.Provider}); its password can be reset only "
                        + $"there.")
                    : Text.Of($"The account lives in another Microsoft Entra tenant; its password can be reset only there."),
                Text.Of($"Ask the user, or an administrator of the home organisation, to reset the password there.")),
            SourceOfAuthority.MicrosoftAccount => (
                Verdict.Fail, Text.Of($"The account is a personal Microsoft account; no tenant can reset its password."),
                Text.Of($"Ask the user to recover the Microsoft account at account.live.com/password/reset.")),
            SourceOfAuthority.Google => (
                Verdict.Fail, Text.Of($"The account signs in with Google; this tenant holds no password of it."),
                Text.Of($"Ask the user to recover the Google account at accounts.google.com/signin/recovery.")),
            SourceOfAuthority.Facebook => (
                Verdict.Fail, Text.Of($"The account signs in with Facebook; this tenant holds no password of it."),
                Text.Of($"Ask the user to recover the Facebook account at facebook.com/login/identify.")),
            SourceOfAuthority.EmailOneTimePasscode => (
                Verdict.Fail, Text.Of($"The account has no password at all: each sign-in takes a one-time passcode, sent by mail."),
                Text.Of($"Have the user ask for a new passcode at sign-in; if the mailbox is lost, invite the user with another address.")),
            SourceOfAuthority.SamlOrWsFederation => (
                Verdict.Fail,
                Text.Of($"The account signs in at {source.Provider} (SAML or WS-Federation); this tenant holds no password of it."),
                Text.Of($"Ask the user, or the organisation that runs that provider, to reset the password there.")),
            SourceOfAuthority.OtherProvider => (
                Verdict.Fail, Text.Of($"The account signs in at {source.Provider}; this tenant holds no password of it."),
                Text.Of($"Ask the user to recover the account at that provider.")),
            _ => (
                Verdict.Unknown,
                Text.Of($"Where the password is mastered cannot be told. The documents call a reset of users who were invited or signed up "
                    + $"by themselves limited, without saying more."),
                source.Provider is not null
                    ? Text.Of($"Grant Organization.Read.All or Domain.Read.All, so that the tenant's own domains are known.")
                    : Text.Of($"Have the user sign in once and look at the account's identities again; if the home is another "
                        + $"organisation, the password is reset there.")),
        };
        return new Answer(verdict, reason, source.Evidence, user.At, fix);
    }

    private static (Verdict Verdict, string Reason, string? Fix) InCloud(
        DirectoryUser user, UserSource source, Reading<IReadOnlyList<Domain>> domains)
    {
        if (source.Caveat is not null)
        {
            return (
                Verdict.Warn, source.Caveat,
                Text.Of($"Look at onPremisesSyncBehavior of the user (permission User-OnPremisesSyncBehavior.ReadWrite.All), or wait for "
                    + $"the next sync run, then run this again."));
        }

        // Where the domains could not be read, the ordinary case holds: the domain of a cloud user is managed.
        if (domains.IsKnown && IsFederated(user, domains.Value))
        {
            return (
                Verdict.Warn,
                Text.Of($"The password is mastered in this tenant and {Suffix(user)} is federated. The documents conflict: one page says "
                    + $"that a password cannot be set for federated users, another lists every cloud-only user as resettable. Such a "
                    + $"password is of no use while the domain's own provider signs the user in."),
                Text.Of($"Test with this user; a user name in a managed domain is free of the conflict."));
        }

        return (
            Verdict.Pass,
            Text.Of($"The password is mastered in this tenant.") + (source.IsTransferred
                ? " " + Text.Of($"It was transferred from Active Directory, where an old password may live on; a reset does not reach "
                    + $"that.")
                : string.Empty),
            null);
    }

    private static (Verdict Verdict, string Reason, string? Fix) InActiveDirectory(
        DirectoryUser user, Reading<IReadOnlyList<Domain>> domains) =>
        !domains.IsKnown
            ? (
                Verdict.Unknown,
                Text.Of($"The password is mastered in Active Directory; whether the user's domain is federated could not be read."),
                domains.Error!.Advice)
        : IsFederated(user, domains.Value)
            ? (
                Verdict.Warn,
                Text.Of($"The password is mastered in Active Directory and {Suffix(user)} is federated. The documents conflict: "
                + $"one page asks for a managed domain, others list federated users as served by writeback."),
                Text.Of($"Test with this user; a reset in Active Directory is the way that both accept."))
        : (
            Verdict.Pass,
            Text.Of($"The password is mastered in Active Directory; a reset works through password writeback (see Get-WritebackHealth)."),
            null);

    private static bool IsFederated(DirectoryUser user, IReadOnlyList<Domain> domains) => domains.Any(domain =>
        domain.IsFederated && string.Equals(domain.Name, Suffix(user), StringComparison.OrdinalIgnoreCase));

    private static string Suffix(DirectoryUser user) => user.UserPrincipalName.Split('@').Last();

    protected override Answer Decide(UserFacts facts) => Decide(facts.User, facts.Source, facts.Tenant.Domains);
}
