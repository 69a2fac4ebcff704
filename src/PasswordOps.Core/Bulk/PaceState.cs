using System;
using System.Globalization;

namespace PasswordOps.Core.Bulk;

/// <summary>How the service treats one budget of a connection.</summary>
/// <param name="Budget">Which requests are meant.</param>
/// <param name="Requests">Requests sent so far, each item of a batch counted.</param>
/// <param name="Refused">Requests that the service refused for load (429); they were sent again.</param>
/// <param name="PerSecond">Requests a second that the service admits, as far as it showed; null as long as it holds nothing back.</param>
/// <param name="HeldUntil">When the next request may go; null when nothing waits.</param>
public sealed record PaceState(PaceBudget Budget, long Requests, long Refused, double? PerSecond, DateTimeOffset? HeldUntil)
{
    /// <summary>One line for people, in their own culture's numbers.</summary>
    /// <param name="now">The present time.</param>
    /// <returns>What the service admits and when it goes on; empty when the service holds nothing back.</returns>
    public string Tell(DateTimeOffset now)
    {
        string what = Budget switch
        {
            PaceBudget.DirectoryWrites or PaceBudget.MethodWrites => Text.Of($"writes"),
            PaceBudget.Reports => Text.Of($"report requests"),
            _ => Text.Of($"reads"),
        };
        string rate = PerSecond is double perSecond
            ? perSecond >= 1
                ? Text.Of($"the service admits about {perSecond.ToString("0.#", CultureInfo.CurrentCulture)} {what} a second")
                : Text.Of($"the service admits about {(perSecond * 60).ToString("0.#", CultureInfo.CurrentCulture)} {what} a minute")
            : string.Empty;
        if (HeldUntil is not DateTimeOffset until || until <= now)
        {
            return rate;
        }

        double seconds = Math.Ceiling((until - now).TotalSeconds);
        return rate.Length > 0
            ? Text.Of($"{rate}; next in {seconds:0} s")
            : Text.Of($"the service holds {what} back; next in {seconds:0} s");
    }
}
