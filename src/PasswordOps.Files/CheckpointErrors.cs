using System;
using PasswordOps.Core;

namespace PasswordOps.Files;

/// <summary>What can be wrong with a checkpoint.</summary>
internal static class CheckpointErrors
{
    public static PasswordOpsException InUse(string path) => new(
        "CheckpointInUse", ErrorKind.Busy, Text.Of($"Another run has the checkpoint '{path}'."),
        Text.Of($"Let it end, or give this run a checkpoint of its own."));

    public static PasswordOpsException Broken(string path, string why, Exception? inner = null) => new(
        "CheckpointBroken", ErrorKind.InvalidData, Text.Of($"'{path}' is no checkpoint of PasswordOps: {why}."),
        Text.Of($"Take it back from a backup, or delete it and name with -Since from when to begin; ")
            + Text.Of($"what was given before is given again then."),
        inner);

    public static PasswordOpsException TooNew(string path, int version) => new(
        "CheckpointBroken", ErrorKind.InvalidData,
        Text.Of($"The checkpoint '{path}' has version {version}, which this module cannot read."),
        Text.Of($"Use the version of PasswordOps that wrote it, or a newer one."));

    public static PasswordOpsException Unreadable(string path, Exception inner) => new(
        "CheckpointUnreadable", ErrorKind.PermissionDenied, Text.Of($"The checkpoint '{path}' cannot be read: {inner.Message}"),
        Text.Of($"Check that it is a file which this account may read."), inner);

    public static PasswordOpsException NotWritable(string path, Exception inner) => new(
        "CheckpointNotWritable", ErrorKind.PermissionDenied, Text.Of($"The checkpoint '{path}' cannot be written: {inner.Message}"),
        Text.Of($"Name a file in a folder that exists, that this account may write to and that has room."), inner);
}
