using System;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Core.Reset;

/// <summary>A reset between its plan and its outcome. Holds the password that is about to be set.</summary>
internal sealed class PendingReset
{
    public PendingReset(ResetPlan plan, Password password, DeliveredPassword? delivered, DateTimeOffset start)
    {
        Plan = plan;
        Target = plan.Target ?? throw new ArgumentException("The plan has no target.", nameof(plan));
        Password = password;
        Delivered = delivered;
        Start = start;
    }

    public ResetPlan Plan { get; }

    public DirectoryUser Target { get; }

    public Password Password { get; set; }

    public DeliveredPassword? Delivered { get; }

    public DateTimeOffset Start { get; }

    public bool IsSynced => Target.OnPremisesSyncEnabled == true;

    /// <summary>Name of the domain that masters the user, for sentences.</summary>
    public string Domain => Target.OnPremisesDomainName ?? "Active Directory";

    public override string ToString() => Plan.User;
}
