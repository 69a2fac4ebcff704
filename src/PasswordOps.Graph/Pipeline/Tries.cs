using System;

namespace PasswordOps.Graph.Pipeline;

/// <summary>
/// Decides whether one request is sent again. A refusal for load (429) or of the token (401) proves that nothing happened, so any request
/// comes back. A server error, a broken connection and an answer that cannot be read prove nothing: only reads come back.
/// </summary>
internal sealed class Tries
{
    // Waiting for the pace costs nothing; this ends the odd request that is refused while all others are admitted.
    private const int MostRefusals = 25;
    private const int MostUnread = 3;

    private readonly GraphOptions options;
    private int refused;
    private int failed;
    private TimeSpan waited;

    public Tries(GraphOptions options) => this.options = options;

    /// <summary>How often it was sent.</summary>
    public int Sent { get; set; }

    /// <summary>The token that was refused when it was sent last.</summary>
    public TokenRefusal? Refusal { get; private set; }

    /// <summary>How long to wait before it is sent again, apart from the pace; null when this answer stands.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="isRead">True when sending twice changes nothing.</param>
    /// <param name="isHopeful">False when the service has been refusing everything for too long.</param>
    /// <param name="waitsAlone">True when the pace does not see to it that a refused request waits.</param>
    public TimeSpan? Again(GraphAnswer answer, bool isRead, bool isHopeful, bool waitsAlone)
    {
        if (answer.Status == 429)
        {
            return !isHopeful || ++refused >= MostRefusals ? null
                : waitsAlone ? answer.RetryAfter ?? RetryTiming.Backoff(refused, options.Random())
                : TimeSpan.Zero;
        }

        if (answer.Status == 401)
        {
            bool isFirst = Refusal is null;
            Refusal ??= answer.Refusal;
            return isFirst && Refusal is not null ? TimeSpan.Zero : null;
        }

        bool isUnread = answer.Lost is not null || answer.IsGarbled;
        if (!isRead || !(isUnread || IsPassing(answer.Status)) || ++failed >= (isUnread ? MostUnread : options.Attempts))
        {
            return null;
        }

        TimeSpan wait = answer.RetryAfter ?? RetryTiming.Backoff(failed, options.Random());
        waited += wait;
        return waited > options.LongestWait ? null : wait;
    }

    /// <summary>Trouble of the service or the way to it that may be over soon.</summary>
    private static bool IsPassing(int status) => status is 408 or 500 or 502 or 503 or 504;
}
