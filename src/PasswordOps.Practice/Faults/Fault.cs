namespace PasswordOps.Practice.Faults;

/// <summary>What goes wrong.</summary>
internal enum FaultKind
{
    /// <summary>429 with Retry-After.</summary>
    Throttled,

    /// <summary>429 that does not say how long to wait.</summary>
    ThrottledSilently,

    /// <summary>429 with Retry-After as a date.</summary>
    ThrottledDate,

    /// <summary>502.</summary>
    BadGateway,

    /// <summary>503.</summary>
    Unavailable,

    /// <summary>504.</summary>
    GatewayTimeout,

    /// <summary>500.</summary>
    Internal,

    /// <summary>The connection breaks without an answer.</summary>
    Reset,

    /// <summary>The answer takes long.</summary>
    Slow,

    /// <summary>401 for a token that counts.</summary>
    TokenExpired,

    /// <summary>The request is carried out, and the body of its answer is cut or something else.</summary>
    WrongJson,

    /// <summary>Each time another one of those that end a request in a bad way.</summary>
    Any,
}

/// <summary>Whether a request that goes wrong is carried out.</summary>
internal enum FaultEffect
{
    Before,

    After,

    /// <summary>Sometimes; of a batch that goes wrong as a whole the first few items.</summary>
    Mixed,
}

/// <summary>One request that goes wrong.</summary>
/// <param name="Kind">How.</param>
/// <param name="Effect">Whether it is carried out.</param>
/// <param name="Draw">Settles what is left to chance, from 0 to below 1.</param>
internal sealed record Fault(FaultKind Kind, FaultEffect Effect, double Draw)
{
    internal const string SlowName = "slow";

    /// <summary>To wait, as the answer tells; null when the rule does not say.</summary>
    public double? Seconds { get; init; }

    /// <summary>The body is a page for people, as gateways answer.</summary>
    public bool Html { get; init; }

    /// <summary>Carries out a request of its own, or one item of a batch.</summary>
    public bool CarriesOut => Effect == FaultEffect.After || (Effect == FaultEffect.Mixed && Draw < 0.5);

    public string Name => FaultRule.NameOf(Kind);

    /// <summary>How many items of a batch that goes wrong as a whole are carried out.</summary>
    public int Cut(int items) => Effect switch
    {
        FaultEffect.Before => 0,
        FaultEffect.After => items,
        _ => (int)(Draw * (items + 1)),
    };
}
