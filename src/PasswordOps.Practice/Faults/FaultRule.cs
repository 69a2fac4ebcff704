using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using PasswordOps.Practice.State;
using PasswordOps.Practice.Throttling;

namespace PasswordOps.Practice.Faults;

/// <summary>Which requests go wrong, and how. Not safe for threads; <see cref="FaultPlan"/> locks.</summary>
internal sealed class FaultRule
{
    private const string Kinds =
        "throttled, throttledSilently, throttledDate, badGateway, unavailable, gatewayTimeout, internal, reset, resetBefore, resetAfter, "
        + "slow, tokenExpired, wrongJson, any";

    private static readonly string[] s_names =
        ["kind", "rate", "next", "at", "method", "path", "on", "effect", "seconds", "seed", "body"];

    private static readonly FaultKind[] s_ofItems =
    [
        FaultKind.Throttled, FaultKind.ThrottledSilently, FaultKind.ThrottledDate, FaultKind.BadGateway, FaultKind.Unavailable,
        FaultKind.GatewayTimeout, FaultKind.Internal, FaultKind.WrongJson,
    ];

    private static readonly FaultKind[] s_ofRequests = [.. s_ofItems, FaultKind.Reset];

    private readonly SeededRandom _random;

    private FaultRule(int seed)
    {
        Seed = seed;
        _random = new SeededRandom((ulong)seed);
    }

    public int Id { get; set; }

    public required FaultKind Kind { get; init; }

    public required FaultEffect Effect { get; init; }

    /// <summary>Whole HTTP requests, a batch as one; else single requests, alone or in a batch.</summary>
    public required bool OnRequests { get; init; }

    /// <summary>Share of the requests that fit.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>The first of those that fit, counted from 1.</summary>
    public long At { get; init; } = 1;

    /// <summary>How many may go wrong.</summary>
    public long Next { get; init; } = long.MaxValue;

    public string? Method { get; init; }

    public string? Path { get; init; }

    public double? Seconds { get; init; }

    public bool Html { get; init; }

    public int Seed { get; }

    /// <summary>How many requests fitted, and how many of them went wrong.</summary>
    public long Matched { get; private set; }

    public long Fired { get; private set; }

