using System;
using PasswordOps.Core;

namespace PasswordOps.OnPremises;

/// <summary>What can be wrong with an exported event log. No message holds text of an event.</summary>
internal static class EventLogErrors
{
    private const string Export = "wevtutil qe Application /q:\"*[System[Provider[@Name='PasswordResetService' or @Name='ADSync']]]\" "
        + "/e:Events /f:xml /uni:true > events.xml";

    public static PasswordOpsException NotFound(string path, Exception inner) => new(
        "EventLogNotFound", ErrorKind.NotFound, $"The event log export '{path}' does not exist.",
        "Check the path; a relative one starts at the current location.", inner);

    public static PasswordOpsException Unreadable(string path, Exception inner) => new(
        "EventLogUnreadable", ErrorKind.PermissionDenied, $"The event log export '{path}' cannot be read: {inner.Message}",
        "Close it in other programs and check that you may read it.", inner);

    public static PasswordOpsException NotAFile(string path) => new(
        "EventLogUnreadable", ErrorKind.InvalidArgument, $"'{path}' is not a file (a folder, a pipe or a device).",
        "Give the path of one file that an event log was exported to.");

    public static PasswordOpsException BinaryLog(string name) => new(
        "EventLogNotXml", ErrorKind.InvalidData, $"{name} is a saved log in Windows' own binary form (.evtx), not XML.",
        "On a Windows machine turn it into XML, in cmd: wevtutil qe <file.evtx> /lf:true /e:Events /f:xml /uni:true > events.xml");

    public static PasswordOpsException NotXml(string name, string why, Exception? inner = null) => new(
        "EventLogNotXml", ErrorKind.InvalidData, $"{name} is not an export of events as XML: {why}.",
        $"On the sync server export anew, in cmd: {Export} (or Event Viewer, Save All Events As, XML).", inner);

    public static PasswordOpsException Forbidden(string name) => new(
        "EventLogForbidden", ErrorKind.Security,
        $"{name} declares a document type or entities, which no export of Windows does. It was not read further.",
        $"Find out who changed the file, then export anew, in cmd: {Export}");
}
