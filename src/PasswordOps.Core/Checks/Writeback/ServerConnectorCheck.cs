using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Which accounts set the passwords? The length of their own passwords is not asked: nothing shows it.</summary>
internal sealed class ServerConnectorCheck : ServerCheck<IReadOnlyList<DomainConnector>>
{
    public ServerConnectorCheck()
        : base("writeback.server.connector", "Microsoft Entra troubleshoot-sspr-writeback (2024-06-24)", server => server.Connectors)
    {
    }

    protected override Answer Judge(IReadOnlyList<DomainConnector> value, ServerFacts facts, string how)
    {
        DateTimeOffset at = facts.Server.CollectedAt;
        string evidence = value.Count == 0
            ? how
            : string.Join(", ", value.Select(one => $"{one.Forest}: {one.AccountDomain}\\{one.Account ?? "?"}")) + $" ({how})";
        if (value.Count == 0 || value.Any(one => one.Account is null))
        {
            return new Answer(
                Verdict.Unknown, Text.Of($"The account by which passwords are set is not known for every forest."), evidence, at,
                Text.Of($"On the sync server run Get-ADSyncADConnectorAccount."));
        }

        string names = string.Join(", ", value.Select(one => one.Account));
        return new Answer(
            Verdict.Pass,
            Text.Of($"Passwords are set as {names}. How long its own password is cannot be read: more than 256 characters ends in "
                + $"800700CE."),
            evidence, at);
    }
}
