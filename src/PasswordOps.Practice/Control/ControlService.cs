using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using PasswordOps.Practice.Graph;
using PasswordOps.Practice.SignIn;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Control;

/// <summary>
/// What a rehearsal or a test does that no service offers: enter a device code, look at the log, check which password is set.
/// The server listens on loopback only, and that is all the protection that these need.
/// </summary>
internal sealed class ControlService(TenantState tenant, SignInService signIn, TokenIssuer tokens, RequestLog log, GraphService graph)
{
    private readonly RoleControl _roles = new(tenant);
    private readonly TenantControl _tenantControl = new(tenant);
    private readonly TroubleControl _trouble = new(graph, tenant.Replication);

    internal async Task HandleAsync(HttpContext context, IReadOnlyList<string> segments, Query query)
    {
        string method = context.Request.Method;
        string route = string.Join('/', segments).ToLowerInvariant();
        Answer answer = (method, route) switch
        {
            ("GET" or "POST", "practice/devicecode/approve") => Approve(query),
            ("GET" or "POST", "practice/devicecode/decline") => Decline(query),
            ("GET", "practice/requests") => Requests(query),
            ("GET", "practice/requests/counts") => Plain(log.WriteCounts),
            ("GET", "practice/requests/key") => Plain(writer => writer.WriteString("key", log.Key)),
            ("DELETE", "practice/requests") => Clear(),
            ("POST", "practice/latency") => SetLatency(query),
            ("GET", "practice/throttle") => Plain(graph.Throttle.WriteState),
            ("POST", "practice/throttle") => _trouble.SetThrottle(query),
            ("GET", "practice/state") => Plain(WriteStates),
            ("POST", "practice/consistency") => _trouble.SetConsistency(query),
            ("GET", "practice/faults") => Plain(graph.Faults.Write),
            ("POST", "practice/faults") => await _trouble.AddFaultsAsync(context, query),
            ("DELETE", "practice/faults") => _trouble.RemoveFaults(query),
            ("POST", "practice/tenant") => _tenantControl.Set(query),
            ("POST", "practice/clock") => SetClock(query),
            ("POST", "practice/tokens/expire") => Expire(query),
            ("POST", "practice/roles/assign" or "practice/roles/remove" or "practice/roles/activate") => ChangeRole(segments[2], query),
            _ when segments.Count == 4 && segments[1] == "users" => await UserAsync(context, method, segments[2], segments[3], query),
            _ => Problem(404, "No such control."),
        };
        context.Response.StatusCode = answer.Status;
        if (answer.ContentType is null)
            return;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    internal static Answer Problem(int status, string message) =>
        new(status, Answer.Bytes(writer => writer.WriteString("error", message)), Answer.PlainJson);

    internal static Answer Plain(Action<Utf8JsonWriter> write) => new(200, Answer.Bytes(write), Answer.PlainJson);

    private Answer Approve(Query query)
    {
        if (query["user_code"] is not { } userCode || signIn.DeviceCodes.FindByUserCode(userCode) is not { } code)
            return Problem(404, "No sign-in waits for that user_code.");
        if (query["user"] is not { } name || tenant.Users.Find(name) is not { } user)
            return Problem(404, "No such user.");
        code.ApprovedBy = user;
        return Plain(writer => writer.WriteString("approvedBy", user.UserPrincipalName));
    }

    private Answer Decline(Query query)
    {
        if (query["user_code"] is not { } userCode || signIn.DeviceCodes.FindByUserCode(userCode) is not { } code)
            return Problem(404, "No sign-in waits for that user_code.");
        code.Declined = true;
        return Plain(writer => writer.WriteBoolean("declined", true));
    }

    private Answer Requests(Query query)
    {
        long after = 0;
        if (query["after"] is { } text && !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            return Problem(400, "after must be the number of an entry.");
        return Plain(writer =>
        {
            writer.WriteStartArray("requests");
            foreach (LogEntry entry in log.Entries(after))
                writer.WriteRawValue(entry.ToJson(), skipInputValidation: true);
            writer.WriteEndArray();
        });
    }

    private Answer Clear()
    {
        log.Clear();
        return Answer.NoContent;
    }

    private Answer SetLatency(Query query)
    {
        if (!int.TryParse(query["ms"], NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds))
            return Problem(400, "ms must be a whole number, 0 or more.");
        graph.Latency = milliseconds;
        return Plain(writer => writer.WriteNumber("ms", milliseconds));
    }

    private Answer SetClock(Query query)
    {
        if (!int.TryParse(query["ahead"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int seconds))
            return Problem(400, "ahead must be a whole number of seconds; behind is below zero.");
        graph.SecondsAhead = seconds;
        return Plain(writer => writer.WriteNumber("ahead", seconds));
    }

    /// <summary>The tokens issued so far no longer count; those that are issued from now on do.</summary>
    private Answer Expire(Query query)
    {
        Guid? principal = null;
        if (query["principal"] is { } name && (principal = _roles.Principal(name)) is null)
            return Problem(404, "No such user or application.");
        bool challenge = query["challenge"] == "true";
        tokens.Expire(principal, challenge);
        return Plain(writer => writer.WriteBoolean("challenge", challenge));
    }

    private Answer ChangeRole(string act, Query query)
    {
        (string? done, string? problem) = _roles.Run(act.ToLowerInvariant(), query);
        return done is null ? Problem(400, problem!) : Plain(writer => writer.WriteString("done", done));
    }

    private async Task<Answer> UserAsync(HttpContext context, string method, string key, string action, Query query)
    {
        if (tenant.Users.Find(key) is not { } user)
            return Problem(404, "No such user.");
        return (method, action) switch
        {
            ("GET", "state") => Plain(writer => WriteState(writer, user)),
            ("POST", "verify-password") => await VerifyAsync(context, user),
            ("POST", "next-reset") => ScriptReset(user, query),
            ("POST", "delete") => Delete(user),
            _ => Problem(404, "No such control."),
        };
    }

    private Answer Delete(User user)
    {
        tenant.Users.Update(user, current => current.AsDeleted(tenant.Now));
        return Answer.NoContent;
    }

    private Answer ScriptReset(User user, Query query)
    {
        string outcome = query["outcome"] ?? "succeeded";
        double? seconds = null;
        if (query["seconds"] is { } text)
        {
            if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
                return Problem(400, "seconds must be a number, 0 or more.");
            seconds = number;
        }
        if (!ResetScript.Outcomes.Contains(outcome, StringComparer.OrdinalIgnoreCase))
            return Problem(400, $"outcome must be one of {string.Join(", ", ResetScript.Outcomes)}.");
        var script = new ResetScript(Enum.Parse<ResetEnding>(outcome, ignoreCase: true))
        {
            Detail = query["detail"],
            Seconds = seconds,
            HalfDoneIsFailure = query["status"] == "failed",
        };
        if (script.Ending == ResetEnding.OnPremisesOnly && !user.Synced)
            return Problem(400, "Only the reset of a synced user can end on-premises.");
        tenant.Users.Update(user, current => current with { NextReset = script });
        return Plain(writer => writer.WriteString("nextReset", outcome));
    }

    private void WriteStates(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("users");
        foreach (User user in tenant.Users.Where(user => !user.Deleted))
        {
            writer.WriteStartObject();
            WriteState(writer, user);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteState(Utf8JsonWriter writer, User user)
    {
        writer.WriteString("id", user.Id);
        writer.WriteString("userPrincipalName", user.UserPrincipalName);
        writer.WriteBoolean("accountEnabled", user.AccountEnabled);
        writer.Write("onPremisesSyncEnabled", user.OnPremisesSyncEnabled);
        writer.WriteString("mobilePhone", user.MobilePhone);
        writer.Write("businessPhones", user.BusinessPhones);
        writer.Write("otherMails", user.OtherMails);
        writer.WriteStartObject("methods");
        writer.WriteString("mobile", user.Methods.Mobile);
        writer.WriteString("alternateMobile", user.Methods.AlternateMobile);
        writer.WriteString("office", user.Methods.Office);
        writer.WriteString("email", user.Methods.Email);
        writer.WriteString("preferred", user.Methods.Preferred);
        writer.WriteEndObject();
        writer.WriteString("lastPasswordChangeDateTime", JsonText.Precise(user.LastPasswordChange));
        writer.WriteString(
            "onPremisesLastPasswordChange", user.OnPremisesPasswordChange is { } changed ? JsonText.Precise(changed) : null);
        writer.WriteBoolean("forceChange", user.CloudPassword.ForceChange);
        writer.WriteBoolean("forceChangeWithMfa", user.CloudPassword.ForceChangeWithMfa);
        writer.WriteBoolean("onPremisesForceChange", user.OnPremisesPassword.ForceChange);
    }

    private static async Task<Answer> VerifyAsync(HttpContext context, User user)
    {
        string? password;
        string? where;
        try
        {
            using JsonDocument body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            password = body.RootElement.GetProperty("password").GetString();
            where = body.RootElement.TryGetProperty("where", out JsonElement place) ? place.GetString() : "cloud";
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or IOException)
        {
            return Problem(400, "Send {\"password\": text, \"where\": \"cloud\" or \"onPremises\"}.");
        }
        PasswordState? state = where switch
        {
            "cloud" => user.CloudPassword,
            "onPremises" => user.OnPremisesPassword,
            _ => null,
        };
        if (password is null || state is null)
            return Problem(400, "Send {\"password\": text, \"where\": \"cloud\" or \"onPremises\"}.");
        return Plain(writer =>
        {
            writer.WriteBoolean("matches", state.Matches(password));
            writer.WriteBoolean("forceChange", state.ForceChange);
        });
    }
}
