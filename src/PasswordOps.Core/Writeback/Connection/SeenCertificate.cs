using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Writeback.Connection;

/// <summary>A certificate in a chain.</summary>
public sealed record SeenCertificate
{
    /// <summary>Distinguished name of its holder.</summary>
    public required string Subject { get; init; }

    /// <summary>Distinguished name of who signed it.</summary>
    public required string Issuer { get; init; }

    /// <summary>Organization (O) of who signed it, or the common name where there is none.</summary>
    public required string IssuerOrganization { get; init; }

    /// <summary>SHA-256 of the certificate, in hexadecimal capitals.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Not valid before, UTC.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>Not valid after, UTC.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>Where its list of revoked certificates is, over plain HTTP.</summary>
    public IReadOnlyList<Uri> RevocationLists { get; init; } = Array.Empty<Uri>();
}
