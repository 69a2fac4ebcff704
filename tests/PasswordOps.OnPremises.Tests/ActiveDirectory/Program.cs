using System;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;

namespace PasswordOps.OnPremises.Tests.ActiveDirectory;

/// <summary>
/// Connects in a process of its own and prints how it went: settings of OpenLDAP's library are read once in the life of a process.
/// </summary>
internal static class Program
{
    private static async Task Main(string[] arguments)
    {
        DomainTransport transport = Enum.Parse<DomainTransport>(arguments[0]);
        bool tls = transport != DomainTransport.Negotiate;
        try
        {
            using IActiveDirectory session = await SambaFixture.OpenAsync(new DomainConnectionOptions
            {
                Server = "127.0.0.1",
                Port = int.Parse(arguments[1], System.Globalization.CultureInfo.InvariantCulture),
                Transport = transport,
                UserName = tls ? "CONTOSO\\svc" : null,
                Password = tls ? SambaFixture.Secret("Pa55-word") : null,
                Timeout = TimeSpan.FromSeconds(5),
            });
            Console.Out.Write("connected");
        }
        catch (PasswordOpsException error)
        {
            Console.Out.Write(error.Id);
        }
    }
}
