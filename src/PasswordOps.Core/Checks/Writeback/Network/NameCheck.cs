using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps.Core.Checks.Writeback.Network;

/// <summary>Does the name have an address, and one that can be the service's?</summary>
internal sealed class NameCheck : EndpointCheck
{
    private const int Shown = 4;

    public NameCheck()
        : base("writeback.network.name", EndpointList)
    {
    }

    public override string AllWell(int endpoints) => Text.Of($"All names resolve ({endpoints}).");

    protected override Answer Decide(EndpointFacts facts)
    {
        string host = facts.Endpoint.Address.Host;
        if (facts.Name is not NameAnswer name)
        {
            return NotReached(facts, facts.Proxy is null
                ? Text.Of($"{host} is an address: there is nothing to resolve.")
                : Text.Of($"The proxy resolves {host}."));
        }

        if (name.Addresses.Count > 0)
        {
            string alias = name.Alias is null ? string.Empty : $", alias of {name.Alias}";
            string evidence = $"{string.Join(", ", name.Addresses.Take(Shown))}{alias}, {Milliseconds(name.Time)}";
            return host.Contains(".") && name.Addresses.All(IsPrivate)
                ? new Answer(
                    Verdict.Warn,
                    Text.Of($"{host} resolves to private addresses only ({name.Addresses[0]}); those of the service are public."),
                    evidence, facts.Now,
                    Text.Of($"Find out who answers for {host} in your DNS: a filter, a zone of your own, or a private link."))
                : new Answer(Verdict.Pass, Text.Of($"{host} resolves."), evidence, facts.Now);
        }

        string failure = Word(name.Fault, name.Detail);
        return name.Fault == NetworkFault.NameUnknown
            ? new Answer(
                Verdict.Fail, Text.Of($"{host}: there is no such name."), failure, facts.Now,
                Text.Of($"Check the spelling, and whether this machine's DNS resolves public names: nslookup {host}."))
            : new Answer(
                Verdict.Fail, Text.Of($"{host} could not be looked up: the DNS server gave no answer."), failure, facts.Now,
                Text.Of($"Check the DNS servers of this machine: nslookup {host}."));
    }

    private static bool IsPrivate(string text)
    {
        if (!IPAddress.TryParse(text, out IPAddress? address))
        {
            return false;
        }

        byte[] bytes = address.GetAddressBytes();
        return IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
            || (address.AddressFamily == AddressFamily.InterNetwork
                ? bytes[0] == 10 || (bytes[0] == 172 && bytes[1] is >= 16 and <= 31) || (bytes[0] == 192 && bytes[1] == 168)
                : (bytes[0] & 0xFE) == 0xFC);
    }
}
