using System;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.SignIn;

/// <summary>A signed-in session with one tenant. Safe to use from several threads.</summary>
public interface IConnection : IDisposable
{
    /// <summary>Who is signed in, how, and with what rights.</summary>
    ConnectionContext Context { get; }

    /// <summary>The tenant's directory.</summary>
    IDirectory Directory { get; }

    /// <summary>How fast the service lets requests of this session through.</summary>
    Pace Pace { get; }
}
