using System.Collections.Generic;
using PasswordOps.Core.Contacts;
using PasswordOps.Core.Passwords;

namespace PasswordOps;

/// <summary>What a cmdlet wants done with contact data.</summary>
internal sealed record ContactTask
{
    /// <summary>The rows.</summary>
    internal required IContactSource Source { get; init; }

    /// <summary>How contact data is to be set.</summary>
    internal required ContactOptions Options { get; init; }

    /// <summary>Fields that will be written.</summary>
    internal required IReadOnlyCollection<ContactField> Fields { get; init; }

    /// <summary>What it is called in front of counts, such as the sheet's name; null when rows came one by one.</summary>
    internal string? Title { get; init; }

    /// <summary>What is done, as the caption of the question.</summary>
    internal required string Caption { get; init; }

    /// <summary>How the columns of a sheet were taken, for a person; null when there is no sheet.</summary>
    internal string? Columns { get; init; }

    /// <summary>How the caller mapped columns, for the journal.</summary>
    internal string ColumnMap { get; init; } = string.Empty;

    /// <summary>File of the journal; null for none.</summary>
    internal string? Journal { get; init; }

    /// <summary>True to go on with the run of the journal where there is one.</summary>
    internal bool Resumes { get; init; }

    /// <summary>Certificate for the journal; null for this account.</summary>
    internal SealingCertificate? ProtectTo { get; init; }

    /// <summary>False to take the journal away when the run has sent nothing.</summary>
    internal bool KeepsEmptyJournal { get; init; } = true;

    /// <summary>What to do when rows have errors and nothing was written; said to a person.</summary>
    internal required string WhenInvalid { get; init; }

    /// <summary>What goes on with the run after an interruption; said to a person.</summary>
    internal required string Again { get; init; }
}
