using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Writeback.Chain;

/// <summary>The look at a domain controller.</summary>
public static class DomainSteps
{
    /// <summary>Makes the look.</summary>
    /// <param name="server">Name of the domain controller, for people.</param>
    /// <param name="open">Opens it; the look disposes of it.</param>
    /// <param name="clock">Time.</param>
    /// <returns>The look.</returns>
    public static ChainStep Of(string server, Func<CancellationToken, Task<IActiveDirectory>> open, IClock clock) =>
        new(ChainLink.Domain, server, async stop =>
        {
            using IActiveDirectory directory = await open(stop).ConfigureAwait(false);
            Reading<DomainConditions> conditions = await Reading.TryAsync(() => directory.ReadConditionsAsync(stop), clock)
                .ConfigureAwait(false);
            DomainFacts facts = new(directory.Controller, conditions, clock.UtcNow);
            return new ChainFindings
            {
                Checks = CheckCatalog.Domain.Select(check => check.Run(facts, directory.Controller.Name)).ToArray(),
                Limits = new[]
                {
                    Text.Of($"Password filters and the policy on remote calls to the account database cannot be read from "
                        + $"{directory.Controller.Name}."),
                },
            };
        });
}
