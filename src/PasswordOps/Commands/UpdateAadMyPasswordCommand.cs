using System.Management.Automation;
using System.Security;
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
        string where = Via == ResetVia.ActiveDirectory ? $" in {user.OnPremisesDomainName ?? "Active Directory"}, on a domain controller"
            : string.Empty;
        if (!Confirmed(() => ShouldProcess(user.Name, "Change the own password" + where)))
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

    // The person signs in to the domain with the present password, unless another account is given to do so.
    private ResetOutcome ChangeInDomain(OwnPasswordChange change, DirectoryUser user, Password current, Password next)
    {
        PSCredential credential = DomainCredential ?? new PSCredential(user.UserPrincipalName, CurrentPassword!);
        System.Func<System.Threading.CancellationToken, System.Threading.Tasks.Task<IActiveDirectory>> open =
            Opening(user.OnPremisesDomainName, credential);
        return Await(async stop =>
        {
            using IActiveDirectory domain = await open(stop).ConfigureAwait(false);
            return await change.RunAsync(user, domain, current, next, stop).ConfigureAwait(false);
        });
    }
}
