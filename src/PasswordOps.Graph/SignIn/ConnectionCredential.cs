using System;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core;
using PasswordOps.Core;

namespace PasswordOps.Graph.SignIn;

/// <summary>The credential of one connection: keeps the present token, and tells failures in the product's words.</summary>
internal sealed class ConnectionCredential : TokenCredential
{
    /// <summary>Begins what stands in the place of claims when a token is to be renewed although it looks good.</summary>
    internal const string RenewalMark = "renew ";

    // No claims at all. The sign-in libraries keep to their cache unless claims are asked for.
    private const string NoClaims = "{\"access_token\":{}}";

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly TokenCredential inner;
    private readonly SignInFailures failures;
    private readonly IClock clock;
    private AccessToken? current;

    public ConnectionCredential(TokenCredential inner, SignInFailures failures, IClock clock)
    {
        this.inner = inner;
        this.failures = failures;
        this.clock = clock;
    }

    /// <summary>False for a token that the caller brought along.</summary>
    public bool CanRenew => inner is not GivenToken;

    /// <summary>Tells of a token that cannot be renewed and has come to its end.</summary>
    public void RequireUnexpired() => (inner as GivenToken)?.RequireUnexpired(clock.UtcNow);

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Tokens are fetched asynchronously only.");

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        if (requestContext.Claims is null && current is AccessToken held && IsFresh(held))
        {
            return held;
        }

        bool isRenewal = requestContext.Claims?.StartsWith(RenewalMark, StringComparison.Ordinal) == true;
        string? claims = isRenewal ? NoClaims : requestContext.Claims;

        // Always with continuous access evaluation: the libraries keep a second cache for tokens without it and would fetch twice.
        TokenRequestContext request = new(
            requestContext.Scopes, requestContext.ParentRequestId, claims, requestContext.TenantId, isCaeEnabled: true);
        try
        {
            AccessToken fetched = await inner.GetTokenAsync(request, cancellationToken).ConfigureAwait(false);
            current = fetched;
            return fetched;
        }
        catch (Exception error) when (SignInFailures.Is(error) && !cancellationToken.IsCancellationRequested)
        {
            throw failures.From(error);
        }
    }

    public override string ToString() => "(hidden)";

    private bool IsFresh(AccessToken token) =>
        token.ExpiresOn - clock.UtcNow > Margin && (token.RefreshOn is not DateTimeOffset refresh || clock.UtcNow < refresh);
}
