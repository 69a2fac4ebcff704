using System;
using System.Collections.Generic;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.SignIn;

/// <summary>Who is signed in, how, and with what rights, as the access token's claims and the directory say it. Holds no token.</summary>
public sealed record ConnectionContext
{
    /// <summary>Tenant id.</summary>
    public required string TenantId { get; init; }

    /// <summary>Name of the tenant; null when it could not be read.</summary>
    public string? TenantName { get; init; }

    /// <summary>User principal name, or the application's name when nobody is signed in.</summary>
    public required string Account { get; init; }

    /// <summary>Object id of the user or of the service principal.</summary>
    public required string AccountObjectId { get; init; }

    /// <summary>Application id that the token was issued to.</summary>
    public required string ClientId { get; init; }

    /// <summary>True when an application acts by itself, false when it acts for a person.</summary>
    public required bool IsAppOnly { get; init; }

    /// <summary>How the sign-in went.</summary>
    public required SignInKind SignInKind { get; init; }

    /// <summary>Graph permissions in the token: application roles, or delegated scopes.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>
    /// Active directory roles of the account, and what else its standing holds; unknown when the caller may not read them.
    /// </summary>
    public required Reading<Standing> Standing { get; init; }

    /// <summary>Cloud, with what it lacks.</summary>
    public required Cloud Cloud { get; init; }

    /// <summary>End of the present token, UTC; a new one is fetched by itself where the way of signing in can.</summary>
    public required DateTimeOffset TokenExpiresOn { get; init; }

    /// <summary>True when the token has one of the permissions.</summary>
    /// <param name="anyOf">Names of Graph permissions.</param>
    /// <returns>Whether at least one is present.</returns>
    public bool HasPermission(params string[] anyOf)
    {
        foreach (string wanted in anyOf)
        {
            foreach (string held in Permissions)
            {
                if (string.Equals(held, wanted, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
