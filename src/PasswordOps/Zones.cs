using System;
using PasswordOps.Core;

namespace PasswordOps;

/// <summary>Time zones that are given by name, and times that are meant in them.</summary>
internal static class Zones
{
    /// <summary>The zone of a name; this computer's without one.</summary>
    /// <exception cref="PasswordOpsException"><c>TimeZoneUnknown</c>.</exception>
    public static TimeZoneInfo Named(string? name)
    {
        if (name is null)
        {
            return TimeZoneInfo.Local;
        }

        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(name);
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException or System.Security.SecurityException)
        {
            throw new PasswordOpsException(
                "TimeZoneUnknown", ErrorKind.InvalidArgument, Text.Of($"This computer knows no time zone '{name}'."),
                Text.Of($"Give a name that [TimeZoneInfo]::GetSystemTimeZones() lists, for example Europe/Amsterdam, or UTC."), e);
        }
    }

    /// <summary>A time without a zone is meant in this one.</summary>
    public static DateTimeOffset Moment(DateTime time, TimeZoneInfo zone)
    {
        if (time.Kind != DateTimeKind.Unspecified)
        {
            return new DateTimeOffset(time).ToUniversalTime();
        }

        // An hour that the clock skips in spring is the one after it.
        DateTime real = zone.IsInvalidTime(time) ? time.AddHours(1) : time;
        return new DateTimeOffset(real, zone.GetUtcOffset(real)).ToUniversalTime();
    }
}
