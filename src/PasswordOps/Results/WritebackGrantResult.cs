using System;
using System.Collections.Generic;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps;

/// <summary>What a grant would change, or changed, on one object.</summary>
public sealed record WritebackGrantResult
{
    /// <summary>Distinguished name of the object.</summary>
    public required string DistinguishedName { get; init; }

    /// <summary>What became of it.</summary>
    public required WritebackGrantStatus Status { get; init; }

    /// <summary>The account that the rights are for.</summary>
    public required string Account { get; init; }

    /// <summary>The domain controller that was read and written on.</summary>
    public required string Server { get; init; }

    /// <summary>The rights that were missing; empty when a grant is taken back.</summary>
    public IReadOnlyList<DirectoryRight> Rights { get; init; } = Array.Empty<DirectoryRight>();

    /// <summary>The entries that were added, or taken away, as SDDL.</summary>
    public IReadOnlyList<string> Entries { get; init; } = Array.Empty<string>();

    /// <summary>The list before, as SDDL; null when it was not read.</summary>
    public string? Before { get; init; }

    /// <summary>The list after, as SDDL: as planned, or as read back; null when it was not written.</summary>
    public string? After { get; init; }

    /// <summary>The file that takes it back; null when nothing was to be written.</summary>
    public string? UndoFile { get; init; }

    /// <summary>Why, in a sentence or two.</summary>
    public required string Reason { get; init; }

    /// <summary>What to do now; null when there is nothing to do.</summary>
    public string? NextStep { get; init; }

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => PasswordOps.Card.Of(
        DistinguishedName + "  " + Word,
        ("answer", Reason),
        ("next", NextStep),
        ("account", Account),
        ("rights", Rights.Count == 0 ? null : string.Join(", ", Rights)),
        ("entries", Entries.Count == 0 ? null : string.Join("\n", Entries)),
        ("undo", UndoFile),
        ("by", Server),
        ("details", Before is null ? null : Paint.Dim(Text.Of($"| Format-List Before, After"))));

    /// <inheritdoc/>
    public override string ToString() => $"{DistinguishedName} {Status}";

    private string Word => Status switch
    {
        WritebackGrantStatus.Granted or WritebackGrantStatus.AlreadyThere or WritebackGrantStatus.TakenBack =>
            Paint.Good(Status.ToString()),
        WritebackGrantStatus.Refused => Paint.Bad(Status.ToString()),
        WritebackGrantStatus.Uncertain => Paint.Doubt(Status.ToString()),
        _ => Status.ToString(),
    };
}
