using System;
using System.Management.Automation;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.Reset;

namespace PasswordOps;

/// <summary>Changes the password of the person who is signed in.</summary>
[Cmdlet(VerbsData.Update, "AadMyPassword", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[Alias("Update-EntraMyPassword")]
[OutputType(typeof(PasswordResetResult))]
[RequiresPermission("users.read", "organization.read", "password.change")]
public sealed class UpdateAadMyPasswordCommand : DomainCmdlet
{
    /// <summary>The present password.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [SecretTransformation]
    [ValidateNotNull]
    public SecureString? CurrentPassword { get; set; }

    /// <summary>The new password.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [SecretTransformation]
    [ValidateNotNull]
    public SecureString? NewPassword { get; set; }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        OwnPasswordChange change = new(Session, SystemClock.Instance) { Via = Via };
        DirectoryUser user = Await(change.CheckAsync);
        string effect = Via == ResetVia.ActiveDirectory
            ? Text.Of($"Change the own password in {user.OnPremisesDomainName ?? "Active Directory"}, on a domain controller")
            : Text.Of($"Change the own password");
        if (!Confirmed(() => ShouldProcess(user.Name, effect)))
        {
            return;
        }

        using Password current = new(CurrentPassword!);
        using Password next = new(NewPassword!);
        ResetOutcome outcome = Via == ResetVia.Entra
            ? Await(stop => change.RunAsync(user, current, next, stop))
            : ChangeInDomain(change, user, current, next);
        WriteObject(new PasswordResetResult(outcome, inPlainText: false, isOneOfMany: false));
    }

    // The person signs in to the domain with the present password, unless another account is given to do so. Kerberos has its own way to
    // know who it is.
    private ResetOutcome ChangeInDomain(OwnPasswordChange change, DirectoryUser user, Password current, Password next)
    {
        bool asMyself = DomainCredential is null && DomainTransport != DomainTransport.Negotiate;
        PSCredential? credential = asMyself ? new PSCredential(user.UserPrincipalName, CurrentPassword!) : DomainCredential;
        Func<CancellationToken, Task<IActiveDirectory>> open =
            Opening(user.Name, user.OnPremisesDomainName, credential);
        return Await(async stop =>
        {
            using IActiveDirectory domain = await OpenAsync(stop).ConfigureAwait(false);
            return await change.RunAsync(user, domain, current, next, stop).ConfigureAwait(false);
        });

        async Task<IActiveDirectory> OpenAsync(CancellationToken stop)
        {
            try
            {
                return await open(stop).ConfigureAwait(false);
            }
            catch (PasswordOpsException error) when (asMyself && error.Id == "AdSignInFailed")
            {
                throw error.Retold(
                    error.Message,
                    Text.Of($"Check the present password: every further try counts towards a lockout. Where the domain knows you by "
                        + $"another name, sign in with -DomainCredential DOMAIN\\name."));
            }
            catch (PasswordOpsException error) when (asMyself && error.Id is "AdSignInMustChange" or "AdSignInExpired")
            {
                throw error.Retold(
                    error.Message,
                    Text.Of($"Change it at a domain computer or at aka.ms/sspr; or have another domain account sign in here with "
                        + $"-DomainCredential, which needs no rights of its own."));
            }
        }
    }
}
