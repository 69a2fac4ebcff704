using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Practice.State;

/// <summary>
/// What happened in the tenant before it was started: a month of resets, failures, blocks and registrations as the audit log shows them.
/// The same seed on the same day tells the same. A tenth of the users has a story, so that a large tenant has a long log.
/// </summary>
internal sealed class AuditStories
{
    private const string SelfService = "Self-service Password Management";
    private const string MethodService = "Authentication Methods";
    private const string DirectoryService = "Core Directory";
    private const string Flow = "Self-service password reset flow activity progress";
    private const string SelfReset = "Reset password (self-service)";
    private const int Days = 31;
    private const int Fewest = 60;
    private const int Most = 12_000;

    private static readonly string[] s_ways =
        ["mobile SMS", "mobile voice call", "office voice call", "email", "security questions", "mobile app code"];

    /// <summary>Reasons of failures, as often as they stand here.</summary>
    private static readonly string[] s_failures =
    [
        "FuzzyPolicyViolationInvalidPassword", "FuzzyPolicyViolationInvalidPassword", "PasswordDoesnotComplyFuzzyPolicy",
        "User's account has insufficient authentication methods defined. Add authentication info to resolve this ",
        "User's account has insufficient authentication methods defined. Add authentication info to resolve this ",
        "Password reset is not enabled for this user",
        "This user is not a member of the password reset users group. Add this user to that group to resolve this.",
        "User does not have a license. You can add a license to the user to resolve this",
        "User tried to reset from a device without cookies enabled",
    ];

    private static readonly string[] s_leavings =
    [
        "User cancelled before passing the required authentication methods", "User cancelled before submitting a new password",
        "User contacted an admin after trying the email verification option",
        "User abandoned after starting the mobile SMS verification option",
    ];

    private readonly SeededRandom _random;
    private readonly TenantState _tenant;
    private readonly List<AuditRow> _rows = [];
    private readonly List<User> _users;
    private readonly Actor[] _admins;
    private int _number = 9_000_000;

    private AuditStories(TenantState tenant, int seed)
    {
        _random = new SeededRandom((ulong)seed * 0x9E3779B97F4A7C15 + 77);
        _tenant = tenant;
        _users = [.. tenant.Users.Where(user => user is { Guest: false, Deleted: false, AccountEnabled: true, Unnamed: false })];
        _admins =
        [
            .. _users.Where(user => tenant.IsAdmin(user.Id)).Take(5).Select(PersonOf),
        ];
    }

    internal static IReadOnlyList<AuditRow> Tell(TenantState tenant, int seed, DateTimeOffset now)
    {
        var stories = new AuditStories(tenant, seed);
        return stories._users.Count == 0 || stories._admins.Length == 0 ? [] : stories.All(now);
    }

    private List<AuditRow> All(DateTimeOffset now)
    {
        DateTimeOffset today = new(now.UtcDateTime.Date, TimeSpan.Zero);
        int count = Math.Clamp(_users.Count / 10, Fewest, Most);
        for (int index = 0; index < count; index++)
        {
            // Of the day that has begun too: what is not yet in the past shows up when its time has come.
            DateTimeOffset at = today.AddDays(1 - Days).AddSeconds(_random.Below(Days * 86_400));
            One(_random.Pick(_users), at);
        }
        DateTimeOffset outage = today.AddDays(-9).AddHours(8);
        for (int index = 0; index < 6; index++)
            Failure(_random.Pick(_users), outage.AddMinutes(index * 11), "OnPremisesConnectivityError");
        Setting(today.AddDays(-21).AddHours(7), "Disable password writeback for directory", SelfService, "DirectoryManagement");
        Setting(today.AddDays(-21).AddHours(7.5), "Enable password writeback for directory", SelfService, "DirectoryManagement");
        Setting(today.AddDays(-14).AddHours(13), "Self-service password reset policy changes", SelfService, "DirectoryManagement");
        Setting(today.AddDays(-6).AddHours(10), "Set DirSync feature", DirectoryService, "DirectoryManagement");
        // Of what chance may leave out in a small tenant, or put on a day that is not yet or no longer in the log, one for certain.
        Change(_random.Pick(_users), today.AddDays(-12).AddHours(9));
        AdministratorReset(_random.Pick(_users), today.AddDays(-12).AddHours(10));
        Registered(_random.Pick(_users), today.AddDays(-12).AddHours(11), true);
        _rows.RemoveAll(row => row.At > now);
        _rows.Sort((one, other) => one.At.CompareTo(other.At));
        return _rows;
    }

