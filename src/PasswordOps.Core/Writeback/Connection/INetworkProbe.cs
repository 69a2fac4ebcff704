using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.Core.Writeback.Connection;

/// <summary>
/// The port to the network. What fails out there is an answer, not an exception; every step ends within the limit of its visit, whatever
/// the other end does. Nothing is sent to an end whose certificate is not trusted.
/// </summary>
public interface INetworkProbe
{
    /// <summary>Name of the machine that it probes from.</summary>
    string Machine { get; }

    /// <summary>True when this machine has Microsoft Entra Connect on it.</summary>
    bool IsSyncServer { get; }

    /// <summary>The proxy that the settings of this machine and user name for an address.</summary>
    /// <param name="address">Where to.</param>
    /// <returns>Its address, without user name and password; null for none.</returns>
    Uri? ProxyFor(Uri address);

    /// <summary>Reads the certificates of authorities.</summary>
    /// <param name="path">File, as PEM or DER.</param>
    /// <returns>Each certificate as DER.</returns>
    /// <exception cref="PasswordOpsException"><c>CertificateNotFound</c>, <c>CertificateUnreadable</c>.</exception>
    IReadOnlyList<byte[]> ReadCertificates(string path);

    /// <summary>Looks up a name.</summary>
    /// <param name="host">Name.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>What was found.</returns>
    Task<NameAnswer> ResolveAsync(string host, TimeSpan limit, CancellationToken stop);

    /// <summary>Goes to a host as far as the visit asks.</summary>
    /// <param name="visit">Where and how far.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>What was met on the way.</returns>
    Task<VisitAnswer> VisitAsync(NetworkVisit visit, CancellationToken stop);

    /// <summary>Opens a TLS connection, leaves it idle, then uses it.</summary>
    /// <param name="visit">Where.</param>
    /// <param name="idle">How long to leave it.</param>
    /// <param name="stop">Ends the work at once.</param>
    /// <returns>What became of it.</returns>
    Task<HoldAnswer> HoldAsync(NetworkVisit visit, TimeSpan idle, CancellationToken stop);
}
