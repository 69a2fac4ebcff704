using System.Globalization;
using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps;

/// <summary>What was found of one endpoint, with its words in the view.</summary>
public sealed record WritebackEndpointSummary : EndpointReport
{
    private readonly CultureInfo language = Text.Language;

    [SetsRequiredMembers]
    internal WritebackEndpointSummary(EndpointReport original)
        : base(original)
    {
        Checks = original.Checks.Select(check => new SsprCheck(check)).ToArray();
    }

    /// <summary>The view: verdict, name, what was seen, and the next step where there is one.</summary>
    [Hidden]
    public string Card => Text.In(language, () => PasswordOps.Card.Row(
        Headline + (Facts.Length > 0 ? "\n" + Facts : string.Empty)
            + (NextStep is null ? string.Empty : "\n" + Paint.Dim(Text.Of($"next: {NextStep}"))),
        (Paint.Word(Verdict), 13)));

    /// <summary>Verdict, name and what was seen, in one line of a card.</summary>
    internal string Line => Paint.Word(Verdict) + " " + Name + (Facts.Length > 0 ? "  " + Facts : string.Empty);

    private string Facts => string.Join(", ", Seen());

    /// <inheritdoc/>
    public override string ToString() => base.ToString();

    private IEnumerable<string> Seen()
    {
        if (IsExample)
        {
            yield return Text.Of($"an example");
        }

        if (Proxy is not null)
        {
            yield return Text.Of($"proxy {Proxy}");
        }

        if (Latency is TimeSpan latency)
        {
            yield return FormattableString.Invariant($"{latency.TotalMilliseconds:0} ms");
        }

        if (TlsVersion is not null)
        {
            yield return TlsVersion;
        }

        if (SignedBy is not null)
        {
            yield return Text.Of($"signed by {SignedBy}");
        }

        if (Status is int status)
        {
            yield return FormattableString.Invariant($"HTTP {status}");
        }

        if (IdleAfter is TimeSpan after && IdleEnd is HoldEnd end and not HoldEnd.NotOpened)
        {
            yield return end == HoldEnd.Held
                ? Text.Of($"silent for {after.TotalSeconds:0} s and open")
                : Text.Of($"cut after {after.TotalSeconds:0} s of silence");
        }
    }
}
