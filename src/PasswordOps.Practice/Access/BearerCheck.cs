using System;
using System.Collections.Generic;
using PasswordOps.Practice.Graph;
using PasswordOps.Practice.SignIn;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Access;

/// <summary>Tells by its access token who sends a request to Graph.</summary>
internal sealed class BearerCheck(TenantState tenant, TokenIssuer tokens, string authority)
{
    /// <exception cref="GraphException">401: there is no token, it is not ours, or it no longer counts.</exception>
    internal Caller Authenticate(string? header)
    {
        const string scheme = "Bearer ";
        string token = header is not null && header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            ? header[scheme.Length..].Trim() : "";
        if (token.Length == 0)
            throw Unauthorized("Access token is empty.");
        Caller caller = tokens.Read(token) ?? throw Unauthorized("CompactToken parsing failed with error code: 80049217");
        DateTimeOffset now = tenant.Now;
        if (caller.Expires <= now || caller.NotBefore > now.AddMinutes(5))
            throw Expired();
        if (tokens.Ended(caller) is { } challenge)
        {
            throw challenge
                ? Challenge("TokenCreatedWithOutdatedPolicies", now)
                : Expired();
        }
        if (caller.IsApplication)
            return caller;
        User? user = tenant.Users.Find(caller.ObjectId);
        // Only a client that said it understands the challenge loses its token before the time.
        if (caller.ContinuousAccess && (user is not { AccountEnabled: true }
            || (user.SignInSessionsValidFrom.ToUnixTimeSeconds() > caller.IssuedAt.ToUnixTimeSeconds()
                && user.SignInSessionsValidFrom.AddSeconds(tenant.Settings.RevocationSeconds) <= now)))
            throw Challenge("TokenIssuedBeforeRevocationTimestamp", user?.SignInSessionsValidFrom ?? now);
        if (user is null)
        {
            throw new GraphException(
                401, "Authorization_IdentityNotFound", "The identity of the calling application could not be established.");
        }
        return caller;
    }

    internal GraphException Expired() => Unauthorized("Lifetime validation failed, the token is expired.");

    private GraphException Challenge(string code, DateTimeOffset notBefore) => Unauthorized(
        "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: " + code,
        $", error=\"insufficient_claims\", claims=\"{TokenIssuer.NotBeforeClaims(notBefore)}\"");

    private GraphException Unauthorized(string message, string more = "") => new(401, "InvalidAuthenticationToken", message)
    {
        Headers = new Dictionary<string, string>
        {
            ["WWW-Authenticate"] =
                $"Bearer realm=\"\", authorization_uri=\"{authority}common/oauth2/authorize\", "
                + $"client_id=\"00000003-0000-0000-c000-000000000000\"{more}",
        },
    };
}
