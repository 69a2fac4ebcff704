using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Access;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Core.Reset;

/// <summary>Puts the answers of the checks together to one: what a reset would do, or why it is refused. Pure.</summary>
internal static class ResetPlanner
{
    // What the portal shows to the caller bears on no reset; the others do, and where these two are not known nothing can be told.
    private const string CallerLicense = "license.caller";
    private static readonly string[] Decisive = { "source.authority", "role.canReset" };

    /// <summary>A refusal before anything was looked at.</summary>
    public static ResetPlan Refused(UserIdentity identity, PasswordOpsException refusal) => new()
    {
        User = identity.Value, Verdict = Verdict.Fail, Route = ResetRoute.None, Refusal = refusal, Reason = refusal.Message,
        NextStep = refusal.Advice,
    };

    /// <summary>A user who could not be read: nothing can be told unless the service says that there is none.</summary>
    public static ResetPlan Unread(UserIdentity identity, PasswordOpsException error) =>
        Refused(identity, error) with { Verdict = error.Kind == ErrorKind.NotFound ? Verdict.Fail : Verdict.Unknown };

    public static ResetPlan Plan(ResetFacts facts, ResetOptions options)
    {
        DirectoryUser user = facts.User.Value;
        bool writesBack = facts.Source.Authority == SourceOfAuthority.ActiveDirectory && facts.Via == ResetVia.Entra;
        CheckResult[] checks = CheckCatalog.Reset.Select(check => check.Run(facts, user.Name))
            .Concat(writesBack ? facts.Tenant.WithWriteback : facts.Tenant.WithoutWriteback)
            .ToArray();
        Organization? organization = facts.Organization.Organization.IsKnown ? facts.Organization.Organization.Value : null;
        PasswordOpsException? refusal = RefusalOf(checks, facts) ?? DomainRules(facts, options);
        Verdict verdict = VerdictOf(checks);
        CheckResult? deciding = checks.FirstOrDefault(check => check.Verdict == verdict && Counts(check));
        ForceChange force = options.ForceChange ?? ForceChange.Yes;
        return new ResetPlan
        {
            User = user.Name,
            Target = user,
            Verdict = verdict,
            Route = refusal is null ? facts.Route.Route : ResetRoute.None,
            RouteText = facts.Route.Words,
            Reason = verdict == Verdict.Pass ? Text.Of($"Nothing stands against it.") : deciding!.Reason,
            NextStep = verdict == Verdict.Pass ? null : deciding!.Fix,
            Missing = checks.Where(check => check.Verdict is Verdict.Fail || check == deciding).SelectMany(
                check => check.Missing).Distinct()
                .ToArray(),
            Caller = facts.Caller.Account,
            CallerRoles = facts.Caller.Standing.IsKnown ? Roles(facts.Caller.Standing.Value) : Array.Empty<string>(),
            UserRoles = facts.Standing.IsKnown ? Roles(facts.Standing.Value) : Array.Empty<string>(),
            Refusal = refusal,
            Organization = organization,
            Warnings = options.Password is Password given
                ? PasswordRules.Warnings(given, PasswordTerms.Of(user, organization))
                : Array.Empty<string>(),
            Checks = checks,
            ForceChange = force,
            TargetIsAdministrator = !facts.Standing.IsKnown
                ? null
                : facts.Standing.Value.Roles.Count > 0 || facts.Standing.Value.RoleAssignableGroups.Count > 0,
            Effect = refusal is null ? Effect(facts, options, force) : string.Empty,
        };
    }

    // Windows' rule about names is of Active Directory: also a reset by writeback runs into it.
    private static PasswordOpsException? DomainRules(ResetFacts facts, ResetOptions options)
    {
        DirectoryUser user = facts.User.Value;
        if (options.Password is not Password given || facts.Source.Authority != SourceOfAuthority.ActiveDirectory)
        {
            return null;
        }

        IReadOnlyList<string> broken = PasswordRules.Broken(
            given, new ActiveDirectoryNames(user.OnPremisesSamAccountName, user.DisplayName));
        return broken.Count == 0
            ? null
            : new PasswordOpsException(
                "PasswordTooWeak", ErrorKind.InvalidArgument,
                Text.Of($"{user.Name}: the given password breaks Active Directory's usual rules: {string.Join("; ", broken)}."),
                Text.Of($"Give another password, or leave it out and have one made."));
    }

