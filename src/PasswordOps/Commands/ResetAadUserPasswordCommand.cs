using System;
using System.Management.Automation;
using System.Security;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.Reset;

namespace PasswordOps;

/// <summary>Gives users a new password by the route that their source of authority asks for.</summary>
[Cmdlet(VerbsCommon.Reset, "AadUserPassword", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[Alias("Reset-EntraUserPassword")]
[OutputType(typeof(PasswordResetResult), typeof(PasswordResetPlan))]
[RequiresPermission(
    "users.read", "roles.read", "memberships.read", "organization.read", "domains.read", "password.set", "password.reset",
    "password.reset.read")]
public sealed class ResetAadUserPasswordCommand : ConnectedCmdlet
{
    private PasswordReset? reset;

    /// <summary>Users: user principal name, object id, user object or row of a sheet.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("UserPrincipalName", "UPN", "ObjectId", "Id")]
    [IdentityTransformation]
    [ValidateNotNullOrEmpty]
    public string[] Identity { get; set; } = Array.Empty<string>();

    /// <summary>The new password; without it one is made.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? NewPassword { get; set; }

    /// <summary>Characters of a password that is made.</summary>
    [Parameter]
    [ValidateRange(PasswordGenerator.MinimumLength, 256)]
    public int Length { get; set; } = PasswordGenerator.DefaultLength;

    /// <summary>Whether the user must choose another password at the next sign-in; yes unless said otherwise.</summary>
    [Parameter]
    public ForceChange? ForceChange { get; set; }

    /// <summary>Put the new password in the result as text also.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        reset = new PasswordReset(Session, new PasswordGenerator(new CryptographicRandom()), SystemClock.Instance);
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (string user in Identity)
        {
            Attempt(user, () => Reset(new UserIdentity(user)));
        }
    }

    private void Reset(UserIdentity user)
    {
        using Password? given = NewPassword is null ? null : new Password(NewPassword);
        ResetRequest request = new(user) { Password = given, ForceChange = ForceChange, Length = Length };
        ResetPlan plan = Await(stop => reset!.PlanAsync(request, stop));
        if (plan.Refusal is not null && !IsWhatIf)
        {
            throw plan.Refusal;
        }

        if (plan.Refusal is null && Confirmed(() => ShouldProcess(plan.User, plan.Effect)))
        {
            using ResetOutcome outcome = Await(stop => reset!.RunAsync(plan, stop));
            if (AsPlainText && outcome.Password is not null)
            {
                WriteWarning($"The new password of {plan.User} is in the result as text: keep it out of files, logs and transcripts.");
            }

            WriteObject(new PasswordResetResult(outcome, AsPlainText));
            if (outcome.Error is not null)
            {
                throw outcome.Error;
            }
        }
        else if (IsWhatIf)
        {
            WriteObject(new PasswordResetPlan(plan));
        }
    }
}
