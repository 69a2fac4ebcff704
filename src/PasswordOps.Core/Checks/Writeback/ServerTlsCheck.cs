using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.Core.Checks.Writeback;

/// <summary>Is TLS 1.2 on for everything that the listener is made of?</summary>
internal sealed class ServerTlsCheck : ServerCheck<TlsSettings>
{
    public ServerTlsCheck()
        : base("writeback.server.tls", "Microsoft Entra troubleshoot-sspr-writeback (2024-06-24); TLS 1.2 for Entra Connect",
            server => server.Tls)
    {
    }

    protected override Answer Judge(TlsSettings value, ServerFacts facts, string how)
    {
        DateTimeOffset at = facts.Server.CollectedAt;
        string evidence = string.Join(", ", All(value).Select(setting => $"{setting.Name} {Word(setting.Value)}"));
        if (value.ClientEnabled == 0 || value.ClientDisabledByDefault > 0)
        {
            return new Answer(
                Verdict.Fail, Text.Of($"TLS 1.2 is switched off for outgoing connections, without which the cloud is out of reach."),
                evidence,
                at,
                Text.Of($"Under SCHANNEL\\Protocols\\TLS 1.2\\Client set Enabled to 1 and DisabledByDefault to 0, and restart the "
                    + $"server."));
        }

        if (value.ServerEnabled == 0 || value.ServerDisabledByDefault > 0)
        {
            return new Answer(
                Verdict.Warn, Text.Of($"TLS 1.2 is switched off for incoming connections."), evidence, at,
                Text.Of($"Under SCHANNEL\\Protocols\\TLS 1.2\\Server set Enabled to 1 and DisabledByDefault to 0, and restart the "
                    + $"server."));
        }

        // What SCHANNEL does not mention is on in every Windows that counts; .NET has to be told.
        string[] missing = All(value).Where(setting => setting.IsDotNet && setting.Value != 1).Select(setting => setting.Name).ToArray();
        return missing.Length == 0
            ? new Answer(Verdict.Pass, Text.Of($"TLS 1.2 is on for Windows and for .NET."), evidence, at)
            : new Answer(
                Verdict.Warn, Text.Of($".NET is not told to use TLS 1.2: {string.Join(", ", missing)} not 1."), evidence, at,
                Text.Of($"Set SystemDefaultTlsVersions and SchUseStrongCrypto to 1 under .NETFramework\\v4.0.30319 (64 and 32 bit) "
                    + $"and restart the server."))
            {
                Missing = missing,
            };
    }

    private static IEnumerable<(string Name, int? Value, bool IsDotNet)> All(TlsSettings value)
    {
        yield return ("SystemDefaultTlsVersions", value.SystemDefault, true);
        yield return ("SchUseStrongCrypto", value.StrongCrypto, true);
        yield return ("SystemDefaultTlsVersions (32 bit)", value.SystemDefault32, true);
        yield return ("SchUseStrongCrypto (32 bit)", value.StrongCrypto32, true);
        yield return ("Client Enabled", value.ClientEnabled, false);
        yield return ("Client DisabledByDefault", value.ClientDisabledByDefault, false);
        yield return ("Server Enabled", value.ServerEnabled, false);
        yield return ("Server DisabledByDefault", value.ServerDisabledByDefault, false);
    }

    private static string Word(int? value) => value is int set ? FormattableString.Invariant($"{set}") : "not set";
}
