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
    public static string Long(TimeSpan time) =>
        time.TotalDays >= 2 ? Text.Of($"{Math.Floor(time.TotalDays):0} days")
        : time.TotalHours >= 2 ? Text.Of($"{Math.Floor(time.TotalHours):0} hours")
        : Text.Of($"{Math.Floor(time.TotalMinutes):0} minutes");
}
