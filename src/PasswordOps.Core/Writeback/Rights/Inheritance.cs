using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>What a new object gets from the container it is made in.</summary>
internal static class Inheritance
{
    /// <summary>The descriptor of a new object of a class.</summary>
    /// <param name="container">That of the container.</param>
    /// <param name="classId">schemaIDGUID of the class.</param>
    /// <param name="own">The class's default, whose entries the object has for its own.</param>
    public static SecurityDescriptor NewObject(SecurityDescriptor container, Guid classId, SecurityDescriptor own)
    {
        IEnumerable<Ace> inherited = own.IsProtected
            ? Array.Empty<Ace>()
            : (container.Dacl ?? Array.Empty<Ace>()).Where(ace => ace.Decides).Select(ace => Pass(ace, classId)).OfType<Ace>();

        // A domain controller sorts a list unless it was out of order before.
        if (container.IsInOrder)
        {
            inherited = inherited.OrderBy(ace => ace.Allows).ThenBy(ace => ace.IsObject);
        }

        return SecurityDescriptor.Of(null, null, (own.Dacl ?? Array.Empty<Ace>()).Concat(inherited).ToArray(), own.IsProtected, true);
    }

    /// <summary>One entry as it arrives on an object below: every object counts as a container, and only the most specific class is
    /// compared.</summary>
    /// <returns>Null when it does not arrive.</returns>
    public static Ace? Pass(Ace ace, Guid classId)
    {
        if ((ace.Flags & AceFlags.ContainerInherit) == 0)
        {
            return null;
        }

        bool here = ace.InheritedObjectType is null || ace.InheritedObjectType == classId;
        bool ends = (ace.Flags & AceFlags.NoPropagate) != 0;
        if (!here && ends)
        {
            return null;
        }

        AceFlags flags = AceFlags.Inherited | (ends ? AceFlags.None : ace.Flags & (AceFlags.ContainerInherit | AceFlags.ObjectInherit))
            | (here ? AceFlags.None : AceFlags.InheritOnly);
        return ace.With(flags);
    }
}
