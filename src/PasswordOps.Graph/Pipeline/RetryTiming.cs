using System;
using System.Globalization;
using Azure;

namespace PasswordOps.Graph.Pipeline;

/// <summary>How long to wait before a request is sent again.</summary>
internal static class RetryTiming
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Doubles with every attempt, spread by a fifth to both sides so that many clients do not come back at once.</summary>
    public static TimeSpan Backoff(int attempt, double random)
    {
        double seconds = Math.Min(First.TotalSeconds * Math.Pow(2, attempt - 1), Longest.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (0.8 + (0.4 * random)));
    }

    public static TimeSpan? Asked(Response response, DateTimeOffset now) =>
        response.Headers.TryGetValue("retry-after-ms", out string? milliseconds) && Number(milliseconds) is double exact
            ? TimeSpan.FromMilliseconds(exact)
            : response.Headers.TryGetValue("Retry-After", out string? asked) ? Asked(asked, now) : null;

    /// <summary>Reads Retry-After: seconds or a date. What is neither, or lies a day ahead, counts as not said.</summary>
    public static TimeSpan? Asked(string? value, DateTimeOffset now)
    {
        TimeSpan? wait = null;
        if (Number(value) is double seconds)
        {
            wait = TimeSpan.FromSeconds(seconds);
        }
        else if (DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset until))
        {
            wait = until > now ? until - now : TimeSpan.Zero;
        }

        return wait > TimeSpan.FromDays(1) ? null : wait;
    }

    /// <summary>Reads x-ms-throttle-limit-percentage, which despite its name is a share.</summary>
    public static double? LimitUsed(string? value) => Number(value) is double share and >= 0.8 and <= 2 ? share : null;

    private static double? Number(string? value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number < 1e9
            ? number
            : null;
}
