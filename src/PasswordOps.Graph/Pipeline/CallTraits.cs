using System.Threading;
using Azure.Core;

namespace PasswordOps.Graph.Pipeline;

/// <summary>What the policies have to know of a request beyond its bytes.</summary>
internal sealed class CallTraits
{
    /// <summary>True when sending it twice changes nothing.</summary>
    public bool IsRead { get; init; }

    /// <summary>Ends the waits between attempts. A write under way is not torn off by it, since its outcome would be lost.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>How often it was sent so far.</summary>
    public int Attempts { get; set; }

    /// <summary>Requests inside a batch; 0 for a plain one.</summary>
    public int Items { get; init; }

    public static CallTraits? Of(HttpMessage message) =>
        message.TryGetProperty(typeof(CallTraits), out object? value) ? value as CallTraits : null;

    public void PutOn(HttpMessage message) => message.SetProperty(typeof(CallTraits), this);
}
