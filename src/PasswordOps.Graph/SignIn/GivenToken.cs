using System;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core;
using PasswordOps.Graph.Errors;

namespace PasswordOps.Graph.SignIn;

/// <summary>A token that the caller brought along. It cannot be renewed.</summary>
internal sealed class GivenToken : TokenCredential
{
    private readonly AccessToken token;

    public GivenToken(string token, DateTimeOffset expiresOn)
    {
        this.token = new AccessToken(token, expiresOn);
    }

    /// <summary>Throws when the token has expired: <c>SignInTokenExpired</c>.</summary>
    public void RequireUnexpired(DateTimeOffset now)
    {
        if (token.ExpiresOn <= now)
        {
            throw ErrorTable.Own("SignInTokenExpired").Tell(("date", ErrorTable.Moment(token.ExpiresOn)));
        }
    }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        requestContext.Claims is null ? token : throw ErrorTable.Own("SignInTokenRevoked").Tell();

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));

    public override string ToString() => "(hidden)";
}
