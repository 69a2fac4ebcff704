using System;
using System.Globalization;
using System.IO;

namespace PasswordOps.Practice.Tour;

/// <summary>An export of the Application log of a sync server: switched on, running, one refused reset, the next one good.</summary>
internal static class SampleEventLog
{
    internal static void Write(string file, DateTimeOffset now)
    {
        using var writer = new StreamWriter(file);
        int record = 48_000;
        writer.WriteLine("""<?xml version="1.0" encoding="utf-8" standalone="yes"?>""");
        writer.WriteLine("<Events>");
        Event(now.AddDays(-30), "PasswordResetService", 31005, 4, "Onboarding has completed.");
        Event(now.AddDays(-3), "PasswordResetService", 31016, 4, "The listener has stopped.");
        Event(now.AddDays(-3).AddMinutes(2), "PasswordResetService", 31015, 4, "The listener has started.");
        Event(now.AddHours(-26), "PasswordResetService", 31009, 4, "Reset requested by an administrator.");
        Event(
            now.AddHours(-26).AddSeconds(1), "PasswordResetService", 33004, 2,
            "Reason: Synchronization Engine returned an error hr=80230626, message=Access denied.");
        Event(now.AddHours(-26).AddSeconds(1), "PasswordResetService", 31011, 2, "The reset was refused.");
        Event(now.AddHours(-2), "PasswordResetService", 31009, 4, "Reset requested by an administrator.");
        Event(now.AddHours(-2).AddSeconds(1), "PasswordResetService", 31010, 4, "The reset was written.");
        for (int minutes = 60; minutes > 0; minutes -= 5)
            Event(
                now.AddMinutes(-minutes), "PasswordResetService", 31019, 4,
                "Namespace: relay-contoso, Endpoint: 11111111-2222-3333-4444-555555555555_66666666-7777-8888-9999-000000000000");
        writer.WriteLine("</Events>");

        void Event(DateTimeOffset time, string provider, int id, int level, string text)
        {
            string stamp = time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture);
            writer.WriteLine(
                $"<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='{provider}'/>"
                + $"<EventID Qualifiers='0'>{id}</EventID>"
                + $"<Version>0</Version><Level>{level}</Level><Task>0</Task><Opcode>0</Opcode><Keywords>0x80000000000000</Keywords>"
                + $"<TimeCreated SystemTime='{stamp}Z'/><EventRecordID>{++record}</EventRecordID><Correlation/>"
                + "<Execution ProcessID='0' ThreadID='0'/><Channel>Application</Channel><Computer>sync01.corp.contoso.com</Computer>"
                + "<Security/></System>"
                + $"<EventData><Data>TrackingId: {Guid.NewGuid()}, {text}</Data></EventData></Event>");
        }
    }
}
