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
            PaceBudget.DirectoryWrites or PaceBudget.MethodWrites => "writes",
            PaceBudget.Reports => "report requests",
            _ => "reads",
        };
        string rate = PerSecond is double perSecond
            ? string.Format(
                CultureInfo.CurrentCulture, "the service admits about {0:0.#} {1} {2}",
                perSecond >= 1 ? perSecond : perSecond * 60, what, perSecond >= 1 ? "a second" : "a minute")
            : string.Empty;
        if (HeldUntil is not DateTimeOffset until || until <= now)
        {
            return rate;
        }

        string next = string.Format(CultureInfo.CurrentCulture, "next in {0:0} s", Math.Ceiling((until - now).TotalSeconds));
        return rate.Length > 0 ? rate + "; " + next : "the service holds " + what + " back; " + next;
    }
}
