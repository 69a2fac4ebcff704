namespace PasswordOps.Core;

/// <summary>What sort of trouble an error is; the cmdlets turn it into PowerShell's error category of the same meaning.</summary>
public enum ErrorKind
{
    /// <summary>None of the others.</summary>
    NotSpecified,

    /// <summary>A role, a scope or a permission is missing.</summary>
    PermissionDenied,

    /// <summary>Sign-in did not succeed or is no longer valid.</summary>
    Authentication,

    /// <summary>The user, tenant, file or operation does not exist.</summary>
    NotFound,

    /// <summary>A parameter has a value that cannot be right.</summary>
    InvalidArgument,

    /// <summary>A row of a sheet, or an answer of the service, is not well formed.</summary>
    InvalidData,

    /// <summary>The service asked to slow down and kept asking.</summary>
    LimitsExceeded,

    /// <summary>The service could not be reached.</summary>
    Connection,

    /// <summary>Something did not end in time.</summary>
    Timeout,

    /// <summary>The service or a resource is busy.</summary>
    Busy,

    /// <summary>A licence or a component is missing.</summary>
    NotInstalled,

    /// <summary>A policy forbids it.</summary>
    Security,

    /// <summary>The object is in a state, or mastered at a place, where this cannot be done.</summary>
    InvalidOperation,
}