    public static string NameOf(FaultKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    /// <summary>A rule out of names and values.</summary>
    /// <exception cref="UsageException">Something in it makes no sense.</exception>
    internal static FaultRule Parse(IReadOnlyCollection<KeyValuePair<string, string>> values)
    {
        if (values.FirstOrDefault(pair => !s_names.Contains(pair.Key)) is { Key: { } unknown })
            throw new UsageException($"A fault has no '{unknown}'; it has {string.Join(", ", s_names)}.");
        Dictionary<string, string> given = new(StringComparer.Ordinal);
        foreach ((string name, string value) in values)
        {
            if (!given.TryAdd(name, value))
                throw new UsageException($"A fault has one '{name}'.");
        }
        string text = given.GetValueOrDefault("kind") ?? throw new UsageException($"A fault needs a kind: {Kinds}.");
        FaultEffect? effect = Effects(given, ref text);
        if (!ThrottleSettings.TryName(text, out FaultKind kind))
            throw new UsageException($"kind must be one of {Kinds}.");
        bool whole = kind is FaultKind.Reset or FaultKind.Slow;
        bool onRequests = given.GetValueOrDefault("on") switch
        {
            null => whole || kind is FaultKind.TokenExpired or FaultKind.WrongJson or FaultKind.Any,
            "requests" => true,
            "items" when !whole => false,
            _ => throw new UsageException("on must be items or requests; reset and slow are of requests only."),
        };
        RequireEffect(kind, effect);
        double? seconds = given.TryGetValue("seconds", out string? length) ? Number("seconds", length, 3600) : null;
        if (kind == FaultKind.Slow && seconds is null)
            throw new UsageException("slow needs seconds.");
        return new FaultRule((int)Whole(given, "seed", 1, 0, int.MaxValue))
        {
            Kind = kind,
            Effect = effect ?? kind switch
            {
                FaultKind.Slow or FaultKind.WrongJson => FaultEffect.After,
                FaultKind.Throttled or FaultKind.ThrottledSilently or FaultKind.ThrottledDate or FaultKind.TokenExpired =>
                    FaultEffect.Before,
                _ => FaultEffect.Mixed,
            },
            OnRequests = onRequests,
            Rate = given.TryGetValue("rate", out string? rate) ? Number("rate", rate, 1) : 1,
            At = Whole(given, "at", 1, 1, long.MaxValue),
            Next = Whole(given, "next", given.ContainsKey("at") ? 1 : long.MaxValue, 1, long.MaxValue),
            Method = given.GetValueOrDefault("method")?.ToUpperInvariant(),
            Path = given.GetValueOrDefault("path"),
            Seconds = seconds,
            Html = given.GetValueOrDefault("body") switch
            {
                null or "json" => false,
                "html" => true,
                _ => throw new UsageException("body must be json or html."),
            },
        };
    }

    /// <summary>Whether a request fits.</summary>
    internal bool Fits(string method, string target) =>
        (Method is null || Method == method)
        && (Path is null || target.Contains(Path, StringComparison.OrdinalIgnoreCase));

    /// <summary>Counts a request that fits, and says whether and how it goes wrong.</summary>
    internal Fault? Take()
    {
        Matched++;
        if (Matched < At || Fired >= Next || (Rate < 1 && Draw() >= Rate))
            return null;
        Fired++;
        FaultKind kind = Kind == FaultKind.Any ? _random.Pick(OnRequests ? s_ofRequests : s_ofItems) : Kind;
        FaultEffect effect = Kind != FaultKind.Any
            ? Effect
            : kind switch
            {
                FaultKind.Throttled or FaultKind.ThrottledSilently or FaultKind.ThrottledDate => FaultEffect.Before,
                FaultKind.WrongJson => FaultEffect.After,
                _ => Effect,
            };
        return new Fault(kind, effect, Draw()) { Seconds = Seconds, Html = Html };
    }

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteNumber("id", Id);
        writer.WriteString("kind", NameOf(Kind));
        writer.WriteString("on", OnRequests ? "requests" : "items");
        writer.WriteString("effect", Effect.ToString().ToLowerInvariant());
        writer.WriteNumber("rate", Rate);
        if (At > 1)
            writer.WriteNumber("at", At);
        if (Next < long.MaxValue)
            writer.WriteNumber("next", Next);
        if (Method is not null)
            writer.WriteString("method", Method);
        if (Path is not null)
            writer.WriteString("path", Path);
        if (Seconds is { } seconds)
            writer.WriteNumber("seconds", seconds);
        if (Html)
            writer.WriteString("body", "html");
        writer.WriteNumber("seed", Seed);
        writer.WriteNumber("matched", Matched);
        writer.WriteNumber("fired", Fired);
    }

    /// <summary>The effect, also where the kind names it.</summary>
    private static FaultEffect? Effects(Dictionary<string, string> given, ref string kind)
    {
        FaultEffect? effect = null;
        if (given.TryGetValue("effect", out string? text))
        {
            effect = ThrottleSettings.TryName(text, out FaultEffect found)
                ? found : throw new UsageException("effect must be before, after or mixed.");
        }
        foreach (FaultEffect named in (ReadOnlySpan<FaultEffect>)[FaultEffect.Before, FaultEffect.After])
        {
            if (!kind.Equals("reset" + named, StringComparison.OrdinalIgnoreCase))
                continue;
            if (effect is not null && effect != named)
                throw new UsageException($"{kind} names its effect.");
            kind = "reset";
            effect = named;
        }
        return effect;
    }

    private static void RequireEffect(FaultKind kind, FaultEffect? effect)
    {
        bool fits = kind switch
        {
            FaultKind.Throttled or FaultKind.ThrottledSilently or FaultKind.ThrottledDate or FaultKind.TokenExpired =>
                effect is null or FaultEffect.Before,
            FaultKind.WrongJson => effect is null or FaultEffect.After,
            FaultKind.Slow => effect is not FaultEffect.Mixed,
            _ => true,
        };
        if (!fits)
            throw new UsageException($"effect={effect.ToString()!.ToLowerInvariant()} does not go with {NameOf(kind)}.");
    }

    private static long Whole(Dictionary<string, string> given, string name, long standard, long least, long most)
    {
        if (!given.TryGetValue(name, out string? text))
            return standard;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= least && number <= most
            ? number
            : throw new UsageException($"{name} must be a whole number, {least} or more.");
    }

    private static double Number(string name, string text, double most) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number <= most
            ? number
            : throw new UsageException($"{name} must be a number from 0 to {most.ToString(CultureInfo.InvariantCulture)}.");

    private double Draw() => (_random.Next() >> 11) * (1.0 / (1L << 53));
}
