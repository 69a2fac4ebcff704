using System;
using PasswordOps.Core;

namespace PasswordOps.OnPremises.Servers;

/// <summary>What can be wrong with the evidence of a sync server.</summary>
internal static class EvidenceErrors
{
    private static string Collect => Text.Of(
        $"Save the collector with Get-WritebackHealth -SaveCollector, run it on the sync server and give the folder that it leaves.");

    public static PasswordOpsException NotFound(string path, Exception? inner = null) => new(
        "EvidenceNotFound", ErrorKind.NotFound, Text.Of($"'{path}' holds no {EvidenceFile.Name}, and is none."), Collect, inner!);

    public static PasswordOpsException Unreadable(string path, Exception inner) => new(
        "EvidenceUnreadable", ErrorKind.PermissionDenied, Text.Of($"The evidence '{path}' cannot be read: {inner.Message}"),
        Text.Of($"Close it in other programs and check that you may read it."), inner);

    public static PasswordOpsException Invalid(string path, string why) => new(
        "EvidenceInvalid", ErrorKind.InvalidData, Text.Of($"'{path}' is not what the collector leaves: {why}."), Collect);
}
