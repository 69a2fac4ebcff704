using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
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
    "users.read", "roles.read", "eligibleRoles.read", "memberships.read", "groups.read", "units.read", "organization.read", "domains.read",
    "products.read", "syncBehavior.read", "password.set", "password.reset", "password.reset.read", "sessions.revoke")]
public sealed class ResetAadUserPasswordCommand : DomainCmdlet
{
    private readonly List<(string Given, UserIdentity? User, PasswordOpsException? Error)> users = new();
    private Password? given;
    private IPasswordDelivery? delivery;

    /// <summary>Users: user principal name, object id, user object or row of a sheet.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("UserPrincipalName", "UPN", "ObjectId", "Id")]
    [IdentityTransformation]
    [ValidateNotNullOrEmpty]
    public string[] Identity { get; set; } = Array.Empty<string>();

    /// <summary>The new password; without it one is made for each user.</summary>
    [Parameter]
    [SecretTransformation]
    [ValidateNotNull]
    public SecureString? NewPassword { get; set; }

    /// <summary>What a password that is made is good for: copying, or saying over the telephone.</summary>
    [Parameter]
    public PasswordStyle Style { get; set; } = PasswordStyle.Random;

    /// <summary>Characters of a password that is made; without it as many as are usual for its style.</summary>
    [Parameter]
    [ValidateRange(1, PasswordRules.MaximumLength)]
    public int? Length { get; set; }

    /// <summary>Whether the user must choose another password at the next sign-in; yes unless said otherwise.</summary>
    [Parameter]
    public ForceChange? ForceChange { get; set; }

    /// <summary>End a lockout on the domain controller as well.</summary>
    [Parameter]
    public SwitchParameter Unlock { get; set; }

    /// <summary>Make the user sign in again everywhere.</summary>
    [Parameter]
    public SwitchParameter RevokeSessions { get; set; }

    /// <summary>Certificate to seal the passwords to: file, thumbprint, subject or certificate object, as Protect-CmsMessage takes
    /// it.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? ProtectTo { get; set; }

    /// <summary>Vault of SecretManagement to put the passwords in.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SecretVault { get; set; }

    /// <summary>Put the new password in the result as text also.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>More users than this are asked about once more.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int ConfirmAbove { get; set; } = 25;

    /// <summary>Leave out the questions about administrators and about many users.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        if (Via == ResetVia.ActiveDirectory && DomainCredential is null && DomainTransport != DomainTransport.Negotiate)
        {
            throw new PasswordOpsException(
                "AdCredentialMissing", ErrorKind.InvalidArgument,
                Text.Of($"Over LDAPS and StartTLS a domain controller wants a user name and a password, and -DomainCredential is not "
                    + $"given."),
                Text.Of($"Give it; or sign in as the current account with -DomainTransport Negotiate (outside Windows after kinit)."));
        }

        given = NewPassword is null ? null : new Password(NewPassword);
        foreach (string name in new[] { nameof(Length), nameof(Style) })
        {
            if (given is not null && MyInvocation.BoundParameters.ContainsKey(name))
            {
                throw new PasswordOpsException(
                    "PasswordGiven", ErrorKind.InvalidArgument, Text.Of($"-{name} is for a password that is made, and one is given."),
                    Text.Of($"Leave -{name} or -NewPassword out."));
            }
        }

        if (Length is int length)
        {
            PasswordGenerator.RequireLength(length, Style);
        }

