using System;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>A class of the schema.</summary>
/// <param name="Name">lDAPDisplayName.</param>
/// <param name="Id">schemaIDGUID.</param>
/// <param name="DefaultDescriptor">defaultSecurityDescriptor, in SDDL: what a new object gets beside what it inherits; null when it could
/// not be read.</param>
public sealed record SchemaClass(string Name, Guid Id, string? DefaultDescriptor);
