using System;
using System.IO;
using System.Reflection;
#if NET
using System.Runtime.InteropServices;
using System.Runtime.Loader;
#endif
using PasswordOps.Core;
using PasswordOps.Core.Activity;
using PasswordOps.Core.Bulk;
using PasswordOps.Core.Contacts;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.Report;
using PasswordOps.Core.SignIn;
using PasswordOps.Core.Writeback;
using PasswordOps.Core.Writeback.Connection;
using PasswordOps.Core.Writeback.Rights;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps;

/// <summary>
/// Gives the adapters behind Core's ports. They and the libraries they need live in a folder of their own and load at first use, apart from
/// what other modules load: PowerShell's default context never sees them, and an older Azure.Core in the session changes nothing here.
/// </summary>
internal static class Adapters
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(typeof(Adapters).Assembly.Location)!, "adapters");

    /// <summary>The port to sign in with.</summary>
    /// <returns>A new instance.</returns>
    internal static ISignIn SignIn() => Create<ISignIn>("PasswordOps.Graph", "PasswordOps.Graph.GraphSignIn");

    /// <summary>The port to read sheets with.</summary>
    /// <returns>A new instance.</returns>
    internal static ISheetReader SheetReader() => Create<ISheetReader>("PasswordOps.Files", "PasswordOps.Files.CsvSheetReader");

    /// <summary>The port to write sheets with.</summary>
    /// <returns>A new instance.</returns>
    internal static ISheetWriter SheetWriter() => Create<ISheetWriter>("PasswordOps.Files", "PasswordOps.Files.CsvSheetWriter");

    /// <summary>The port to write reports with.</summary>
    /// <returns>A new instance.</returns>
    internal static IReportWriter ReportWriter() => Create<IReportWriter>("PasswordOps.Files", "PasswordOps.Files.Report.ReportWriter");

    /// <summary>The port to journals.</summary>
    /// <returns>A new instance.</returns>
    internal static IJournalFiles JournalFiles() => Create<IJournalFiles>("PasswordOps.Files", "PasswordOps.Files.Journals.JournalFiles");

    /// <summary>The port to checkpoints of the audit log.</summary>
    /// <returns>A new instance.</returns>
    internal static IActivityCheckpoints ActivityCheckpoints() =>
        Create<IActivityCheckpoints>("PasswordOps.Files", "PasswordOps.Files.ActivityCheckpoints");

    /// <summary>The port to read exported event logs with.</summary>
    /// <returns>A new instance.</returns>
    internal static IEventSource EventSource() => Create<IEventSource>("PasswordOps.OnPremises", "PasswordOps.OnPremises.XmlEventSource");

    /// <summary>The port to the network.</summary>
    /// <returns>A new instance.</returns>
    internal static INetworkProbe NetworkProbe() =>
        Create<INetworkProbe>("PasswordOps.OnPremises", "PasswordOps.OnPremises.Network.NetworkProbe");

    /// <summary>The port to encrypt passwords with.</summary>
    /// <returns>A new instance.</returns>
    internal static IPasswordSealer PasswordSealer() => Create<IPasswordSealer>("PasswordOps.Files", "PasswordOps.Files.CmsPasswordSealer");

    /// <summary>The port to domain controllers.</summary>
    /// <returns>A new instance.</returns>
    internal static IActiveDirectoryAccess ActiveDirectory() =>
        Create<IActiveDirectoryAccess>("PasswordOps.OnPremises", "PasswordOps.OnPremises.ActiveDirectory.ActiveDirectoryAccess");

    /// <summary>The port to rights in Active Directory.</summary>
    /// <returns>A new instance.</returns>
    internal static IDirectoryRightsAccess DirectoryRights() =>
        Create<IDirectoryRightsAccess>("PasswordOps.OnPremises", "PasswordOps.OnPremises.ActiveDirectory.ActiveDirectoryAccess");

    /// <summary>The port to records of grants.</summary>
    /// <returns>A new instance.</returns>
    internal static IGrantUndoFiles GrantUndoFiles() => Create<IGrantUndoFiles>("PasswordOps.Files", "PasswordOps.Files.GrantUndoFiles");

    /// <summary>The port to evidence of sync servers.</summary>
    /// <returns>A new instance.</returns>
    internal static IServerEvidence ServerEvidence() =>
        Create<IServerEvidence>("PasswordOps.OnPremises", "PasswordOps.OnPremises.Servers.EvidenceFile");

    private static T Create<T>(string assembly, string type)
        where T : class
    {
        string file = Path.Combine(Folder, assembly + ".dll");
        if (!File.Exists(file))
        {
            throw new PasswordOpsException(
                "ModuleIncomplete",
                ErrorKind.NotInstalled,
                Text.Of($"The module has no adapters{Path.DirectorySeparatorChar}{assembly}.dll."),
                Text.Of($"Install PasswordOps again; parts of its folder are missing."));
        }

        return (T)Activator.CreateInstance(Load(file).GetType(type, throwOnError: true)!)!;
    }

#if NET
    private static readonly Lazy<AdapterContext> Context = new(() => new AdapterContext());

    private static Assembly Load(string file) => Context.Value.LoadFromAssemblyPath(file);

    private sealed class AdapterContext : AssemblyLoadContext
    {
        // Libraries that are not the same on every system.
        private static readonly string SystemFolder =
            OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : "linux";

        private static readonly string RuntimeFolder = RuntimeEnvironment.GetRuntimeDirectory();

        internal AdapterContext()
            : base("PasswordOps adapters")
        {
        }

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name == typeof(PasswordOpsException).Assembly.GetName().Name)
            {
                return typeof(PasswordOpsException).Assembly;
            }

            string file = Path.Combine(Folder, assemblyName.Name + ".dll");
            string systemFile = Path.Combine(Folder, SystemFolder, assemblyName.Name + ".dll");
            if (File.Exists(systemFile))
            {
                return LoadFromAssemblyPath(systemFile);
            }

            return File.Exists(file) && !RuntimeHas(file) ? LoadFromAssemblyPath(file) : null;
        }

        // The runtime's own build of a library starts faster than the package's (it is compiled ahead). Decided by the file, not by the
        // version that one caller asks for, so that all callers get the same one; and no module can put another in its place.
        private static bool RuntimeHas(string file)
        {
            string own = Path.Combine(RuntimeFolder, Path.GetFileName(file));
            return File.Exists(own) && AssemblyName.GetAssemblyName(own).Version >= AssemblyName.GetAssemblyName(file).Version;
        }
    }
#else
    private static readonly object Gate = new();
    private static bool hooked;

    private static Assembly Load(string file)
    {
        lock (Gate)
        {
            if (!hooked)
            {
                AppDomain.CurrentDomain.AssemblyResolve += Resolve;
                hooked = true;
            }
        }

        return Assembly.LoadFile(file);
    }

    /// <summary>Answers the adapters' own requests only, with the one version that their folder holds.</summary>
    private static Assembly? Resolve(object sender, ResolveEventArgs args)
    {
        if (args.RequestingAssembly is not Assembly asking || asking.IsDynamic || Path.GetDirectoryName(asking.Location) != Folder)
        {
            return null;
        }

        AssemblyName wanted = new(args.Name);
        if (wanted.Name == typeof(PasswordOpsException).Assembly.GetName().Name)
        {
            return typeof(PasswordOpsException).Assembly;
        }

        string file = Path.Combine(Folder, wanted.Name + ".dll");
        return File.Exists(file) ? Assembly.LoadFile(file) : null;
    }
#endif
}
