using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Contacts;

/// <summary>How the columns of a sheet are to be taken, where its own headings do not say it.</summary>
public sealed record SheetOptions
{
    /// <summary>Nothing is said: every heading must be a known one.</summary>
    public static readonly SheetOptions Default = new();

    /// <summary>Columns by heading, for headings that are not known or mean something else here; null leaves the column out. Case does not
    /// matter.</summary>
    public IReadOnlyDictionary<string, SheetColumn?> Columns { get; init; } =
        new Dictionary<string, SheetColumn?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>True to leave out every column whose heading is not known, as an export of a personnel system has them.</summary>
    public bool IgnoresOthers { get; init; }
}
