using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>A step of an undo whose parts were read and found to fit each other.</summary>
internal sealed record UndoStep(string DistinguishedName, SecurityDescriptor Before, SecurityDescriptor After, IReadOnlyList<string> Added)
{
    public static IReadOnlyList<UndoStep> Of(GrantUndo undo, string domain)
    {
        if (undo.Version != GrantUndo.CurrentVersion)
        {
            throw Invalid(Text.Of($"it is of version {undo.Version}, and this reads {GrantUndo.CurrentVersion}"));
        }

        if (!string.Equals(undo.Domain, domain, StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid(Text.Of($"it is of {undo.Domain}, and the domain controller serves {domain}"));
        }

        return undo.Steps.Select(step => Of(step, domain)).ToArray();
    }

    private static UndoStep Of(GrantUndoStep step, string domain)
    {
        SecurityDescriptor before = Read(step.DescriptorBefore);
        SecurityDescriptor after = Read(step.DescriptorAfter);
        IReadOnlyList<Ace>? added = EntrySet.Missing(after.Dacl!, before.Dacl!);

        // What is written back is then surely less than what is there: a record that somebody altered cannot grant anything.
        if (EntrySet.Missing(before.Dacl!, after.Dacl!).Count > 0 || added.Count == 0
            || added.Any(ace => !ace.Decides || !ace.Allows || ace.IsInherited))
        {
            throw Invalid(Text.Of($"the list before is not the list after without some entries that grant"));
        }

        if (GrantPlanner.RefusedTarget(step.DistinguishedName, domain) is PasswordOpsException refused)
        {
            throw refused;
        }

        return new UndoStep(step.DistinguishedName, before, after, added.Select(Sddl.Entry).ToArray());
    }

    private static SecurityDescriptor Read(string base64)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(base64);
        }
        catch (FormatException)
        {
            throw Invalid(Text.Of($"a descriptor in it is not Base64"));
        }

        SecurityDescriptor? read = SecurityDescriptor.TryRead(bytes, out string? fault);
        return read?.Dacl is null ? throw Invalid(fault ?? Text.Of($"a descriptor in it has no list")) : read;
    }

    private static PasswordOpsException Invalid(string why) => new(
        "GrantUndoInvalid", ErrorKind.InvalidData, Text.Of($"The undo record cannot be used: {why}."),
        Text.Of($"Give the file that the grant wrote, unchanged, and a domain controller of its domain."));
}
