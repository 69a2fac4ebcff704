using System;
using PasswordOps.Core;

namespace PasswordOps.Files;

/// <summary>What can be wrong with a file that is to be written.</summary>
internal static class FileErrors
{
    public static PasswordOpsException Exists(string path, Exception? inner = null) => new(
        "FileExists", ErrorKind.InvalidArgument, Text.Of($"'{path}' exists already."),
        Text.Of($"Give another name, or say with -Force that it is to be replaced."), inner);

    public static PasswordOpsException NotWritable(string path, string why, Exception? inner = null) => new(
        "FileNotWritable", ErrorKind.PermissionDenied, Text.Of($"'{path}' cannot be written: {why}"),
        Text.Of($"Give a file in a folder that exists, that this account may write to and that has room."), inner);
}
