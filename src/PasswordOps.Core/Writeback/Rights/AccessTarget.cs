using System;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>What has to be known of an object beside its descriptor.</summary>
/// <param name="Sid">objectSid; null when it is not known.</param>
/// <param name="ClassId">schemaIDGUID of its most specific structural class; null when it is not known.</param>
internal sealed record AccessTarget(SecurityId? Sid, Guid? ClassId);
