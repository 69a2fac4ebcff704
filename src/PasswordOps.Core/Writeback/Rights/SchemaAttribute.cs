using System;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>An attribute of the schema.</summary>
/// <param name="Id">schemaIDGUID.</param>
/// <param name="PropertySet">attributeSecurityGUID: the property set that it is in; null when it is in none.</param>
public sealed record SchemaAttribute(Guid Id, Guid? PropertySet);
