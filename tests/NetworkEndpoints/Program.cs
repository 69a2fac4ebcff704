using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using PasswordOps.NetworkEndpoints;

// Arguments: manners, each with the seconds of silence that it takes after a colon; beside the manners of listeners: Intercepted, Expired,
// WrongName, which are relays with such certificates.
using Authority ours = new("Contoso Lab");
using Authority theirs = new("Fabrikam Inspection");
List<Listener> listeners = new();
Dictionary<string, int> ports = new();
foreach (string argument in args)
{
    string[] parts = argument.Split(':');
    TimeSpan idle = TimeSpan.FromSeconds(parts.Length > 1 ? double.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
    X509Certificate2 certificate = parts[0] switch
    {
        "Intercepted" => theirs.Issue(),
        "Expired" => ours.Issue(notAfter: DateTimeOffset.UtcNow.AddDays(-2)),
        "WrongName" => ours.Issue("proxy.fabrikam.com"),
        _ => ours.Issue(),
    };
    Listener listener = new(Enum.TryParse(parts[0], out Manner manner) ? manner : Manner.Relay, certificate, idle);
    listeners.Add(listener);
    ports[parts[0]] = listener.Port;
}

string file = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".pem");
File.WriteAllText(file, ours.Pem);
Console.Out.WriteLine(JsonSerializer.Serialize(new { caFile = file, ports }));
Console.Out.Flush();
Console.In.ReadToEnd();
listeners.ForEach(listener => listener.Dispose());
File.Delete(file);