        delivery = Delivery();
    }

    /// <summary>The way in which passwords are handed over, tested before anything is read.</summary>
    private IPasswordDelivery? Delivery()
    {
        if (ProtectTo is not null && SecretVault is not null)
        {
            throw new PasswordOpsException(
                "DeliveryTwice", ErrorKind.InvalidArgument,
                Text.Of($"Both -ProtectTo and -SecretVault are given: a password is delivered one way."),
                Text.Of($"Leave one of them out."));
        }

        if (ProtectTo is not null)
        {
            IPasswordSealer sealer = Adapters.PasswordSealer();
            return new SealedDelivery(sealer, SealingRecipient.Find(this, sealer, ProtectTo));
        }

        if (SecretVault is null)
        {
            return null;
        }

        SecretVault vault = new(this, SecretVault, SystemClock.Instance);
        vault.Check();
        return new VaultDelivery(vault, SecretVault, OnPipelineAsync);
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (string name in Identity)
        {
            try
            {
                users.Add((name, new UserIdentity(name), null));
            }
            catch (PasswordOpsException error)
            {
                users.Add((name, null, error));
            }
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        ResetOptions options = new()
        {
            Password = given, ForceChange = ForceChange, Length = Length, Style = Style, Via = Via, Unlock = Unlock,
            RevokeSessions = RevokeSessions,
        };
        PasswordReset reset = new(Session, options, SystemClock.Instance);
        UserIdentity[] known = users.Select(user => user.User).OfType<UserIdentity>().ToArray();
        Queue<ResetPlan> plans = new(
            known.Length == 0 ? Array.Empty<ResetPlan>() : Await(stop => reset.PlanAsync(known, stop)));
        List<ResetPlan> wanted = new();
        foreach ((string name, UserIdentity? user, PasswordOpsException? error) in users)
        {
            ResetPlan? plan = user is null ? null : WithDomain(plans.Dequeue());
            Consider(name, plan, error, wanted);
        }

        if (wanted.Count > 0 && !IsWhatIf && AgreedToAll(wanted))
        {
            Run(reset, wanted);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            given?.Dispose();
        }

        base.Dispose(disposing);
    }

    // Which domain controller it is to be is known here only.
    private ResetPlan WithDomain(ResetPlan plan) =>
        plan.Route != ResetRoute.ActiveDirectory || DomainController is not null || plan.Target!.OnPremisesDomainName is not null
            ? plan
            : plan with { Refusal = DomainUnknown(plan.User), Route = ResetRoute.None, Effect = string.Empty };

    private void Consider(string name, ResetPlan? plan, PasswordOpsException? error, List<ResetPlan> wanted)
    {
        if (plan is null)
        {
            WriteError(Errors.Record(error!, name));
        }
        else if (IsWhatIf)
        {
            if (plan.Refusal is null)
            {
                ShouldProcess(plan.User, plan.Effect);
            }

            WriteObject(new PasswordResetPlan(plan));
        }
        else if (plan.Refusal is not null)
        {
            WriteError(Errors.Record(plan.Refusal, name));
        }
        else if (Confirmed(() => ShouldProcess(plan.User, plan.Effect)))
        {
            wanted.Add(plan);
        }
    }

    /// <summary>Asks once more about administrators, and about more users than are reset by hand.</summary>
    private bool AgreedToAll(List<ResetPlan> wanted)
    {
        if (Force)
        {
            return true;
        }

        if (wanted.Count > ConfirmAbove
            && !Confirmed(
                () => ShouldContinue(
                    Text.Of($"This gives {wanted.Count.ToString("N0", CultureInfo.CurrentCulture)} users a new password. Go on?"),
                    Text.Of($"Reset the passwords of many users")),
                Text.Of($"-Confirm:$false -Force, or a larger -ConfirmAbove")))
        {
            return false;
        }

        bool yesToAll = false;
        bool noToAll = false;
        foreach (ResetPlan plan in wanted.Where(plan => plan.TargetIsAdministrator != false).ToArray())
        {
            if (!Confirmed(
                () => ShouldContinue(
                    plan.TargetIsAdministrator is null
                        ? Text.Of($"Whether {plan.User} is an administrator could not be read. Reset this password?")
                        : Text.Of($"{plan.User} is an administrator ({string.Join(", ", plan.UserRoles)}). Reset this password?"),
                    Text.Of($"Reset the password of an administrator"), ref yesToAll, ref noToAll),
                "-Confirm:$false -Force"))
            {
                wanted.Remove(plan);
            }
        }

        return wanted.Count > 0;
    }

    private void Run(PasswordReset reset, List<ResetPlan> wanted)
    {
        if (given is not null && wanted.Count > 1)
        {
            WriteWarning(Text.Of($"{wanted.Count} users get the same password: whoever of them knows it knows it of all."));
        }

        foreach (ResetPlan plan in wanted)
        {
            foreach (string warning in plan.Warnings)
            {
                WriteWarning($"{plan.User}: {warning}.");
            }
        }

        if (Unlock && wanted.Any(plan => plan.Route != ResetRoute.ActiveDirectory))
        {
            WriteWarning(Text.Of($"-Unlock ends a lockout in Active Directory only with -Via ActiveDirectory; this reset does not look for "
                + $"one."));
        }

        if (AsPlainText)
        {
            WriteWarning(Text.Of($"The new passwords are in the results as text: keep them out of files, logs and transcripts."));
        }

        ConcurrentDictionary<string, Func<System.Threading.CancellationToken, System.Threading.Tasks.Task<IActiveDirectory>>> domains = new(
            StringComparer.OrdinalIgnoreCase);
        foreach (ResetPlan plan in wanted.Where(plan => plan.Route == ResetRoute.ActiveDirectory))
        {
            string? domain = plan.Target!.OnPremisesDomainName;
            domains.GetOrAdd(domain ?? string.Empty, _ => Opening(plan.User, domain, DomainCredential));
        }

        ResetMeans means = new()
        {
            Generator = new PasswordGenerator(CryptographicRandom.Instance),
            Delivery = delivery,
            Domain = (domain, stop) => domains[domain ?? string.Empty](stop),
        };
        Dictionary<ResetStatus, int> counts = new();
        ConcurrentDictionary<string, ResetOutcome> unshown = new(StringComparer.OrdinalIgnoreCase);
        try
        {
            Await(stop => reset.RunAsync(wanted, means, Take, Progress, stop));
        }
        finally
        {
            TellOfLost(unshown);
        }

        if (wanted.Count > 1)
        {
            WriteInformation(
                Text.Of($"{users.Count} users: ")
                    + string.Join(", ", counts.OrderBy(count => count.Key).Select(count => $"{count.Value} {count.Key}"))
                    + (users.Count > wanted.Count ? Text.Of($", {users.Count - wanted.Count} not reset") : string.Empty),
                new[] { "PasswordOps.Summary" });
        }

        void Take(ResetOutcome outcome)
        {
            unshown[outcome.UserId] = outcome;
            Send(() => Show(outcome));
        }

        void Show(ResetOutcome outcome)
        {
            using (outcome)
            {
                unshown.TryRemove(outcome.UserId, out _);
                counts[outcome.Status] = counts.TryGetValue(outcome.Status, out int count) ? count + 1 : 1;
                foreach (string warning in outcome.Warnings)
                {
                    WriteWarning($"{outcome.User}: {warning}");
                }

                WriteObject(new PasswordResetResult(outcome, AsPlainText, wanted.Count > 1));
                if (outcome.Error is PasswordOpsException error)
                {
                    WriteError(Errors.Record(error, outcome.User));
                }
            }
        }
    }

    /// <summary>
    /// A pipeline that has ended takes no more output, whether by Ctrl+C, by an error under -ErrorAction Stop or by a command that has
    /// enough; what was on its way then was done all the same. The host still takes a line: who has a password that nobody was given.
    /// </summary>
    private void TellOfLost(ConcurrentDictionary<string, ResetOutcome> unshown)
    {
        ResetOutcome[] lost = unshown.Values.Where(outcome => outcome.Status != ResetStatus.Failed)
            .OrderBy(outcome => outcome.User, StringComparer.OrdinalIgnoreCase).ToArray();
        if (lost.Length > 0)
        {
            string names = string.Join(", ", lost.Select(
                outcome => outcome.User + (outcome.Status == ResetStatus.Unknown ? " " + Text.Of($"(perhaps)") : string.Empty)
                    + (SecretVault is null ? string.Empty : " " + Text.Of($"(secret {outcome.Delivered?.Reference})"))));
            Host.UI.WriteWarningLine(
                Text.Of($"The run ended early, and {lost.Length} of the passwords that were on their way cannot be shown any more.") + " "
                + (given is not null ? Text.Of($"The given password was set for: {names}.")
                    : SecretVault is not null ? Text.Of($"They are in the vault {SecretVault}: {names}.")
                    : Text.Of($"Reset again: {names}.")));
        }

        foreach (ResetOutcome outcome in unshown.Values)
        {
            outcome.Dispose();
        }
    }
}
