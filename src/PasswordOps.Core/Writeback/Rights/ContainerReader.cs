using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Reads descriptors of domains and containers, each once.</summary>
internal sealed class ContainerReader
{
    private const int MostKept = 1_000;
    private const int Deepest = 64;

    private readonly IDirectoryRights rights;
    private readonly Dictionary<string, SecurityDescriptor?> known = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> malformed = new(StringComparer.OrdinalIgnoreCase);

    public ContainerReader(IDirectoryRights rights)
    {
        this.rights = rights;
    }

    public bool WasMalformed(string distinguishedName) => malformed.Contains(distinguishedName);

    /// <summary>Null when it could not be read, or is malformed.</summary>
    public async Task<SecurityDescriptor?> ReadAsync(string distinguishedName, CancellationToken stop)
    {
        if (known.TryGetValue(distinguishedName, out SecurityDescriptor? read))
        {
            return read;
        }

        try
        {
            DirectoryObject? found = await rights.ReadObjectAsync(distinguishedName, stop).ConfigureAwait(false);
            read = found?.Descriptor is byte[] bytes ? SecurityDescriptor.TryRead(bytes, out _) : null;
            if (found?.Descriptor is not null && read is null)
            {
                malformed.Add(distinguishedName);
            }
        }
        catch (PasswordOpsException)
        {
            read = null;
        }

        if (known.Count < MostKept)
        {
            known[distinguishedName] = read;
        }

        return read;
    }

    /// <summary>The nearest object above on which an inherited entry stands by itself.</summary>
    /// <param name="below">Object that has it by inheritance, or the container to begin with.</param>
    /// <param name="entry">The entry, as SDDL.</param>
    /// <param name="domain">Where to end.</param>
    /// <param name="itself">Begin with the object itself.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>Its distinguished name; null when it was not found.</returns>
    public async Task<string?> OriginAsync(string below, string entry, string domain, bool itself, CancellationToken stop)
    {
        string key = WithoutFlags(entry);
        string? at = itself ? below : DistinguishedNames.Parent(below);
        for (int depth = 0; at is not null && depth < Deepest; depth++)
        {
            SecurityDescriptor? container = await ReadAsync(at, stop).ConfigureAwait(false);
            if (container?.Dacl?.Any(ace => ace.Decides && !ace.IsInherited && (ace.Flags & AceFlags.ContainerInherit) != 0
                && WithoutFlags(Sddl.Entry(ace)) == key) == true)
            {
                return at;
            }

            at = string.Equals(at, domain, StringComparison.OrdinalIgnoreCase) ? null : DistinguishedNames.Parent(at);
        }

        return null;
    }

    private static string WithoutFlags(string entry)
    {
        string[] fields = entry.Split(';');
        fields[1] = string.Empty;
        return string.Join(";", fields);
    }
}
