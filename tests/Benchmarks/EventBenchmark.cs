using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;

namespace PasswordOps.Benchmarks;

/// <summary>
/// An export of 500 MB of the Application log, four events of five of them other programs': rate of its stories in a fresh process, against
/// 50 MB/s and against a bare XmlReader over the same file; and peak memory against an export of 50 MB.
/// </summary>
internal static class EventBenchmark
{
    private const long Small = 50_000_000;
    private const long Large = 500_000_000;
    private const double LeastRate = 50;
    private const double MostMemory = 1.25;

    internal static bool Run(int rounds)
    {
        string folder = Directory.CreateTempSubdirectory("passwordops-events-").FullName;
        try
        {
            string small = Path.Combine(folder, "small.xml");
            string large = Path.Combine(folder, "large.xml");
            Write(small, Small);
            Write(large, Large);
            double few = Measure(small).Peak;
            (double Seconds, double Peak)[] ours = Enumerable.Range(0, Math.Min(rounds, 3)).Select(_ => Measure(large)).ToArray();
            double seconds = Figure.Median(ours.Select(round => round.Seconds).ToArray());
            double bare = Bare(large);
            double bytes = new FileInfo(large).Length;
            bool good = Figure.PrintRatio(
                "events", "MB a second", bytes / 1e6 / seconds,
                string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB in {seconds:0.0} s"), LeastRate);
            good &= Figure.PrintRatio(
                "events", "x the rate of a bare XmlReader", bare / seconds,
                string.Create(CultureInfo.InvariantCulture, $"{bare:0.0} s of it"), null);
            double peak = ours.Max(round => round.Peak);
            return good & Figure.PrintRatio(
                "events", "x the peak of 50 MB", peak / few,
                string.Create(CultureInfo.InvariantCulture, $"{peak / 1e6:0} MB, {few / 1e6:0} MB"), null, MostMemory);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (double Seconds, double Peak) Measure(string file)
    {
        string[] answer = Subjects.Pwsh(
            $"Import-Module '{Subjects.Module}'; $clock = [Diagnostics.Stopwatch]::StartNew(); "
            + $"$counts = Get-WritebackEvent '{file}' -Summary -ErrorAction Stop; "
            + "$peak = [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64; "
            + "\"$($clock.Elapsed.TotalMilliseconds) $peak $($counts.EventCount)\"").Split(' ');
        return long.Parse(answer[2], CultureInfo.InvariantCulture) > 0
            ? (double.Parse(answer[0], CultureInfo.InvariantCulture) / 1_000, double.Parse(answer[1], CultureInfo.InvariantCulture))
            : throw new InvalidOperationException("No event was read.");
    }

    private static double Bare(string file)
    {
        Stopwatch clock = Stopwatch.StartNew();
        using XmlReader xml = XmlReader.Create(file);
        while (xml.Read())
        {
        }

        return clock.Elapsed.TotalSeconds;
    }

    private static void Write(string file, long size)
    {
        string[] others = { "MSSQL$ADSYNC", "Directory Synchronization", "Microsoft-Windows-Security-SPP", "ESENT", "VSS" };
        Random random = new(1);
        DateTime time = new(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc);
        using FileStream stream = File.Create(file, 1 << 20);
        using StreamWriter writer = new(stream, new UTF8Encoding(false), 1 << 16);
        writer.Write("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\r\n<Events>");
        byte[] tracking = new byte[16];
        for (int record = 1; stream.Position < size; record++)
        {
            time = time.AddMilliseconds(random.Next(1, 4_000));
            int kind = record % 16;
            if (kind == 0)
            {
                random.NextBytes(tracking);
            }

            // A reset that Active Directory refuses, and twelve events of other programs.
            string id = "TrackingId: " + new Guid(tracking).ToString("D") + ", ";
            (string provider, int number, string data) = kind switch
            {
                0 => ("PasswordResetService", 31001, $"{id}UserPrincipalName: user{record % 5_000}@contoso.com"),
                1 => ("ADSync", 6329, "An unexpected error has occurred during a password set operation.\r\n \"BAIL: MMS(4712): "
                    + "x.cpp(12): 0x80230619 (A restriction prevents the password from being changed to the current one specified.)\""),
                2 => ("PasswordResetService", 33008, id + "Reason: Synchronization Engine returned an error hr=80230619, message=A "
                    + "restriction prevents the password from being changed., Context: cloudAnchor: "
                    + $"User_{(record - 2) % 5_000:x8}-0000-4000-8000-000000000000, SourceAnchorValue: AAECAwQFBgcICQoLDA0ODw==, "
                    + $"UserPrincipalName: user{(record - 2) % 5_000}@contoso.com, "
                    + "Details: PasswordResetException: hr=80230619&#xD;&#xA;"
                    + "   at AADPasswordReset.SynchronizationEngineManagedHandle.ThrowSyncEngineError(Int32 hr)"),
                _ => (others[random.Next(others.Length)], random.Next(20_000), "of no interest " + new string('x', random.Next(600))),
            };
            string stamp = time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='{provider}'/>"
                + $"<EventID Qualifiers='0'>{number}</EventID><Version>0</Version><Level>2</Level><Task>0</Task><Opcode>0</Opcode>"
                + $"<Keywords>0x80000000000000</Keywords><TimeCreated SystemTime='{stamp}'/><EventRecordID>{record}</EventRecordID>"
                + $"<Correlation/><Execution ProcessID='0' ThreadID='0'/><Channel>Application</Channel>"
                + $"<Computer>sync01.contoso.com</Computer><Security/></System><EventData><Data>{data}</Data></EventData></Event>\r\n"));
        }

        writer.Write("</Events>");
    }
}
