using System.IO;
using System.Linq;
using System.Reflection;

namespace PasswordOps.Tests;

/// <summary>Where things are that the tests look at.</summary>
internal static class Places
{
    internal static string Repository { get; } = Value("Repository");

    internal static string Version { get; } = Value("Version");

    internal static string Module { get; } = Path.Combine(Repository, "out", "PasswordOps", Version);

    internal static string Manifest { get; } = Path.Combine(Module, "PasswordOps.psd1");

    internal static string Pester { get; } = Path.Combine(Repository, "tests", "Pester");

    /// <summary>The assembly that stands for PowerShell's at build time.</summary>
    internal static string PowerShellReference { get; } =
        Directory.GetFiles(Value("PowerShell"), "System.Management.Automation.dll", SearchOption.AllDirectories).Single();

    /// <summary>The reference assemblies of .NET Framework 4.7.2.</summary>
    internal static string NetFramework { get; } = Value("NetFramework");

    private static string Value(string key) =>
        typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
