using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using PasswordOps.Core;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Knowledge;
using PasswordOps.Core.SignIn;
using PasswordOps.Graph.Errors;
using PasswordOps.Graph.Models;
using PasswordOps.Graph.Pipeline;
using PasswordOps.Graph.SignIn;

namespace PasswordOps.Graph;

/// <summary>Signs in to Microsoft Entra ID and opens Microsoft Graph.</summary>
public sealed class GraphSignIn : ISignIn
{
    private readonly GraphOptions settings;

    /// <summary>Makes a sign-in that talks to the network.</summary>
    public GraphSignIn()
        : this(new GraphOptions())
    {
    }

    internal GraphSignIn(GraphOptions settings)
    {
        this.settings = settings;
    }

    /// <inheritdoc/>
    public async Task<IConnection> ConnectAsync(SignInOptions options, Action<DeviceCodePrompt> prompt, CancellationToken stop)
    {
        if (options is null)
        {
            throw new ArgumentNullException(nameof(options));
        }

        SignInChecks.Run(options, settings.Clock);
        HttpPipelineTransport transport = settings.Transport ?? Transports.Create(options);
        List<IDisposable> owned = new();
        if (settings.Transport is null && transport is IDisposable ours)
        {
            owned.Add(ours);
        }

        try
        {
            return await OpenAsync(options, prompt, transport, owned, stop).ConfigureAwait(false);
        }
        catch
        {
            owned.ForEach(part => part.Dispose());
            throw;
        }
    }

    private async Task<IConnection> OpenAsync(
        SignInOptions options,
        Action<DeviceCodePrompt> prompt,
        HttpPipelineTransport transport,
        List<IDisposable> owned,
        CancellationToken stop)
    {
        string[] scopes = Credentials.Scopes(options);
        SignInFailures signInFailures = new(options);
        TokenCredential way = Credentials.Create(options, prompt, transport);
        await AskPersonAsync(way, scopes, signInFailures, stop).ConfigureAwait(false);
        ConnectionCredential credential = new(way, signInFailures, settings.Clock);
        AccessToken token = await credential.GetTokenAsync(new TokenRequestContext(scopes), stop).ConfigureAwait(false);

        TokenClaims claims = TokenClaims.Read(token.Token);
        string clientId = claims.ClientId ?? options.ClientId ?? string.Empty;
        string account = (claims.IsAppOnly ? claims.AppName ?? clientId : claims.UserName ?? claims.ObjectId) ?? "Unknown";
        Rights rights = new(claims.IsReadable, claims.IsAppOnly, claims.Permissions, account, clientId);
        Failures failures = new(rights, options.Cloud.Graph);
        Pace pace = new(settings.Clock, settings.BatchesAtOnce);
        GraphClient client = new(options.Cloud.Graph, credential, scopes, transport, settings, failures, pace, options.Log);
        GraphDirectory directory = new(client, failures, rights, options.Cloud, settings.Clock);

        (Reading<WireOrganization> tenant, Reading<Standing> standing) =
            await LookAroundAsync(directory, claims, stop).ConfigureAwait(false);

        // A token that the caller brings is tried here for the first time: that nobody takes it is the answer to signing in.
        if (options.Kind == SignInKind.AccessToken && tenant.Error is { Kind: ErrorKind.Connection or ErrorKind.Authentication } unusable)
        {
            throw unusable;
        }

        ConnectionContext context = new()
        {
            TenantId = claims.TenantId ?? (tenant.IsKnown ? tenant.Value.Id : options.TenantId) ?? "Unknown",
            TenantName = tenant.IsKnown ? tenant.Value.DisplayName : null,
            Account = account,
            AccountObjectId = claims.ObjectId ?? string.Empty,
            ClientId = clientId,
            IsAppOnly = claims.IsAppOnly,
            SignInKind = options.Kind,
            Permissions = claims.Permissions,
            Standing = standing,
            Cloud = options.Cloud,
            TokenExpiresOn = token.ExpiresOn,
        };
        return new GraphConnection(context, directory, pace, owned.ToArray());
    }

    /// <summary>People sign in once, here; whatever needs them again later fails instead of asking in the middle of a run.</summary>
    private static async Task AskPersonAsync(TokenCredential way, string[] scopes, SignInFailures failures, CancellationToken stop)
    {
        TokenRequestContext request = new(scopes, isCaeEnabled: true);
        try
        {
            switch (way)
            {
                case DeviceCodeCredential deviceCode:
                    await deviceCode.AuthenticateAsync(request, stop).ConfigureAwait(false);
                    break;
                case InteractiveBrowserCredential browser:
                    await browser.AuthenticateAsync(request, stop).ConfigureAwait(false);
                    break;
            }
        }
        catch (Exception error) when (SignInFailures.Is(error) && !stop.IsCancellationRequested)
        {
            throw failures.From(error);
        }
    }

    /// <summary>Reads the tenant and the account's own standing in one batch.</summary>
    private async Task<(Reading<WireOrganization> Tenant, Reading<Standing> Standing)> LookAroundAsync(
        GraphDirectory directory,
        TokenClaims claims,
        CancellationToken stop)
    {
        GraphCall tenantCall = GraphDirectory.ForTenant(Routes.Organization);
        List<GraphCall> calls = new() { tenantCall };
        if (claims.ObjectId is string id)
        {
            calls.AddRange(StandingReader.FirstCalls(id, claims.IsAppOnly));
        }

        IReadOnlyList<GraphAnswer> answers = await directory.ReadAllAsync(calls, stop).ConfigureAwait(false);
        Reading<Standing> standing = claims.ObjectId is string own
            ? await new StandingReader(directory).OwnAsync(own, claims.IsAppOnly, answers.Skip(1).ToArray(), stop).ConfigureAwait(false)
            : Reading.Failed<Standing>(GraphDirectory.TokenUnreadable(), settings.Clock.UtcNow);
        if (!standing.IsKnown && claims.RoleIds.Count > 0)
        {
            standing = Reading.Of(FromToken(claims.RoleIds), settings.Clock.UtcNow);
        }

        return (directory.OrganizationOf(answers[0], tenantCall), standing);
    }

    /// <summary>The roles over the whole tenant that the token lists: less than the directory says, but sure.</summary>
    private static Standing FromToken(IReadOnlyList<string> roleIds)
    {
        Dictionary<string, string> names = KnowledgeTable.Load("roles").Rows
            .ToDictionary(row => row["templateId"], row => row["name"], StringComparer.OrdinalIgnoreCase);
        return new Standing
        {
            Roles = roleIds.Select(id => new HeldRole(id, names.TryGetValue(id, out string? name) ? name : string.Empty, "/")).ToArray(),
        };
    }
}
