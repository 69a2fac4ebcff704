using System;

namespace PasswordOps.Graph.Pipeline;

/// <summary>One request to Microsoft Graph. The body may hold contact data or a password: never log it.</summary>
internal sealed class GraphCall
{
    public GraphCall(Route route, string address, string subject, ReadOnlyMemory<byte> body = default)
    {
        Route = route;
        Address = address;
        Subject = subject;
        Body = body;
    }

    public Route Route { get; }

    /// <summary>Path and query below the version, or a whole address that the service itself gave.</summary>
    public string Address { get; }

    /// <summary>Whom or what the call is about, as messages name it.</summary>
    public string Subject { get; }

    public ReadOnlyMemory<byte> Body { get; }

    public override string ToString() => Route.ToString();
}
