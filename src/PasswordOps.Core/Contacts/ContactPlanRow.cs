using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Contacts;

/// <summary>The plan for one user.</summary>
public record ContactPlanRow
{
    /// <summary>Row of the sheet; null when there is none.</summary>
    public required int? Row { get; init; }

    /// <summary>User as asked for; the user principal name once the user was found.</summary>
    public required string User { get; init; }

    /// <summary>Object id; null when the user was not found.</summary>
    public string? UserId { get; init; }

    /// <summary>What is planned, in the order in which it will be done.</summary>
    public IReadOnlyList<ContactChange> Changes { get; init; } = Array.Empty<ContactChange>();

    /// <summary>What is wrong, one entry a field or user; empty when the row can be carried out.</summary>
    public IReadOnlyList<PasswordOpsException> Errors { get; init; } = Array.Empty<PasswordOpsException>();

    /// <summary>True when something would be written.</summary>
    public bool HasWrites => Changes.Any(change => change.Write is not null);

    /// <summary>True when the row can be carried out.</summary>
    public bool IsValid => Errors.Count == 0;

    /// <summary>The plan in one line: <c>Mobile Set, Office Same</c>.</summary>
    public string Summary =>
        Errors.Count > 0 ? Errors[0].Message : string.Join(", ", Changes.Select(change => $"{change.Field} {change.Action}"));

    /// <summary>Row of the sheet, or place in the input.</summary>
    internal int Place { get; init; }

    /// <inheritdoc/>
    public override string ToString() => User;
}
