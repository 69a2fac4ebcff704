using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Has the right "Impersonate a client after authentication" whom it is given to by default?</summary>
internal sealed class ServerImpersonationCheck : ServerCheck<IReadOnlyList<string>>
{
    private static readonly (string Sid, string Name)[] Expected =
    {
        ("S-1-5-32-544", "Administrators"), ("S-1-5-19", "LOCAL SERVICE"), ("S-1-5-20", "NETWORK SERVICE"), ("S-1-5-6", "SERVICE"),
    };

    public ServerImpersonationCheck()
        : base("writeback.server.impersonation", "password-writeback-access-rights-permissions (2022-06-02)",
            server => server.Impersonation)
    {
    }

    protected override Answer Judge(IReadOnlyList<string> value, ServerFacts facts, string how)
    {
        DateTimeOffset at = facts.Server.CollectedAt;
        string evidence = $"SeImpersonatePrivilege: {string.Join(", ", value)} ({how})";
        string[] missing = Expected.Where(one => !value.Contains(one.Sid, StringComparer.OrdinalIgnoreCase)).Select(one => one.Name)
            .ToArray();
        return missing.Length == 0
            ? new Answer(Verdict.Pass, Text.Of($"The right to impersonate a client is given as it should be."), evidence, at)
            : new Answer(
                Verdict.Warn, Text.Of($"The right 'Impersonate a client after authentication' lacks {string.Join(", ", missing)}."),
                evidence,
                at, Text.Of($"Give it to them in the local security policy, or in the group policy that took it away."))
            {
                Missing = missing,
            };
    }
}
