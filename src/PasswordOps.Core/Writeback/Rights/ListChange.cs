using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Writes one list. It is replaced as a whole: read right before, and read back right after.</summary>
internal static class ListChange
{
    public static async Task<GrantResult> RunAsync(
        IDirectoryRights rights, string name, byte[] before, byte[] after, IReadOnlyList<string> entries, CancellationToken stop)
    {
        SecurityDescriptor planned = Own(before);
        SecurityDescriptor wanted = Own(after);
        (SecurityDescriptor? now, PasswordOpsException? failure) = await ReadAsync(rights, name, stop).ConfigureAwait(false);
        GrantResult result = new() { DistinguishedName = name, Status = GrantStatus.Failed, Entries = entries, Error = failure };
        if (now is null)
        {
            return result;
        }

        result = result with { Before = Sddl.List(now) };
        return EntrySet.SameBytes(now, planned)
            ? await WriteAsync(rights, name, wanted, result, stop).ConfigureAwait(false)
            : EntrySet.Same(now, wanted) ? result with { Status = GrantStatus.Unchanged }
            : result with { Error = Changed(name) };
    }

    public static async Task<GrantResult> UndoAsync(IDirectoryRights rights, UndoStep step, CancellationToken stop)
    {
        string name = step.DistinguishedName;
        (SecurityDescriptor? now, PasswordOpsException? failure) = await ReadAsync(rights, name, stop).ConfigureAwait(false);
        GrantResult result = new() { DistinguishedName = name, Status = GrantStatus.Failed, Entries = step.Added, Error = failure };
        if (now is null)
        {
            return result;
        }

        result = result with { Before = Sddl.List(now) };
        if (EntrySet.Same(now, step.Before))
        {
            return result with { Status = GrantStatus.Unchanged };
        }

        if (!EntrySet.Same(now, step.After))
        {
            return result with { Error = Changed(name) };
        }

        // Inherited entries are those of today: a change high up in between is none of this list's.
        Ace[] list = step.Before.Dacl!.Where(ace => !ace.IsInherited).Concat(now.Dacl!.Where(ace => ace.IsInherited)).ToArray();
        return await WriteAsync(rights, name, now.With(list), result, stop).ConfigureAwait(false);
    }

    private static async Task<GrantResult> WriteAsync(
        IDirectoryRights rights, string name, SecurityDescriptor wanted, GrantResult result, CancellationToken stop)
    {
        PasswordOpsException? failure = null;
        try
        {
            await rights.WriteDaclAsync(name, wanted.ListOnly().ToBytes(), stop).ConfigureAwait(false);
        }
        catch (PasswordOpsException refused) when (!refused.MayHaveHappened)
        {
            return result with { Error = refused };
        }
        catch (PasswordOpsException unclear)
        {
            failure = unclear;
        }

        // Whoever stops the work now still learns what is there.
        (SecurityDescriptor? now, PasswordOpsException? unread) =
            await ReadAsync(rights, name, CancellationToken.None).ConfigureAwait(false);
        if (now is null)
        {
            return result with { Status = GrantStatus.Uncertain, Error = failure ?? unread };
        }

        result = result with { After = Sddl.List(now) };
        return EntrySet.Same(now, wanted)
            ? result with { Status = GrantStatus.Done }
            : failure is not null && result.After == result.Before ? result with { Error = failure }
            : result with { Status = GrantStatus.Uncertain, Error = NotAsWritten(name) };
    }

    private static async Task<(SecurityDescriptor?, PasswordOpsException?)> ReadAsync(
        IDirectoryRights rights, string name, CancellationToken stop)
    {
        try
        {
            DirectoryObject? found = await rights.ReadObjectAsync(name, stop).ConfigureAwait(false);
            string? fault = null;

            // By the name that the directory gives: one may be written in many ways.
            if (found is not null && GrantPlanner.RefusedTarget(found.DistinguishedName, rights.Controller.DomainName) is
                PasswordOpsException refused)
            {
                return (null, refused);
            }

            SecurityDescriptor? read = found?.Descriptor is byte[] bytes ? SecurityDescriptor.TryRead(bytes, out fault) : null;
            return read?.Dacl is null
                ? (null, GrantPlanner.Unreadable(name, found, fault))
                : (read, null);
        }
        catch (PasswordOpsException failure)
        {
            return (null, failure);
        }
    }

    private static SecurityDescriptor Own(byte[] bytes) => SecurityDescriptor.TryRead(bytes, out _)!;

    private static PasswordOpsException Changed(string name) => new(
        "GrantListChanged", ErrorKind.InvalidOperation,
        Text.Of($"The list of {name} is another one than was planned on: somebody changed it since. Nothing was written."),
        Text.Of($"Look at the present list and plan again."));

    private static PasswordOpsException NotAsWritten(string name) => new(
        "GrantNotAsWritten", ErrorKind.InvalidOperation,
        Text.Of($"The list of {name} reads otherwise than it was written: somebody else wrote at the same time, or the domain "
            + $"controller changed it."),
        Text.Of($"Compare the list with the undo file, then run Test-WritebackPermission."))
    {
        MayHaveHappened = true,
    };
}
