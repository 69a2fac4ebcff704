using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>May the connector account make remote calls to the account database, as writeback does?</summary>
internal sealed class ServerRemoteSamCheck : ServerCheck<RemoteSamSetting>
{
    private static readonly Regex Allowed = new(
        @"\(A;[^;)]*;[^;)]*RC[^;)]*;[^;)]*;[^;)]*;([^;)]+)\)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly string[] Everybody = { "WD", "AU", "S-1-1-0", "S-1-5-11" };

    public ServerRemoteSamCheck()
        : base("writeback.server.remoteSam", "password-writeback-error-code-sspr-0029 (2022-08-17)", server => server.RemoteSam)
    {
    }

    protected override Answer Judge(RemoteSamSetting value, ServerFacts facts, string how)
    {
        DateTimeOffset at = facts.Server.CollectedAt;
        string evidence = $"RestrictRemoteSam {value.Descriptor ?? "not set"} ({how})";
        if (value.Descriptor is not string descriptor)
        {
            return new Answer(
                Verdict.Pass, Text.Of($"The sync server does not restrict remote calls to the account database; look at the "
                    + $"domain controllers too."),
                evidence, at);
        }

        string[] allowed = Allowed.Matches(descriptor).Cast<Match>().Select(match => match.Groups[1].Value).ToArray();
        IReadOnlyList<DomainConnector> connectors = facts.Server.Connectors.Value ?? Array.Empty<DomainConnector>();
        bool served = allowed.Intersect(Everybody, StringComparer.OrdinalIgnoreCase).Any()
            || (connectors.Count > 0 && connectors.All(
                connector => connector.AccountSid is string sid && allowed.Contains(sid, StringComparer.OrdinalIgnoreCase)));
        return served
            ? new Answer(
                Verdict.Pass, Text.Of($"Remote calls to the account database are restricted, and the connector account is let in."),
                evidence, at)
            : new Answer(
                Verdict.Warn,
                Text.Of($"Remote calls to the account database are restricted to others than the connector account by name; "
                    + $"writeback is refused (33004 with 6329) unless a group lets it in."),
                evidence, at,
                Text.Of($"In the policy 'Network access: Restrict clients allowed to make remote calls to SAM' allow the connector "
                    + $"account, or remove the policy and the registry value; on the domain controllers too."));
    }
}
