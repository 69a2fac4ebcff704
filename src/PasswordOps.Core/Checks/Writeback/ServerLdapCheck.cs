using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Do the connectors to Active Directory sign and encrypt, without which no password is set?</summary>
internal sealed class ServerLdapCheck : ServerCheck<IReadOnlyList<DomainConnector>>
{
    public ServerLdapCheck()
        : base("writeback.server.ldap", "password-writeback-error-code-8023062c (2022-02-11)", server => server.Connectors)
    {
    }

    protected override Answer Judge(IReadOnlyList<DomainConnector> value, ServerFacts facts, string how)
    {
        DateTimeOffset at = facts.Server.CollectedAt;
        string evidence = string.Join(
            ", ", value.Select(one => $"{one.Forest}: sign-and-seal {one.SignAndSeal?.ToString() ?? "not shown"}"));
        string[] without = value.Where(one => one.SignAndSeal == false).Select(one => one.Forest).ToArray();
        if (without.Length > 0)
        {
            return new Answer(
                Verdict.Fail, Text.Of($"LDAP to {string.Join(", ", without)} is neither signed nor encrypted: no password is set that "
                    + $"way."),
                $"{evidence} ({how})", at,
                Text.Of($"In the Synchronization Service Manager turn on 'Sign and Encrypt LDAP Traffic' of the connector and restart "
                    + $"ADSync."));
        }

        return value.Count == 0 || value.Any(one => one.SignAndSeal is null)
            ? new Answer(
                Verdict.Unknown, Text.Of($"This version does not show whether LDAP is signed and encrypted; code 8023062C would tell."),
                value.Count == 0 ? how : $"{evidence} ({how})", at,
                Text.Of($"Look at 'Sign and Encrypt LDAP Traffic' of the connector in the Synchronization Service Manager."))
            : new Answer(Verdict.Pass, Text.Of($"LDAP to Active Directory is signed and encrypted."), $"{evidence} ({how})", at);
    }
}
