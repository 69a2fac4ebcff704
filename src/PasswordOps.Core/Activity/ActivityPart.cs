namespace PasswordOps.Core.Activity;

/// <summary>What part of an attempt a row of the audit log tells of.</summary>
internal enum ActivityPart
{
    Step,

    Start,

    Result,

    Blocked,

    Cancelled,
}
