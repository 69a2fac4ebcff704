using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Activity;
using PasswordOps.Core.Directory;
using static PasswordOps.Core.Tests.Activity.AuditRows;

namespace PasswordOps.Core.Tests.Activity;

public sealed class AttemptTests
{
    private static readonly DateTimeOffset Later = Start.AddDays(1);

    [Fact]
    public void Both_published_lists_of_activities_are_known_whatever_their_case()
    {
        string[] reference =
        {
            "Reset password (self-service)", "Reset password (by admin)", "Change password (self-service)",
            "Unlock user account (self-service)", "Blocked from self-service password reset",
            "Self-service password reset flow activity progress", "Security info saved for self-service password reset",
            "Enable password writeback for directory", "Disable password writeback for directory",
        };
        string[] reporting =
        {
            "Reset password (self-service)", "Reset password (by admin)", "Change password (self-service)",
            "Unlock user account (self-service)", "Blocked from self-service password reset",
            "Self-service password reset flow activity progress", "User registered for self-service password reset",
            "Self-service password reset policy changes",
        };

        Assert.All(reference.Concat(reporting), name =>
        {
            Assert.NotNull(ActivityName.Find(name));
            Assert.Equal(name, ActivityName.Find(name.ToUpperInvariant())!.Name);
        });
        Assert.Null(ActivityName.Find("Reset the password"));
    }

    [Fact]
    public void A_flow_of_steps_and_its_result_are_one_attempt()
    {
        ActivityAttempt attempt = One(
            Step("User submitted their user ID"),
            Step("User was presented with verification options", 0.2),
            Step("User started the mobile SMS verification option", 1),
            Step("User completed the mobile SMS verification option", 2),
            Step("User started the security questions verification option", 2.5),
            Step("User completed all verification steps required", 3),
            Step("User submitted a new password", 4),
            Row(SelfReset, 4.1, "Successfully completed reset."));

        Assert.Equal(ActivityKind.SelfServiceReset, attempt.Kind);
        Assert.Equal(AttemptOutcome.Succeeded, attempt.Outcome);
        Assert.Equal(new[] { "mobile SMS", "security questions" }, attempt.Methods);
        Assert.Equal("gave a new password", attempt.Reached);
        Assert.Equal(8, attempt.Steps.Count);
        Assert.Equal(Start, attempt.At);
        Assert.Equal(Start.AddMinutes(4.1), attempt.Ended);
        Assert.Equal("adele@contoso.com", attempt.User);
        Assert.False(attempt.IsFailure);
        Assert.Null(attempt.Why);
    }

    [Theory]
    [InlineData("FuzzyPolicyViolationInvalidPassword", "PasswordBanned")]
    [InlineData("PasswordDoesnotComplyFuzzyPolicy", "PasswordBanned")]
    [InlineData(
        "User's account has insufficient authentication methods defined. Add authentication info to resolve this ", "MethodsInsufficient")]
    [InlineData("Password reset is not enabled for this user", "NotEnabledForUser")]
    [InlineData("OnPremisesConnectivityError", "OnPremisesUnreachable")]
    [InlineData("We could not reach your on-premises password reset service. Check your sync machine's event log", "OnPremisesUnreachable")]
    [InlineData("User does not have a license. You can add a license to the user to resolve this", "UserNotLicensed")]
    [InlineData("TenantSSPRFlagDisabled", "DisabledForTenant")]
    [InlineData("a reason of next year", "Unlisted")]
    public void A_failure_has_its_reason_in_plain_words(string reason, string id)
    {
        ActivityAttempt attempt = One(Step("User submitted their user ID"), Row(SelfReset, 1, reason, result: AuditResult.Failure));

        Assert.Equal(AttemptOutcome.Failed, attempt.Outcome);
        Assert.Equal(id, attempt.ReasonId);
        Assert.Equal(reason, attempt.Reason);
        Assert.Equal(id == "Unlisted", attempt.Why == reason);
        Assert.Equal(id == "Unlisted", attempt.NextStep is null);
    }

    [Fact]
    public void A_reset_that_only_Active_Directory_took_is_told_apart_from_a_success()
    {
        ActivityAttempt attempt = One(Row(SelfReset, 0, "OnPremisesSuccessCloudFailure"), Step("User successfully reset password", 0.1));

        Assert.Equal(AttemptOutcome.SucceededOnPremises, attempt.Outcome);
        Assert.Equal("OnPremisesSuccessCloudFailure", attempt.ReasonId);
        Assert.Contains("Active Directory", attempt.Why);
        Assert.NotNull(attempt.NextStep);
    }

