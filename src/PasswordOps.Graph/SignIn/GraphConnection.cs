using System;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Directory;
using PasswordOps.Core.SignIn;

namespace PasswordOps.Graph.SignIn;

/// <summary>A signed-in session.</summary>
internal sealed class GraphConnection : IConnection
{
    private readonly IDisposable[] owned;

    public GraphConnection(ConnectionContext context, IDirectory directory, Pace pace, params IDisposable[] owned)
    {
        Context = context;
        Directory = directory;
        Pace = pace;
        this.owned = owned;
    }

    public ConnectionContext Context { get; }

    public IDirectory Directory { get; }

    public Pace Pace { get; }

    public void Dispose()
    {
        foreach (IDisposable part in owned)
        {
            part.Dispose();
        }
    }

    public override string ToString() => Core.Text.Of($"{Context.Account} in {Context.TenantName ?? Context.TenantId}");
}
