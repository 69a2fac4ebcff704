using System;
using System.Globalization;
using System.Threading.Tasks;
using Azure.Core;
using Azure.Core.Pipeline;
using PasswordOps.Graph.Pipeline;

namespace PasswordOps.Graph.SignIn;

/// <summary>
/// Puts the token on each request. A token that the service takes no longer is renewed once and the request sent again, a write too: a
/// refusal of the token proves that nothing happened. The library does so for a claims challenge only, not for a token that has expired.
/// </summary>
internal sealed class TokenPolicy : BearerTokenAuthenticationPolicy
{
    private readonly ConnectionCredential credential;
    private readonly string[] scopes;

    public TokenPolicy(ConnectionCredential credential, string[] scopes)
        : base(credential, scopes)
    {
        this.credential = credential;
        this.scopes = scopes;
    }

    protected override async ValueTask AuthorizeRequestAsync(HttpMessage message)
    {
        await base.AuthorizeRequestAsync(message).ConfigureAwait(false);
        CallTraits? traits = CallTraits.Of(message);
        string mark = MarkOf(message);
        if (traits?.Refusal is TokenRefusal refusal && refusal.TokenMark == mark)
        {
            // Refused inside a batch, or without a word on how to go on: the same token would be refused again.
            await RenewAsync(message, refusal.Claims ?? mark).ConfigureAwait(false);
            mark = MarkOf(message);
        }

        if (traits is not null)
        {
            traits.TokenMark = mark;
        }
    }

    protected override async ValueTask<bool> AuthorizeRequestOnChallengeAsync(HttpMessage message)
    {
        if (CallTraits.Of(message) is CallTraits traits)
        {
            traits.IsRenewed = true;
        }

        if (await base.AuthorizeRequestOnChallengeAsync(message).ConfigureAwait(false))
        {
            return true;
        }

        if (!credential.CanRenew)
        {
            credential.RequireUnexpired();
            return false;
        }

        await RenewAsync(message, MarkOf(message)).ConfigureAwait(false);
        return true;
    }

    private ValueTask RenewAsync(HttpMessage message, string claims) =>
        AuthenticateAndAuthorizeRequestAsync(
            message, new TokenRequestContext(scopes, message.Request.ClientRequestId, claims, isCaeEnabled: true));

    /// <summary>The same for all requests that a token was refused for, so that they wait for one renewal together.</summary>
    private static string MarkOf(HttpMessage message)
    {
        message.Request.Headers.TryGetValue("Authorization", out string? token);
        return ConnectionCredential.RenewalMark
            + StringComparer.Ordinal.GetHashCode(token ?? string.Empty).ToString(CultureInfo.InvariantCulture);
    }
}