    [Fact]
    public void A_block_is_a_block_though_the_log_calls_it_a_success()
    {
        ActivityAttempt attempt = One(
            Step("User submitted their user ID"), Row("Blocked from self-service password reset", 3, "None"));

        Assert.Equal(AttemptOutcome.Blocked, attempt.Outcome);
        Assert.True(attempt.IsFailure);
        Assert.Contains("24 hours", attempt.Why);
    }

    [Fact]
    public void A_flow_without_end_was_left_where_its_last_step_was()
    {
        DirectoryAudit[] rows = { Step("User submitted their user ID"), Step("User started the email verification option", 1) };

        ActivityAttempt attempt = One(rows);
        Assert.Equal(AttemptOutcome.Abandoned, attempt.Outcome);
        Assert.Equal("began to verify by email", attempt.Reached);
        Assert.Contains("began to verify by email", attempt.Why);
        Assert.Equal("LeftOff", attempt.ReasonId);

        // A session lasts 15 minutes and a row may be an hour late: before that nobody knows.
        Assert.Equal(AttemptOutcome.Open, ActivityAttempt.Of(rows, Start.AddMinutes(76))[0].Outcome);
        Assert.Equal(AttemptOutcome.Abandoned, ActivityAttempt.Of(rows, Start.AddMinutes(76.1))[0].Outcome);
    }

    [Theory]
    [InlineData("User abandoned after starting the mobile voice call verification option", "AbandonedInVerification", "mobile voice call")]
    [InlineData("User abandoned after completing the security questions option", "AbandonedAfterVerification", "security questions")]
    [InlineData("User canceled before submitting a new password", "CancelledAtNewPassword", "")]
    [InlineData("User cancelled before passing the required authentication methods", "CancelledInVerification", "")]
    [InlineData("User contacted an admin after trying the email verification option", "ContactedAdministrator", "email")]
    public void The_log_may_say_itself_where_a_user_left(string reason, string id, string method)
    {
        ActivityAttempt attempt = One(Step("User submitted their user ID"), Step(reason, 2, AuditResult.Failure));

        Assert.Equal(AttemptOutcome.Abandoned, attempt.Outcome);
        Assert.Equal(id, attempt.ReasonId);
        Assert.Equal(method.Length > 0 ? new[] { method } : Array.Empty<string>(), attempt.Methods);
    }

    [Fact]
    public void Who_fails_and_then_leaves_failed_and_who_succeeds_at_last_succeeded()
    {
        DirectoryAudit banned = Row(SelfReset, 1, "FuzzyPolicyViolationInvalidPassword", result: AuditResult.Failure);

        Assert.Equal(AttemptOutcome.Failed, One(banned, Step("User cancelled before submitting a new password", 2)).Outcome);
        Assert.Equal(AttemptOutcome.Succeeded, One(banned, Row(SelfReset, 3, "Successfully completed reset.")).Outcome);
    }

