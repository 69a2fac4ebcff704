using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Directory;

/// <summary>What of a domain decides whether a password can be set from outside; what the caller may not read is null.</summary>
public sealed record DomainConditions
{
    /// <summary>The domain's own password policy.</summary>
    public DomainPasswordPolicy Policy { get; init; } = new();

    /// <summary>The fine-grained policies; null when their container may not be read. By default only domain administrators may.</summary>
    public IReadOnlyList<DomainPasswordPolicy>? FineGrained { get; init; }

    /// <summary>Authenticated Users (or Everyone) are in "Pre-Windows 2000 Compatible Access"; null when its members may not be
    /// read.</summary>
    public bool? IsReadByAll { get; init; }

    /// <summary>Organizational units whose names hold characters that are reserved in distinguished names, some at most; null when they may
    /// not be read.</summary>
    public IReadOnlyList<string>? AwkwardUnits { get; init; }
}
