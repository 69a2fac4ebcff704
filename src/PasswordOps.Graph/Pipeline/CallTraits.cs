using System.Threading;
using Azure.Core;

namespace PasswordOps.Graph.Pipeline;

/// <summary>What the policies have to know of a request beyond its bytes.</summary>
internal sealed class CallTraits
{
    /// <summary>True when sending it twice changes nothing.</summary>
    public bool IsRead { get; init; }

    /// <summary>How often it was sent so far, this time included once it is under way.</summary>
    public int Attempts { get; set; }

    /// <summary>Requests inside a batch; 0 for a plain one.</summary>
    public int Items { get; init; }

    /// <summary>The token that the service took no longer when this was sent before; null when that did not happen.</summary>
    public TokenRefusal? Refusal { get; init; }

    /// <summary>Tells the token that went with it from others, without being it.</summary>
    public string? TokenMark { get; set; }

    /// <summary>True when the token was renewed on the way already.</summary>
    public bool IsRenewed { get; set; }

    public static CallTraits? Of(HttpMessage message) =>
        message.TryGetProperty(typeof(CallTraits), out object? value) ? value as CallTraits : null;

    public void PutOn(HttpMessage message) => message.SetProperty(typeof(CallTraits), this);
}