    [Fact]
    public void Two_flows_of_one_user_are_two_attempts()
    {
        IReadOnlyList<ActivityAttempt> attempts = ActivityAttempt.Of(
            new[]
            {
                Step("User submitted their user ID"), Step("User submitted their user ID", 5, correlation: "c2"),
                Row(SelfReset, 6, "Successfully completed reset.", "c2"), Step("User started the email verification option", 2),
            },
            Later);

        Assert.Equal(new List<AttemptOutcome> { AttemptOutcome.Abandoned, AttemptOutcome.Succeeded },
            attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(new[] { 2, 2 }, attempts.Select(attempt => attempt.Steps.Count));
    }

    [Fact]
    public void Rows_without_correlation_belong_together_by_user_and_time()
    {
        IReadOnlyList<ActivityAttempt> attempts = ActivityAttempt.Of(
            new[]
            {
                Row(Flow, 0, "User submitted their user ID", null), Row(SelfReset, 14, null, null),
                Row(Flow, 1, "User submitted their user ID", null, user: Bram), Row(SelfReset, 40, null, null),
            },
            Later);

        Assert.Equal(new[] { 2, 1, 1 }, attempts.Select(attempt => attempt.Steps.Count));
    }

    [Theory]
    [InlineData("None", OnPremisesAgent.None)]
    [InlineData("Microsoft Entra Connect", OnPremisesAgent.Connect)]
    [InlineData("CloudSync", OnPremisesAgent.CloudSync)]
    [InlineData("Cloud Sync", OnPremisesAgent.CloudSync)]
    [InlineData("something else", OnPremisesAgent.Unknown)]
    [InlineData(null, OnPremisesAgent.Unknown)]
    public void A_reset_by_an_administrator_names_the_agent_and_who_did_it(string? said, OnPremisesAgent agent)
    {
        ActivityAttempt attempt = One(
            Row("Admin started password reset", 0, by: Bram),
            Row(AdminReset, 0.1, "Successfully completed reset.", by: Bram, agent: said),
            Row("Reset user password", 0.2, null, "other", by: "fim"));

        Assert.Equal(ActivityKind.AdministratorReset, attempt.Kind);
        Assert.Equal(AttemptOutcome.Succeeded, attempt.Outcome);
        Assert.Equal(agent, attempt.Agent);
        Assert.Equal("bram@contoso.com", attempt.By!.Name);
        Assert.Equal(3, attempt.Steps.Count);
    }

    [Fact]
    public void A_reset_of_which_the_log_has_no_end_is_unknown_not_good()
    {
        DirectoryAudit started = Row("Admin started password reset", 0, by: Bram);

        Assert.Equal(AttemptOutcome.Unknown, One(started).Outcome);
        Assert.Equal(AttemptOutcome.Open, ActivityAttempt.Of(new[] { started }, Start.AddMinutes(10))[0].Outcome);
        Assert.Equal(AttemptOutcome.Unknown, One(Row(AdminReset, 0, result: AuditResult.Unknown)).Outcome);
    }

    [Fact]
    public void What_the_directory_logs_of_a_self_service_reset_is_no_second_reset()
    {
        ActivityAttempt attempt = One(
            Step("User submitted their user ID"),
            Row("Reset user password", 3, null, "directory", by: "service"),
            Row(SelfReset, 3.1, "Successfully completed reset."));

        Assert.Equal(ActivityKind.SelfServiceReset, attempt.Kind);
        Assert.Equal(Adele, attempt.By!.Id);
    }

    [Fact]
    public void A_reset_that_only_the_directory_logs_is_one_by_an_administrator()
    {
        ActivityAttempt attempt = One(Row("Reset user password", 0, by: Bram));

        Assert.Equal(ActivityKind.AdministratorReset, attempt.Kind);
        Assert.Equal(AttemptOutcome.Succeeded, attempt.Outcome);
        Assert.Equal(OnPremisesAgent.Unknown, attempt.Agent);
    }

    [Fact]
    public void Data_registered_piece_by_piece_is_one_registration()
    {
        IReadOnlyList<ActivityAttempt> attempts = ActivityAttempt.Of(
            new[]
            {
                Row("User started security info registration", 0, null, "r1"),
                Row("User registered security info", 1, "User registered phone method", "r1"),
                Row("Security info saved for self-service password reset", 2, null, "r2"),
                Row("User registered security info", 3, null, "r3"),
                Row("Admin registered security info", 4, null, "r4", by: Bram),
                Row("User started security info registration", 60, null, "r5"),
                Row("User canceled security info registration", 61, null, "r5"),
            },
            Later);

        Assert.Equal(
            new List<AttemptOutcome> { AttemptOutcome.Succeeded, AttemptOutcome.Succeeded, AttemptOutcome.Abandoned },
            attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(new[] { 4, 1, 2 }, attempts.Select(attempt => attempt.Steps.Count));
    }

    [Fact]
    public void Unlocks_changes_switches_and_what_is_not_known_have_their_kind()
    {
        IReadOnlyList<ActivityAttempt> attempts = ActivityAttempt.Of(
            new[]
            {
                Row("Unlock user account (self-service)", 0, null, "u"),
                Row("CHANGE PASSWORD (SELF-SERVICE)", 20, "PasswordDoesnotComplyFuzzyPolicy", "v", AuditResult.Failure, service: Sspr),
                Row("Disable password writeback for directory", 40, null, null, by: Bram, service: "Core Directory"),
                Row("An activity of next year", 60, null, null),
            },
            Later);

        Assert.Equal(
            new List<ActivityKind> { ActivityKind.Unlock, ActivityKind.PasswordChange, ActivityKind.Setting, ActivityKind.Other },
            attempts.Select(attempt => attempt.Kind));
        Assert.Equal("PasswordBanned", attempts[1].ReasonId);
        Assert.Null(attempts[2].User);
        Assert.Equal("bram@contoso.com", attempts[2].By!.Name);
    }

    [Fact]
    public void A_row_without_target_is_about_who_acts()
    {
        ActivityStep step = ActivityStep.Of(Row(Flow, 0, "User submitted their user ID") with { Targets = Array.Empty<AuditTarget>() });

        Assert.Equal(Adele, step.UserId);
        Assert.Equal("gave the user name", step.Meaning);
    }

    private static ActivityAttempt One(params DirectoryAudit[] rows) => Assert.Single(ActivityAttempt.Of(rows, Later));
}
