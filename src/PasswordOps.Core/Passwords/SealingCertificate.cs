using System;

namespace PasswordOps.Core.Passwords;

/// <summary>A certificate that passwords can be encrypted for; it was tested when it was found.</summary>
public sealed class SealingCertificate
{
    /// <summary>Whom it names.</summary>
    public required string Subject { get; init; }

    /// <summary>SHA-1 fingerprint in hexadecimal digits, by which PowerShell finds it.</summary>
    public required string Thumbprint { get; init; }

    /// <summary>When it expires, UTC.</summary>
    public required DateTimeOffset ValidUntil { get; init; }

    /// <summary>
    /// It is marked for document encryption (1.3.6.1.4.1.311.80.1). Without the mark Unprotect-CmsMessage opens a message with the key in
    /// the recipient's personal store only, and not with <c>-To</c>.
    /// </summary>
    public required bool IsForDocuments { get; init; }

    /// <summary>The certificate in DER form.</summary>
    public required byte[] RawData { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Subject} ({Thumbprint})";
}
