using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Graph.Errors;

/// <summary>What the access token says that its holder may do.</summary>
/// <param name="IsKnown">False for a token whose claims cannot be read.</param>
/// <param name="IsAppOnly">True for an application by itself.</param>
/// <param name="Permissions">Permissions in the token.</param>
/// <param name="Account">Name of the person or application.</param>
/// <param name="ClientId">Application id.</param>
internal sealed record Rights(bool IsKnown, bool IsAppOnly, IReadOnlyList<string> Permissions, string Account, string ClientId)
{
    public bool HasAny(IReadOnlyList<string> wanted) =>
        wanted.Any(permission => Permissions.Contains(permission, StringComparer.OrdinalIgnoreCase));
}
