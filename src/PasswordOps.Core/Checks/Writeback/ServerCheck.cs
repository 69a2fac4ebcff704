using System;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>A question about one thing that was collected on a sync server; Unknown where it was not.</summary>
/// <typeparam name="T">The thing.</typeparam>
internal abstract class ServerCheck<T> : Check<ServerFacts>
    where T : class
{
    private readonly Func<SyncServer, Collected<T>> pick;

    protected ServerCheck(string id, string source, Func<SyncServer, Collected<T>> pick)
        : base(id, source)
    {
        this.pick = pick;
    }

    protected sealed override Answer Decide(ServerFacts facts)
    {
        Collected<T> item = pick(facts.Server);
        return item.Value is T value
            ? Judge(value, facts, item.How)
            : new Answer(
                Verdict.Unknown, Text.Of($"Not known of {facts.Server.Computer}: {item.Error}"), item.How, facts.Server.CollectedAt,
                Text.Of($"Run the collector again in an elevated Windows PowerShell on the sync server."));
    }

    protected abstract Answer Judge(T value, ServerFacts facts, string how);
}
