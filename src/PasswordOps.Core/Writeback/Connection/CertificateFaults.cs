using System;

namespace PasswordOps.Core.Writeback.Connection;

/// <summary>What is wrong with the certificate of a host.</summary>
[Flags]
public enum CertificateFaults
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>No authority that this machine trusts stands at the end of its chain.</summary>
    Untrusted = 1,

    /// <summary>It is for another name.</summary>
    WrongName = 2,

    /// <summary>It, or one above it, has expired.</summary>
    Expired = 4,

    /// <summary>It, or one above it, is not valid yet.</summary>
    NotYetValid = 8,

    /// <summary>Something else.</summary>
    Other = 16,
}
