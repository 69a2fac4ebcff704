using System;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Core.Directory;

/// <summary>Where and as whom to connect to Active Directory. May hold a password.</summary>
public sealed class DomainConnectionOptions
{
    /// <summary>Name of a domain controller, or of the domain; it must be a name in the server's certificate.</summary>
    public required string Server { get; init; }

    /// <summary>Port; null for the transport's own, 636 or 389.</summary>
    public int? Port { get; init; }

    /// <summary>How the connection is protected.</summary>
    public DomainTransport Transport { get; init; } = DomainTransport.Ldaps;

    /// <summary>
    /// Account to sign in with, as user principal name or DOMAIN\name; null for the current one: the Windows session, elsewhere the
    /// Kerberos
    /// ticket cache. The ticket cache needs <see cref="DomainTransport.Negotiate"/>.
    /// </summary>
    public string? UserName { get; init; }

    /// <summary>Its password; null together with <see cref="UserName"/>. The connection reads it when it opens further connections: it must
    /// stay until the connection is disposed of, and its owner erases it.</summary>
    public Password? Password { get; init; }

    /// <summary>
    /// File with the certificate of a certification authority, or a folder with some, to trust for this connection instead of the
    /// computer's own; null for the computer's own.
    /// </summary>
    public string? TrustedCertificate { get; init; }

    /// <summary>How long one answer may take, opening the connection included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public override string ToString() => Server;
}
