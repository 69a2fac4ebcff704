using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Access;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Core.Reset;

/// <summary>
/// Changes the password of the person who is signed in, by knowledge of the present one (Microsoft Graph user: changePassword; Active
/// Directory: unicodePwd removed and added in one modification).
/// </summary>
public sealed class OwnPasswordChange
{
    private readonly IConnection connection;
    private readonly IClock clock;

    /// <summary>Creates the operation.</summary>
    /// <param name="connection">Session of the person.</param>
    /// <param name="clock">Time.</param>
    public OwnPasswordChange(IConnection connection, IClock clock)
    {
        this.connection = connection;
        this.clock = clock;
    }

    /// <summary>Where the change is carried out.</summary>
    public ResetVia Via { get; init; }

    /// <summary>Says whether the own password can be changed this way. Reads only.</summary>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The own account.</returns>
    /// <exception cref="PasswordOpsException">It cannot: <c>AppOnlyHasNoPassword</c>, <c>PasswordMasteredElsewhere</c>,
    /// <c>OwnPasswordInActiveDirectory</c>, <c>NotInActiveDirectory</c>, <c>PermissionMissing</c>; or the account cannot be
    /// read.</exception>
    public async Task<DirectoryUser> CheckAsync(CancellationToken stop)
    {
        ConnectionContext caller = connection.Context;
        if (caller.IsAppOnly)
        {
            throw new PasswordOpsException(
                "AppOnlyHasNoPassword", ErrorKind.InvalidOperation,
                Text.Of($"{caller.Account} is an application: it has no password of a user."),
                Text.Of($"Connect as a person with -Interactive or -DeviceCode."));
        }

        if (Via == ResetVia.Entra
            && CallerRights.MissingPermission(caller, GraphOperation.Named("password.change")) is PasswordOpsException missing)
        {
            throw missing;
        }

        Task<Reading<Organization>> organization = Reading.TryAsync(() => connection.Directory.GetOrganizationAsync(stop), clock);
        DirectoryUser user = (await connection.Directory.GetUsersAsync(new[] { new UserIdentity(caller.AccountObjectId) }, stop)
            .ConfigureAwait(false))[0].Value;
        Reading<Organization> tenant = await organization.ConfigureAwait(false);
        UserSource source = UserSource.Of(
            user, tenant.IsKnown ? tenant.Value.VerifiedDomains.Select(domain => domain.Name).ToArray() : Array.Empty<string>());
        bool synced = source.Authority == SourceOfAuthority.ActiveDirectory;
        return !source.IsHere
            ? throw new PasswordOpsException(
                "PasswordMasteredElsewhere", ErrorKind.InvalidOperation,
                Text.Of($"{user.Name} signs in elsewhere ({source.Evidence}): this tenant holds no password of it."),
                Text.Of($"Change the password where the account lives."))
            : synced && Via == ResetVia.Entra ? throw InDomain(user)
            : !synced && Via == ResetVia.ActiveDirectory ? throw new PasswordOpsException(
                "NotInActiveDirectory", ErrorKind.InvalidOperation,
                Text.Of($"{user.Name} is mastered in this tenant: no domain controller holds the password."), Text.Of($"Leave -Via out."))
            : user;
    }

    /// <summary>Changes the password in Microsoft Entra ID.</summary>
    /// <param name="user">The own account, as checked.</param>
    /// <param name="current">The present password.</param>
    /// <param name="next">The new one.</param>
    /// <param name="stop">Ends the work; a change that was sent is awaited for a short time.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="PasswordOpsException">It was refused: for example <c>CurrentPasswordWrong</c>, <c>PasswordRejected</c>.</exception>
    public async Task<ResetOutcome> RunAsync(DirectoryUser user, Password current, Password next, CancellationToken stop)
    {
        RequireGood(user, current, next);
        stop.ThrowIfCancellationRequested();
        using CancellationTokenSource settle = new();
        using CancellationTokenRegistration bound = stop.Register(() => settle.CancelAfter(Bulk.BulkRunner.SettleTime));
        DateTimeOffset start = clock.UtcNow;
        string? requestId = await connection.Directory.ChangeOwnPasswordAsync(current, next, settle.Token).ConfigureAwait(false);
        DateTimeOffset? seen =
            (await new ReadBack(connection.Directory, clock).SeeAsync(new[] { user }, ReadBack.Short, settle.Token)
                .ConfigureAwait(false))[0];
        return new ResetOutcome
        {
            User = user.Name, UserId = user.Id, Status = ResetStatus.Succeeded, Route = ResetRoute.OwnChange,
            Changed = Text.Of($"the password in Microsoft Entra ID"), SeenChangedAt = seen, RequestId = requestId,
            Duration = clock.UtcNow - start,
            Reason = seen is null
                ? Text.Of($"The service confirmed the new password; the time of the last change does not show it yet, which it does within "
                    + $"minutes.")
                : Text.Of($"The service confirmed the new password, and the time of the last change shows it."),
            NextStep = Text.Of($"Sign in again on your devices with the new password."),
        };
    }

