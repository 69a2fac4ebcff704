using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>What rights are judged by, as the schema has it.</summary>
public sealed record RightsSchema
{
    /// <summary>The attribute pwdLastSet; null when its schema object could not be read.</summary>
    public SchemaAttribute? PasswordLastSet { get; init; }

    /// <summary>The attribute lockoutTime; null when its schema object could not be read.</summary>
    public SchemaAttribute? LockoutTime { get; init; }

    /// <summary>The class user and every structural class derived from it (inetOrgPerson, and what an organisation added).</summary>
    public IReadOnlyList<SchemaClass> Classes { get; init; } = Array.Empty<SchemaClass>();
}