    private void One(User user, DateTimeOffset at)
    {
        switch (_random.Below(100))
        {
            case < 30:
                Success(user, at, "Successfully completed reset.");
                break;
            case < 33:
                Success(user, at, user.Synced ? "OnPremisesSuccessCloudFailure" : "Successfully completed reset.");
                break;
            case < 45:
                Failure(user, at, _random.Pick(s_failures));
                break;
            case < 55:
                Left(user, at);
                break;
            case < 58:
                Blocked(user, at);
                break;
            case < 63:
                Unlock(user, at);
                break;
            case < 70:
                Change(user, at);
                break;
            case < 82:
                AdministratorReset(user, at);
                break;
            case < 85:
                DirectoryReset(user, at);
                break;
            default:
                Registration(user, at);
                break;
        }
    }

    private void Success(User user, DateTimeOffset at, string reason)
    {
        Session session = Begin(user, at);
        Verify(session, 1 + _random.Below(2));
        session.Step("User completed all verification steps required");
        if (_random.Chance(8))
        {
            session.Step("User submitted a new password");
            session.Row(SelfReset, "FuzzyPolicyViolationInvalidPassword", "failure");
        }
        session.Step("User submitted a new password");
        session.Row(SelfReset, reason);
        if (_random.Chance(50))
            session.Step("User successfully reset password");
    }

    private void Failure(User user, DateTimeOffset at, string reason)
    {
        Session session = Begin(user, at);
        if (reason.StartsWith("User", StringComparison.Ordinal) || reason.Contains(' ', StringComparison.Ordinal))
        {
            // Found out before anything is asked.
            session.Step(reason, "failure");
            return;
        }
        Verify(session, 1);
        session.Step("User submitted a new password");
        session.Row(SelfReset, reason, "failure");
    }

    private void Left(User user, DateTimeOffset at)
    {
        Session session = Begin(user, at);
        if (_random.Chance(30))
            return;
        session.Step("User was presented with verification options");
        session.Step($"User started the {_random.Pick(s_ways)} verification option");
        if (_random.Chance(40))
            session.Step(_random.Pick(s_leavings), "failure");
    }

    private void Blocked(User user, DateTimeOffset at)
    {
        Session session = Begin(user, at);
        for (int index = 0; index < 3; index++)
            session.Step("User started the mobile SMS verification option");
        session.Step("User entered too many invalid SMS verification codes and is blocked for 24 hours", "failure");
        session.Row("Blocked from self-service password reset", "None");
    }

    private void Unlock(User user, DateTimeOffset at)
    {
        Session session = Begin(user, at);
        Verify(session, 1);
        session.Row("Unlock user account (self-service)", "None", agent: AgentOf(user));
    }

    private void Change(User user, DateTimeOffset at)
    {
        var session = new Session(this, user, PersonOf(user), at);
        if (_random.Chance(20))
            session.Row("Change password (self-service)", "PasswordDoesnotComplyFuzzyPolicy", "failure");
        else
            session.Row("Change password (self-service)", "None");
    }

    private void AdministratorReset(User user, DateTimeOffset at)
    {
        var session = new Session(this, user, _random.Pick(_admins), at);
        session.Row("Admin started password reset", "", service: MethodService);
        bool fails = _random.Chance(12);
        string reason = !fails ? "Successfully completed reset."
            : user.Synced ? "OnPremisesPolicyViolation" : "PasswordDoesnotComplyFuzzyPolicy";
        session.Row("Reset password (by admin)", reason, fails ? "failure" : "success", agent: AgentOf(user));
    }

