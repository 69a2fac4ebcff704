using System;
using System.Globalization;

namespace PasswordOps.Core.Writeback;

/// <summary>Times as reports write them.</summary>
internal static class When
{
    public static string Stamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    public static string Stamp(EventMoment moment) => Stamp(moment.Time);

    /// <summary>A length of time in its largest unit, for example <c>3 hours</c>.</summary>
    public static string Long(TimeSpan time)
    {
        (double count, string unit) = time.TotalDays >= 2 ? (time.TotalDays, "days")
            : time.TotalHours >= 2 ? (time.TotalHours, "hours")
            : (time.TotalMinutes, "minutes");
        return FormattableString.Invariant($"{Math.Floor(count):0} {unit}");
    }
}
