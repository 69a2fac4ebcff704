using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using PasswordOps.SambaDomain;

if (RunningDomain.Missing() is string missing)
{
    Console.Error.WriteLine(missing);
    return 3;
}

if (args.Length == 1 && args[0] == "--check")
{
    return 0;
}

using RunningDomain domain = RunningDomain.Start();
if (args.Contains("--rights"))
{
    domain.AddRights();
}

Console.Out.WriteLine(JsonSerializer.Serialize(domain.Ready, new JsonSerializerOptions(JsonSerializerDefaults.Web)));
Console.Out.Flush();
Console.In.ReadToEnd();
return 0;