    private void DirectoryReset(User user, DateTimeOffset at)
    {
        if (!user.Synced)
            new Session(this, user, _random.Pick(_admins), at).Row("Reset user password", "", service: DirectoryService);
    }

    private void Registration(User user, DateTimeOffset at)
    {
        if (_random.Chance(20))
        {
            new Session(this, user, _random.Pick(_admins), at).Row(
                "Admin registered security info", "Admin registered phone method for user", service: MethodService);
            return;
        }
        Registered(user, at, false);
    }

    private void Registered(User user, DateTimeOffset at, bool whole)
    {
        var session = new Session(this, user, PersonOf(user), at);
        session.Row("User started security info registration", "", service: MethodService);
        if (!whole && _random.Chance(20))
        {
            session.Row("User canceled security info registration", "", service: MethodService);
            return;
        }
        session.Row("User registered security info", "User registered phone method", service: MethodService);
        session.Row("Security info saved for self-service password reset", "None");
        if (_random.Chance(60))
            session.Row("User registered all required security info", "", service: MethodService);
        if (whole || _random.Chance(90))
            session.Row("User registered for self-service password reset", "None");
    }

    private void Setting(DateTimeOffset at, string activity, string service, string category)
    {
        Guid correlation = _random.Guid();
        Actor actor = _random.Pick(_admins);
        _rows.Add(new AuditRow
        {
            Id = IdOf(service, correlation), CorrelationId = correlation, Category = category, Service = service, Activity = activity,
            OperationType = "Update", Result = "success", ResultReason = "", At = at, Actor = actor,
            TargetId = _tenant.Organization.TenantId, TargetName = null, TargetType = "Directory", Late = Late(),
        });
    }

    private Session Begin(User user, DateTimeOffset at)
    {
        var session = new Session(this, user, PersonOf(user), at);
        session.Step("User submitted their user ID");
        return session;
    }

    private void Verify(Session session, int methods)
    {
        session.Step("User was presented with verification options");
        for (int index = 0; index < methods; index++)
        {
            string way = _random.Pick(s_ways);
            session.Step($"User started the {way} verification option");
            session.Step($"User completed the {way} verification option");
        }
    }

    private string AgentOf(User user) => user.Synced ? _tenant.Settings.OnPremisesAgent : "None";

    private static Actor PersonOf(User user) => new(false, user.Id, user.UserPrincipalName, Guid.Empty);

    private string IdOf(string service, Guid correlation) =>
        $"{(service == SelfService ? "SSPR" : service == DirectoryService ? "Directory" : service)}_{correlation}_7DXKQ_{_number++}";

    /// <summary>Five to ten minutes as a rule, up to an hour at times.</summary>
    private TimeSpan Late() => TimeSpan.FromSeconds(_random.Chance(90) ? 120 + _random.Below(480) : 600 + _random.Below(2_900));

    /// <summary>The rows of one correlation id.</summary>
    private sealed class Session(AuditStories stories, User user, Actor actor, DateTimeOffset at)
    {
        private readonly Guid _correlation = stories._random.Guid();
        private DateTimeOffset _at = at;

        public void Step(string reason, string result = "success") => Row(Flow, reason, result);

        public void Row(string activity, string reason, string result = "success", string service = SelfService, string? agent = null)
        {
            stories._rows.Add(new AuditRow
            {
                Id = stories.IdOf(service, _correlation), CorrelationId = _correlation, Category = "UserManagement", Service = service,
                Activity = activity, OperationType = service == MethodService ? "ServiceApi" : "Update", Result = result,
                ResultReason = reason, At = _at, Actor = actor, TargetId = user.Id, TargetName = user.UserPrincipalName,
                Details = agent is null ? [] : [new("OnPremisesAgent", agent)], Late = stories.Late(),
            });
            _at = _at.AddSeconds(2 + stories._random.Below(50)).AddTicks(stories._random.Below(10_000_000));
        }
    }
}
