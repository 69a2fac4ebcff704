using System;
using System.Collections.Generic;
using System.Globalization;
using PasswordOps.Core.Activity;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Tests.Activity;

/// <summary>Makes rows of the audit log.</summary>
internal static class AuditRows
{
    public const string Adele = "3c1d7f20-5a64-4e0b-8f7e-6b1a9d2c4e11";
    public const string Bram = "7e9b0c44-1f2a-4d6b-a5c3-90d8e7f6b522";
    public const string Flow = "Self-service password reset flow activity progress";
    public const string SelfReset = "Reset password (self-service)";
    public const string AdminReset = "Reset password (by admin)";
    public const string Sspr = "Self-service Password Management";

    public static readonly DateTimeOffset Start = new(2026, 8, 17, 10, 0, 0, TimeSpan.Zero);

    private static int number;

    public static DirectoryAudit Row(
        string activity,
        double minute = 0,
        string? reason = null,
        string? correlation = "c1",
        AuditResult result = AuditResult.Success,
        string? user = Adele,
        string? by = null,
        string? service = null,
        string? agent = null,
        string? id = null) => new()
        {
            Id = id ?? "row-" + (++number).ToString("D6", CultureInfo.InvariantCulture),
            At = Start.AddMinutes(minute),
            Activity = activity,
            Category = "UserManagement",
            Service = service ?? ActivityName.Find(activity)?.Service ?? Sspr,
            Result = result,
            ResultReason = reason,
            CorrelationId = correlation,
            InitiatedBy = new AuditActor(false, by ?? user, by is null ? Name(user) : Name(by)),
            Targets = user is null ? Array.Empty<AuditTarget>() : new[] { new AuditTarget("User", user, Name(user)) },
            Details = agent is null ? Array.Empty<AuditDetail>() : new[] { new AuditDetail("OnPremisesAgent", agent) },
        };

    public static DirectoryAudit Step(
        string reason, double minute = 0, AuditResult result = AuditResult.Success, string? correlation = "c1") =>
        Row(Flow, minute, reason, correlation, result);

    /// <summary>What tells two lists of attempts apart.</summary>
    public static string Told(IEnumerable<ActivityAttempt> attempts) => string.Join("\n", Lines(attempts));

    private static IEnumerable<string> Lines(IEnumerable<ActivityAttempt> attempts)
    {
        foreach (ActivityAttempt one in attempts)
        {
            List<string> ids = new();
            foreach (ActivityStep step in one.Steps)
            {
                ids.Add(step.Id);
            }

            yield return string.Join(
                "|", one.At.ToString("o", CultureInfo.InvariantCulture), one.User, one.Kind, one.Outcome, one.Why, one.ReasonId,
                one.Reached, one.Agent, one.By, one.CorrelationId, string.Join(",", one.Methods), string.Join(",", ids));
        }
    }

    private static string? Name(string? user) =>
        user is Adele ? "adele@contoso.com" : user is Bram ? "bram@contoso.com" : user is null ? null : user + "@contoso.com";
}
