using System;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Core.Reset;

/// <summary>What a run of resets takes besides the connection.</summary>
public sealed class ResetMeans
{
    /// <summary>Makes temporary passwords.</summary>
    public required PasswordGenerator Generator { get; init; }

    /// <summary>Hands passwords over before they are set; null leaves them in the outcomes only.</summary>
    public IPasswordDelivery? Delivery { get; init; }

    /// <summary>
    /// Opens the domain controller of a domain, by its DNS name; asked once a domain. Null where no reset goes that way.
    /// </summary>
    public Func<string?, CancellationToken, Task<IActiveDirectory>>? Domain { get; init; }
}
