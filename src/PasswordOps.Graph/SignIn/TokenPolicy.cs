using System;
using System.Globalization;
using System.Threading.Tasks;
using Azure.Core;
using Azure.Core.Pipeline;

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

    protected override async ValueTask<bool> AuthorizeRequestOnChallengeAsync(HttpMessage message)
    {
        if (await base.AuthorizeRequestOnChallengeAsync(message).ConfigureAwait(false))
        {
            return true;
        }

        if (!credential.CanRenew)
        {
            credential.RequireUnexpired();
            return false;
        }

        // The same for all requests that a token was refused for, so that they wait for one renewal together.
        message.Request.Headers.TryGetValue("Authorization", out string? refused);
        string mark = ConnectionCredential.RenewalMark
            + StringComparer.Ordinal.GetHashCode(refused ?? string.Empty).ToString(CultureInfo.InvariantCulture);
        TokenRequestContext renewal = new(scopes, message.Request.ClientRequestId, mark, isCaeEnabled: true);
        await AuthenticateAndAuthorizeRequestAsync(message, renewal).ConfigureAwait(false);
        return true;
    }
}