    /// <summary>Changes the password on a domain controller.</summary>
    /// <param name="user">The own account, as checked.</param>
    /// <param name="domain">The domain controller, signed in as the person.</param>
    /// <param name="current">The present password.</param>
    /// <param name="next">The new one.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="PasswordOpsException">It was refused: for example <c>AdCurrentPasswordWrong</c>, <c>AdPasswordRefused</c>; or
    /// <c>OutcomeUnknown</c>.</exception>
    public async Task<ResetOutcome> RunAsync(
        DirectoryUser user, IActiveDirectory domain, Password current, Password next, CancellationToken stop)
    {
        RequireGood(user, current, next);
        DateTimeOffset start = clock.UtcNow;
        ActiveDirectoryName name = new(
            user.OnPremisesSecurityIdentifier ?? user.OnPremisesDistinguishedName ?? user.OnPremisesSamAccountName
                ?? user.UserPrincipalName);
        ActiveDirectoryAccount before = await domain.FindAsync(name, stop).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        using CancellationTokenSource settle = new();
        using CancellationTokenRegistration bound = stop.Register(() => settle.CancelAfter(Bulk.BulkRunner.SettleTime));
        try
        {
            await domain.ChangePasswordAsync(before, current, next, settle.Token).ConfigureAwait(false);
        }
        catch (PasswordOpsException error) when (error.MayHaveHappened)
        {
            throw new PasswordOpsException(
                "OutcomeUnknown", ErrorKind.Timeout, $"{user.Name}: {error.Message}",
                Text.Of($"Sign in with the new password, then with the present one, to see which is in force; a wrong one counts towards a "
                    + $"lockout."),
                error)
            {
                MayHaveHappened = true, ServiceCode = error.ServiceCode,
            };
        }

        ActiveDirectoryAccount after;
        try
        {
            after = await domain.FindAsync(name, settle.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is PasswordOpsException or OperationCanceledException)
        {
            // A confirmed change stands, whether or not it can be looked at.
            after = before;
        }

        bool seen = after.PasswordLastSet > before.PasswordLastSet || (before.PasswordLastSet is null && after.PasswordLastSet is not null);
        return new ResetOutcome
        {
            User = user.Name, UserId = user.Id, Status = ResetStatus.Succeeded, Route = ResetRoute.ActiveDirectory,
            Changed = Text.Of($"the password in {user.OnPremisesDomainName ?? "Active Directory"}; the one in Microsoft Entra ID follows "
                + $"with password hash sync"),
            SeenChangedAt = seen ? after.PasswordLastSet : null, Duration = clock.UtcNow - start,
            Reason = seen
                ? Text.Of($"{domain.Server} confirmed the new password, and pwdLastSet shows it.")
                : Text.Of($"{domain.Server} confirmed the new password."),
            NextStep = Text.Of($"Sign-in to the cloud follows in about two minutes with password hash sync, at once with pass-through "
                + $"authentication."),
        };
    }

    private static PasswordOpsException InDomain(DirectoryUser user) => new(
        "OwnPasswordInActiveDirectory", ErrorKind.InvalidOperation,
        Text.Of($"{user.Name} is mastered in {user.OnPremisesDomainName ?? "Active Directory"}: that Microsoft Graph writes such a change "
            + $"back is not documented, and changes by Microsoft Graph are on the list of what writeback does not support."),
        Text.Of($"Change it on a domain controller with -Via ActiveDirectory, with Ctrl+Alt+Del on a domain computer, or at aka.ms/sspr."));

    private static void RequireGood(DirectoryUser user, Password current, Password next)
    {
        if (PasswordRules.Broken(next) is { Count: > 0 } broken)
        {
            throw new PasswordOpsException(
                "PasswordTooWeak", ErrorKind.InvalidArgument,
                Text.Of($"{user.Name}: the new password breaks Entra ID's rules: {string.Join("; ", broken)}."),
                Text.Of($"Choose another one."));
        }

        if (current.Characters.SequenceEqual(next.Characters))
        {
            throw new PasswordOpsException(
                "PasswordUnchanged", ErrorKind.InvalidArgument,
                Text.Of($"{user.Name}: the new password is the present one, which a change refuses."),
                Text.Of($"Choose another one."));
        }
    }
}
