using System;

namespace PasswordOps.Practice.Throttling;

/// <summary>How much the tenant takes before it says 429.</summary>
internal enum ThrottleRegime
{
    /// <summary>Anything.</summary>
    None,

    /// <summary>The numbers of Microsoft's page of limits.</summary>
    Documented,

    /// <summary>Those, and five requests in ten seconds for authentication methods, which the page can be read to say.</summary>
    Strict,
}

/// <summary>How the requests of a while are counted. No document says how the service does it.</summary>
internal enum WindowKind
{
    /// <summary>Those of the last so many seconds, at every moment.</summary>
    Sliding,

    /// <summary>Those since the last full so many seconds.</summary>
    Fixed,

    /// <summary>A bucket that fills at a steady pace.</summary>
    Bucket,
}

internal sealed record ThrottleSettings
{
    internal const int MostScale = 1000;

    public ThrottleRegime Regime { get; init; }

    /// <summary>Divides the length of every window, so that a rehearsal does not take the time of the real thing.</summary>
    public int Scale { get; init; } = 1;

    public WindowKind Kind { get; init; }

    internal static bool TryName<T>(string text, out T value) where T : struct, Enum =>
        Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0]) && text[0] != '-';
}
