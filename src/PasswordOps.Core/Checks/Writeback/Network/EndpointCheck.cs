using System;
using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps.Core.Checks.Writeback.Network;

/// <summary>A question about the way to an endpoint. Does not arise where the way ended before it.</summary>
internal abstract class EndpointCheck : Check<EndpointFacts>
{
    protected const string EndpointList = "Microsoft Entra troubleshoot-sspr-writeback, network (2024-06-24)";

    protected EndpointCheck(string id, string source)
        : base(id, source)
    {
    }

    /// <summary>The answer over several endpoints that are all in order.</summary>
    public abstract string AllWell(int endpoints);

    protected static Answer NotReached(EndpointFacts facts, string? reason = null) => new(
        Verdict.NotApplicable, reason ?? Text.Of($"{facts.Endpoint.Name}: the way ended before this."), "not reached", facts.Now);

    protected static string Milliseconds(TimeSpan? time) =>
        time is TimeSpan known ? FormattableString.Invariant($"{known.TotalMilliseconds:0} ms") : "-";

    protected static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.#} s");

    /// <summary>The system's own word for a failure, as evidence.</summary>
    protected static string Word(NetworkFault fault, string? detail) => detail is null ? fault.ToString() : $"{fault} ({detail})";

    /// <summary>The one step for most that is wrong between here and there.</summary>
    protected static string LetOut(EndpointFacts facts) =>
        Text.Of($"Let the server out to {facts.Endpoint.Listed} on TCP port {facts.Endpoint.Address.Port}, without inspection.");
}
