using System;
using PasswordOps.Core;

namespace PasswordOps.Files.Journals;

/// <summary>What can be wrong with a journal. No message ever holds a value.</summary>
internal static class JournalErrors
{
    public static PasswordOpsException NotFound(string path, Exception? inner = null) => new(
        "JournalNotFound", ErrorKind.NotFound, Text.Of($"The journal '{path}' does not exist."),
        Text.Of($"Check the path; a relative one starts at the current location."), inner);

    public static PasswordOpsException Exists(string path) => new(
        "JournalExists", ErrorKind.InvalidArgument, Text.Of($"'{path}' exists already; a journal of another run is never overwritten."),
        Text.Of($"Go on with its run by -Resume, or give another name."));

    public static PasswordOpsException InUse(string path) => new(
        "JournalInUse", ErrorKind.Busy, Text.Of($"Another process is writing to the journal '{path}'."),
        Text.Of($"Let it end, or stop it; then go on. Reading the journal is possible all the while."));

    public static PasswordOpsException Unreadable(string path, string why, Exception? inner = null) => new(
        "JournalUnreadable", ErrorKind.PermissionDenied, Text.Of($"The journal '{path}' cannot be read: {why}"),
        Text.Of($"Check that it is a file which this account may read."), inner);

    public static PasswordOpsException NotWritable(string path, string why, Exception? inner = null) => new(
        "JournalNotWritable", ErrorKind.PermissionDenied, Text.Of($"The journal '{path}' cannot be written: {why}"),
        Text.Of($"Make room on the disk, or name another place; this account needs to write files in that folder."), inner);

    public static PasswordOpsException FolderMissing(string path, string folder, Exception inner) => new(
        "JournalNotWritable", ErrorKind.NotFound, Text.Of($"The journal '{path}' cannot be written: there is no folder '{folder}'."),
        Text.Of($"Make the folder first, or name another place."), inner);

    public static PasswordOpsException NotAllowed(string path, string folder, Exception inner) => new(
        "JournalNotWritable", ErrorKind.PermissionDenied,
        Text.Of($"The journal '{path}' cannot be written: this account may not write to it, or to the folder '{folder}'."),
        Text.Of($"Name another place, or let this account write files in that folder."), inner);

    public static PasswordOpsException TooNew(string name, int version, int newest) => new(
        "JournalTooNew", ErrorKind.InvalidData,
        Text.Of($"The journal {name} has version {version} of its format; this module reads up to {newest}."),
        Text.Of($"Use the version of PasswordOps that wrote it, or a newer one."));

    public static PasswordOpsException NotAJournal(string name, string why) => new(
        "JournalBroken", ErrorKind.InvalidData, Text.Of($"{name} is no journal of PasswordOps: {why}."),
        Text.Of($"Give the journal of the run. If its run was stopped before it began, nothing was sent: delete the file and start "
            + $"again."));

    public static PasswordOpsException Broken(string name, int line, string why, Exception? inner = null) => new(
        "JournalBroken", ErrorKind.InvalidData, Text.Of($"The journal {name} is broken on line {line}: {why}."),
        Text.Of($"Take back the journal as the run left it, from a backup for example. Without it start a new run: it compares every row "
            + $"with the directory first."),
        inner);

    public static PasswordOpsException CertificateMissing(string name, string thumbprint, string? given, bool found)
    {
        string looked = found ? Text.Of($"it was found without its private key, or this account may not use that")
            : given is null ? Text.Of($"it is not in the personal stores of the user and of the machine")
            : Text.Of($"it is neither the one given ({given}) nor in the personal stores of the user and of the machine");
        return new(
            "JournalKeyMissing", ErrorKind.NotFound,
            Text.Of($"The values in the journal {name} are encrypted for the certificate {thumbprint}; {looked}."),
            Text.Of($"Give that certificate together with its private key, or run this where both are in the personal store."));
    }

    public static PasswordOpsException KeyFileMissing(string name, WrappedKey key, string path, bool other) => new(
        "JournalKeyMissing", ErrorKind.NotFound,
        other
            ? Text.Of($"The values in the journal {name} are encrypted with the key {key.Name} of {key.Account}; the key file '{path}' "
                + $"holds another.")
            : Text.Of($"The values in the journal {name} are encrypted with the key {key.Name} of {key.Account}; there is no key file "
                + $"'{path}'."),
        Text.Of($"Run this as {key.Account}, or put that account's key file in the place of this one's."));

    public static PasswordOpsException OtherAccount(string name, WrappedKey key) => new(
        "JournalKeyMissing", ErrorKind.NotFound,
        Text.Of($"The values in the journal {name} are encrypted by Windows for the account {key.Account} alone."),
        Text.Of($"Run this on Windows as {key.Account}."));

    public static PasswordOpsException KeyRefused(string name, WrappedKey key, Exception? inner) => new(
        "JournalKeyMissing", ErrorKind.NotFound,
        key.By == WrappedKey.Certificate
            ? Text.Of($"The private key of the certificate {key.Name} does not open the values in the journal {name}.")
            : Text.Of($"What protects the values in the journal {name} for {key.Account} does not open them here."),
        key.By == WrappedKey.Certificate
            ? Text.Of($"Give the certificate together with the private key that belongs to it.")
            : Text.Of($"Run this as {key.Account}."),
        inner);

    public static PasswordOpsException KeyFileDamaged(string path) => new(
        "JournalKeyMissing", ErrorKind.InvalidData, Text.Of($"'{path}', the key of this account's journals, is damaged."),
        Text.Of($"Take it back from a backup. To do without the journals that it opens, move it away; a new one is made."));

    public static PasswordOpsException KeyFileUnreadable(string path, Exception inner) => new(
        "JournalKeyMissing", ErrorKind.PermissionDenied,
        Text.Of($"'{path}', the key of this account's journals, cannot be read: {inner.Message}"),
        Text.Of($"Check that this account may read it."), inner);

    public static PasswordOpsException NotProtected(string certificate, Exception? inner) => new(
        "JournalNotWritable", ErrorKind.InvalidArgument,
        Text.Of($"The journal's values cannot be encrypted for the certificate {certificate}."),
        Text.Of($"Give an RSA certificate."), inner);

    public static PasswordOpsException NoKeyFile(string path, Exception inner) => new(
        "JournalNotWritable", ErrorKind.PermissionDenied,
        inner is UnauthorizedAccessException
            ? Text.Of($"The key that protects this account's journals cannot be kept in '{path}': this account may not write there.")
            : Text.Of($"The key that protects this account's journals cannot be kept in '{path}': "
                + $"{inner.Message.Replace(path + ".lock", path)}"),
        Text.Of($"Protect the journal with a certificate, or let the environment variable XDG_DATA_HOME name a folder that this account "
            + $"may write to."),
        inner);
}
