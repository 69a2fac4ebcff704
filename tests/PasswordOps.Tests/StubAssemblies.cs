using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;

namespace PasswordOps.Tests;

/// <summary>
/// Old, empty assemblies with the names of libraries that other modules bring: what is in the session when things go wrong.
/// </summary>
internal sealed class StubAssemblies : IDisposable
{
    private static readonly string[] Names = { "Azure.Core", "Azure.Identity", "Microsoft.Identity.Client", "System.Text.Json" };

    private readonly string folder = Directory.CreateTempSubdirectory("stubs-").FullName;

    internal StubAssemblies()
    {
        foreach (string name in Names)
        {
            PersistedAssemblyBuilder assembly = new(new AssemblyName(name) { Version = new Version(1, 0, 0, 0) }, typeof(object).Assembly);
            assembly.DefineDynamicModule(name).DefineType("OldAndEmpty", TypeAttributes.Public).CreateType();
            assembly.Save(Path.Combine(folder, name + ".dll"));
        }
    }

    /// <summary>
    /// A line of script that loads them as modules do, into the default context, and shows which version of each is there then.
    /// </summary>
    internal string Load => string.Join("; ", Names.Select(name =>
        $"'{name} ' + [Reflection.Assembly]::LoadFrom('{Path.Combine(folder, name + ".dll")}').GetName().Version"));

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
