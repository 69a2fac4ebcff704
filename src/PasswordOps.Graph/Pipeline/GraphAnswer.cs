using System;
using PasswordOps.Core;

namespace PasswordOps.Graph.Pipeline;

/// <summary>
/// What the service said to one request, or why it said nothing. The body may hold contact data or a password: never log it.
/// </summary>
internal sealed class GraphAnswer
{
    /// <summary>HTTP status; 0 without an answer.</summary>
    public int Status { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    public string? RequestId { get; init; }

    public DateTimeOffset? ServiceTime { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How much of a limit is used up, 1 being all of it; null when the service does not say: below four fifths.</summary>
    public double? LimitUsed { get; init; }

    /// <summary>The token that was refused and may be renewed; null else.</summary>
    public TokenRefusal? Refusal { get; init; }

    /// <summary>True when the batch was answered as one, and not each of its items.</summary>
    public bool IsOfWholeBatch { get; init; }

    /// <summary>True when an answer came that cannot be read.</summary>
    public bool IsGarbled { get; init; }

    public string? Location { get; init; }

    /// <summary>How often the request was sent.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>What broke when no answer came; else null.</summary>
    public Exception? Lost { get; init; }

    /// <summary>Null when the service did what was asked.</summary>
    public PasswordOpsException? Error { get; init; }

    /// <summary>This answer when it is a success.</summary>
    /// <exception cref="PasswordOpsException">It is none.</exception>
    public GraphAnswer OrThrow() => Error is null ? this : throw Error;

    public override string ToString() => Error?.Id ?? Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