    private static string Effect(ResetFacts facts, ResetOptions options, ForceChange force)
    {
        string how = force switch
        {
            ForceChange.No => Text.Of($"no change asked at next sign-in"),
            ForceChange.YesWithMfa => Text.Of($"change at next sign-in after multifactor authentication"),
            _ => Text.Of($"change at next sign-in"),
        };
        string domain = facts.User.Value.OnPremisesDomainName ?? "Active Directory";
        string effect = facts.Route.Route == ResetRoute.ActiveDirectory
                ? Text.Of($"Reset password ({how}) in {domain}, on a domain controller")
            : facts.Source.Authority == SourceOfAuthority.ActiveDirectory ? Text.Of($"Reset password ({how}), written back to {domain}")
            : Text.Of($"Reset password ({how})");
        bool unlocks = options.Unlock && facts.Route.Route == ResetRoute.ActiveDirectory;
        return effect + (unlocks ? Text.Of($", unlock") : string.Empty)
            + (options.RevokeSessions ? Text.Of($", end all sessions") : string.Empty);
    }

    private static Verdict VerdictOf(IReadOnlyList<CheckResult> checks)
    {
        if (checks.Any(check => check.Verdict == Verdict.Fail && Counts(check)))
        {
            return Verdict.Fail;
        }

        if (checks.Any(check => check.Verdict == Verdict.Unknown && Decisive.Contains(check.Id)))
        {
            return Verdict.Unknown;
        }

        return checks.Any(check => check.Verdict == Verdict.Warn && Counts(check)) ? Verdict.Warn : Verdict.Pass;
    }

    private static bool Counts(CheckResult check) => check.Id != CallerLicense;

    private static PasswordOpsException? RefusalOf(IReadOnlyList<CheckResult> checks, ResetFacts facts)
    {
        CheckResult? failed = checks.FirstOrDefault(check => check.Verdict == Verdict.Fail && Counts(check));
        if (failed is null)
        {
            return null;
        }

        string name = facts.User.Value.Name;
        string fix = failed.Fix ?? string.Empty;
        return failed.Id switch
        {
            "source.route" => facts.Route.Refusal,
            "role.self" => new PasswordOpsException("CannotResetSelf", ErrorKind.InvalidOperation, failed.Reason, fix),
            "role.canReset" => new PasswordOpsException("RoleMissing", ErrorKind.PermissionDenied, $"{name}: {failed.Reason}", fix),
            "role.permission" => new PasswordOpsException("PermissionMissing", ErrorKind.PermissionDenied, failed.Reason, fix),
            "license.writeback" => new PasswordOpsException(
                "WritebackLicenseMissing", ErrorKind.InvalidOperation,
                Text.Of($"{name} cannot be reset with writeback: {failed.Reason}"), fix),
            _ => new PasswordOpsException(
                "PasswordMasteredElsewhere", ErrorKind.InvalidOperation, Text.Of($"{name} cannot be reset here: {failed.Reason}"), fix),
        };
    }

    private static string[] Roles(Standing standing) =>
        standing.Roles.Select(role => role.IsTenantWide
                ? RoleCatalog.NameOf(role)
                : Text.Of($"{RoleCatalog.NameOf(role)} over {role.Scope.TrimStart('/')}"))
            .Distinct(StringComparer.Ordinal)
            .Concat((standing.EligibleRoles ?? Array.Empty<HeldRole>())
                .Select(role => Text.Of($"{RoleCatalog.NameOf(role)} (eligible, not activated)")).Distinct(StringComparer.Ordinal))
            .Concat(standing.RoleAssignableGroups.Select(group => Text.Of($"in role-assignable group {group}")))
            .ToArray();
}
