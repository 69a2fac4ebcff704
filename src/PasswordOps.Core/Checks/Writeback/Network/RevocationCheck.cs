using System.Linq;
using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps.Core.Checks.Writeback.Network;

/// <summary>Can the lists of revoked certificates be fetched?</summary>
internal sealed class RevocationCheck : EndpointCheck
{
    public RevocationCheck()
        : base("writeback.network.revocation", "Microsoft Entra Connect ports and protocols (2025-04-09): port 80 for revocation lists")
    {
    }

    public override string AllWell(int endpoints) => Text.Of($"The lists of revoked certificates can be fetched ({endpoints}).");

    protected override Answer Decide(EndpointFacts facts)
    {
        if (facts.RevocationLists.Count == 0)
        {
            return NotReached(facts, Text.Of($"The certificates of {facts.Endpoint.Name} name no list of revoked ones over HTTP."));
        }

        string evidence = string.Join(", ", facts.RevocationLists.Select(list => list.Visit.Status is int status
            ? $"{list.Host} {status}"
            : $"{list.Host} {Word(list.Visit.Fault, list.Visit.Detail)}"));
        string[] missing = facts.RevocationLists
            .Where(list => list.Visit.Status is not (>= 200 and < 400)).Select(list => list.Host).ToArray();
        return missing.Length == 0
            ? new Answer(
                Verdict.Pass, Text.Of($"The lists of revoked certificates for {facts.Endpoint.Name} can be fetched."), evidence, facts.Now)
            : new Answer(
                Verdict.Warn,
                Text.Of($"Lists of revoked certificates cannot be fetched on port 80: {string.Join(", ", missing)}."), evidence,
                facts.Now, Text.Of($"Let the server out to {string.Join(", ", missing)} on TCP port 80."));
    }
}
