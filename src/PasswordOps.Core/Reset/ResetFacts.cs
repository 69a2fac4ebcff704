using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Directory;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Core.Reset;

/// <summary>What was read to decide on one reset.</summary>
internal sealed record ResetFacts
{
    public required ConnectionContext Caller { get; init; }

    public required Reading<DirectoryUser> User { get; init; }

    public required Reading<Standing> Standing { get; init; }

    public required Reading<Organization> Organization { get; init; }

    public required Reading<IReadOnlyList<Domain>> Domains { get; init; }

    public UserSource Source => UserSource.Of(
        User.Value,
        Organization.IsKnown ? Organization.Value.VerifiedDomains.Select(domain => domain.Name).ToArray()
        : Domains.IsKnown ? Domains.Value.Select(domain => domain.Name).ToArray()
        : Array.Empty<string>());
}
