using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Bulk;

/// <summary>First line of a journal: which run it belongs to.</summary>
public sealed record JournalHead
{
    /// <summary>Version of the format that this module writes and the newest that it reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Version of the format.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>Id of the run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The cmdlet, such as <c>Set-SsprContactData</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>Tenant id.</summary>
    public required string TenantId { get; init; }

    /// <summary>Who ran it: user principal name or application.</summary>
    public required string Account { get; init; }

    /// <summary>Name of the sheet without folder, or what else the rows came from.</summary>
    public required string Source { get; init; }

    /// <summary>SHA-256 of what the rows came from, as hexadecimal digits.</summary>
    public required string SourceDigest { get; init; }

    /// <summary>What decides how rows are understood, by name: target, default country, shard, columns.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>When the run began, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Version of the module that began it.</summary>
    public required string ModuleVersion { get; init; }

    /// <summary>Operation and source.</summary>
    /// <returns>For example <c>Set-SsprContactData hr.csv</c>.</returns>
    public override string ToString() => $"{Operation} {Source}";
}
