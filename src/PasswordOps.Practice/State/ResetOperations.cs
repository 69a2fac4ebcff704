using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;

namespace PasswordOps.Practice.State;

/// <summary>A password reset on its way to its end.</summary>
internal sealed class ResetOperation
{
    public required Guid Id { get; init; }

    public required User User { get; init; }

    public required Actor Starter { get; init; }

    public required Guid CorrelationId { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>The end, once there is one.</summary>
    public Outcome? End { get; set; }

    /// <summary>Routes a question about this operation to where it runs, as the query of its address.</summary>
    public string Region => "DUB02P";

    public string ScaleUnit => "ssprprod-a";

    internal sealed record Outcome(DateTimeOffset At, bool Failed, string? Detail);
}

/// <summary>Resets that run after their request was answered, as the service does them.</summary>
internal sealed class ResetOperations(TenantState tenant)
{
    private const string OnPremisesOnly = "OnPremisesSuccessCloudFailure";

    private readonly ConcurrentDictionary<Guid, ResetOperation> _operations = new();

    public ResetOperation? Find(Guid id) => _operations.GetValueOrDefault(id);

    public ResetOperation Start(User user, string password, Actor starter, Guid correlationId)
    {
        ResetScript? script = null;
        tenant.Users.Update(user, current =>
        {
            script = current.NextReset ?? current.Resets;
            return current with { NextReset = null };
        });
        var operation = new ResetOperation
        {
            Id = Guid.NewGuid(),
            User = user,
            Starter = starter,
            CorrelationId = correlationId,
            Created = tenant.Now,
            Duration = TimeSpan.FromSeconds(script?.Seconds ?? tenant.Settings.OperationSeconds),
        };
        _operations[operation.Id] = operation;
        WriteAudit(operation, "Authentication Methods", "Admin started password reset", "ServiceApi", "success", "", []);
        if (script?.Ending == ResetEnding.Never)
            return operation;
        if (operation.Duration == TimeSpan.Zero)
        {
            Finish(operation, password, script);
        }
        else
        {
            ITimer? timer = null;
            timer = tenant.Clock.CreateTimer(
                _ =>
                {
                    Finish(operation, password, script);
                    timer?.Dispose();
                },
                null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            timer.Change(operation.Duration, Timeout.InfiniteTimeSpan);
        }
        return operation;
    }

    private void Finish(ResetOperation operation, string password, ResetScript? script)
    {
        string? refusal = null;
        bool half = false;
        User user = tenant.Users.Update(operation.User, current =>
        {
            refusal = Refusal(current, password, script);
            if (refusal is not null)
                return current;
            PasswordState state = PasswordState.Of(password, forceChange: true);
            User after = current.Synced ? current.WithOnPremisesPassword(state, tenant.Now) : current;
            // A character that the cloud does not take is no reason for a domain controller to refuse.
            half = current.Synced && (script?.Ending == ResetEnding.OnPremisesOnly || !PasswordPolicy.IsComplex(password));
            return half ? after : after.WithCloudPassword(state, tenant.Now);
        });
        string? detail = refusal ?? (half ? OnPremisesOnly : null);
        string agent = user.Synced ? tenant.Settings.OnPremisesAgent : "None";
        WriteAudit(
            operation, "Self-service Password Management", "Reset password (by admin)", "Update", refusal is null ? "success" : "failure",
            detail ?? "Successfully completed reset.", [new("OnPremisesAgent", agent)]);
        if (script?.Ending != ResetEnding.Silent)
        {
            operation.End = new ResetOperation.Outcome(
                tenant.Now, refusal is not null || (half && script?.HalfDoneIsFailure == true), detail);
        }
    }

    private string? Refusal(User user, string password, ResetScript? script)
    {
        if (user.Deleted)
            return "UserNotFound";
        if (script?.Ending == ResetEnding.Failed)
            return script.Detail ?? (user.Synced ? "OnPremisesConnectivityError" : "UnexpectedError");
        if (user.Synced && !PasswordPolicy.IsBanned(password, user, tenant.Organization.DisplayName))
            return tenant.Settings.OnPremisesPolicy.Allows(password, user, tenant.Now) ? null : "OnPremisesPolicyViolation";
        // History counts in Active Directory only; the cloud lets an admin give the same password again.
        return PasswordPolicy.Refusal(password, user, tenant.Organization.DisplayName);
    }

    private void WriteAudit(
        ResetOperation operation, string service, string activity, string operationType, string result, string reason,
        KeyValuePair<string, string>[] details) =>
        tenant.Audit.Add(suffix => new AuditRow
        {
            Id = $"{(service == "Authentication Methods" ? service : "SSPR")}_{operation.CorrelationId}_{suffix}",
            CorrelationId = operation.CorrelationId,
            Category = "UserManagement",
            Service = service,
            Activity = activity,
            OperationType = operationType,
            Result = result,
            ResultReason = reason,
            At = tenant.Now,
            Actor = operation.Starter,
            TargetId = operation.User.Id,
            TargetName = operation.User.UserPrincipalName,
            Details = details,
        });
}
