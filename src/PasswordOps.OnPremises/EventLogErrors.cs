using System;
using PasswordOps.Core;

namespace PasswordOps.OnPremises;

/// <summary>What can be wrong with an exported event log. No message holds text of an event.</summary>
internal static class EventLogErrors
{
    private const string Export = "wevtutil qe Application /q:\"*[System[Provider[@Name='PasswordResetService' or @Name='ADSync']]]\" "
        + "/e:Events /f:xml /uni:true > events.xml";

    public static PasswordOpsException NotFound(string path, Exception inner) => new(
        "EventLogNotFound", ErrorKind.NotFound, Text.Of($"The event log export '{path}' does not exist."),
        Text.Of($"Check the path; a relative one starts at the current location."), inner);

    public static PasswordOpsException Unreadable(string path, Exception inner) => new(
        "EventLogUnreadable", ErrorKind.PermissionDenied, Text.Of($"The event log export '{path}' cannot be read: {inner.Message}"),
        Text.Of($"Close it in other programs and check that you may read it."), inner);

    public static PasswordOpsException NotAFile(string path) => new(
        "EventLogUnreadable", ErrorKind.InvalidArgument, Text.Of($"'{path}' is not a file (a folder, a pipe or a device)."),
        Text.Of($"Give the path of one file that an event log was exported to."));

    public static PasswordOpsException BinaryLog(string name) => new(
        "EventLogNotXml", ErrorKind.InvalidData, Text.Of($"{name} is a saved log in Windows' own binary form (.evtx), not XML."),
        Text.Of($"On a Windows machine turn it into XML, in cmd: wevtutil qe <file.evtx> /lf:true /e:Events /f:xml /uni:true > "
            + $"events.xml"));

    public static PasswordOpsException NotXml(string name, string why, Exception? inner = null) => new(
        "EventLogNotXml", ErrorKind.InvalidData, Text.Of($"{name} is not an export of events as XML: {why}."),
        Text.Of($"On the sync server export anew, in cmd: {Export} (or Event Viewer, Save All Events As, XML)."), inner);

    public static PasswordOpsException Forbidden(string name) => new(
        "EventLogForbidden", ErrorKind.Security,
        Text.Of($"{name} declares a document type or entities, which no export of Windows does. It was not read further."),
        Text.Of($"Find out who changed the file, then export anew, in cmd: {Export}"));

    public static PasswordOpsException NeedsWindows() => new(
        "EventLogNeedsWindows", ErrorKind.InvalidOperation,
        Text.Of($"The live event log can be read on the sync server itself only, and this machine does not run Windows."),
        Text.Of($"On the sync server export it, in cmd: {Export}. Then give the file with -Path."));

    public static PasswordOpsException ProgramMissing(string program, Exception inner) => new(
        "EventLogUnreadable", ErrorKind.NotInstalled,
        Text.Of($"Windows' own program for event logs, '{program}', cannot be started."),
        Text.Of($"Repair Windows, or save the events as XML in Event Viewer and give the file with -Path."), inner);

    public static PasswordOpsException Denied(string name) => new(
        "EventLogUnreadable", ErrorKind.PermissionDenied,
        Text.Of($"Windows lets you not read the event log ({name})."),
        Text.Of($"Run PowerShell as a member of Event Log Readers or of the administrators of this server."));

    public static PasswordOpsException ProgramFailed(string name, int code, string said) => new(
        "EventLogUnreadable", ErrorKind.NotSpecified,
        Text.Of($"Reading the event log ({name}) ended with code {code}: {(said.Length == 0 ? "-" : said)}"),
        Text.Of($"Try it in Event Viewer; a damaged log is read there as far as it goes and can be saved as XML."));
}
