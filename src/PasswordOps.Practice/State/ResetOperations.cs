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

    /// <summary>The end, once there is one: null detail means success.</summary>
    public Outcome? End { get; set; }

    /// <summary>Routes a question about this operation to where it runs, as the query of its address.</summary>
    public string Region => "DUB02P";

    public string ScaleUnit => "ssprprod-a";

    internal sealed record Outcome(DateTimeOffset At, string? Failure);
}

/// <summary>Resets that run after their request was answered, as the service does them.</summary>
internal sealed class ResetOperations(TenantState tenant)
{
    private readonly ConcurrentDictionary<Guid, ResetOperation> _operations = new();

    public ResetOperation? Find(Guid id) => _operations.GetValueOrDefault(id);

    public ResetOperation Start(User user, string password, Actor starter, Guid correlationId)
    {
        var operation = new ResetOperation
        {
            Id = Guid.NewGuid(),
            User = user,
            Starter = starter,
            CorrelationId = correlationId,
            Created = tenant.Now,
            Duration = TimeSpan.FromSeconds(tenant.Settings.OperationSeconds),
        };
        _operations[operation.Id] = operation;
        WriteAudit(operation, "Authentication Methods", "Admin started password reset", "ServiceApi", "success", "", []);
        if (operation.Duration == TimeSpan.Zero)
        {
            Finish(operation, password);
        }
        else
        {
            ITimer? timer = null;
            timer = tenant.Clock.CreateTimer(
                _ =>
                {
                    Finish(operation, password);
                    timer?.Dispose();
                },
                null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            timer.Change(operation.Duration, Timeout.InfiniteTimeSpan);
        }
        return operation;
    }

    private void Finish(ResetOperation operation, string password)
    {
        string? failure = null;
        User user = tenant.Users.Update(operation.User, current =>
        {
            failure = Refusal(current, password);
            return failure is null ? Written(current, password, tenant.Now) : current;
        });
        string agent = user.Synced ? "Microsoft Entra Connect" : "None";
        WriteAudit(
            operation, "Self-service Password Management", "Reset password (by admin)", "Update", failure is null ? "success" : "failure",
            failure ?? "Successfully completed reset.", [new("OnPremisesAgent", agent)]);
        operation.End = new ResetOperation.Outcome(tenant.Now, failure);
    }

    private string? Refusal(User user, string password)
    {
        if (PasswordPolicy.IsBanned(password, user, tenant.Organization.DisplayName))
            return "FuzzyPolicyViolationInvalidPassword";
        if (!PasswordPolicy.IsComplex(password))
            return user.Synced ? "OnPremisesPolicyViolation" : "PolicyViolationInvalidPassword";
        // History counts in Active Directory only; the cloud lets an admin give the same password again.
        return user.Synced && user.OnPremisesPassword.Matches(password) ? "OnPremisesPolicyViolation" : null;
    }

    private static User Written(User user, string password, DateTimeOffset now)
    {
        PasswordState state = PasswordState.Of(password, forceChange: true);
        return user with
        {
            CloudPassword = state,
            OnPremisesPassword = user.Synced ? state : user.OnPremisesPassword,
            LastPasswordChange = now,
            SignInSessionsValidFrom = now,
        };
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
