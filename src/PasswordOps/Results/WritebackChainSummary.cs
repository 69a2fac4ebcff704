using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Checks;
using PasswordOps.Core.Writeback.Chain;

namespace PasswordOps;

/// <summary>Answer to "do passwords get from the cloud to the domain controller?", with its words in the view.</summary>
public sealed record WritebackChainSummary : ChainReport
{
    private readonly CultureInfo language = Text.Language;

    [SetsRequiredMembers]
    internal WritebackChainSummary(ChainReport original)
        : base(original)
    {
        Checks = original.Checks.Select(check => new SsprCheck(check)).ToArray();
        WeakestLink = original.WeakestLink is null ? null : new SsprCheck(original.WeakestLink);
    }

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => Text.In(language, () => PasswordOps.Card.Of(
        Text.Of($"Password writeback") + "  " + Paint.Word(Verdict),
        new (string, string?)[] { ("answer", Headline), ("next", NextStep ?? Text.Of($"nothing to do")) }
            .Concat(Links.Select(link => (Word(link.Link), (string?)(State(link.Verdict) + "  " + link.Headline))))
            .Append(("checks", CheckWords.Count(Checks)))
            .Append(("took", Elapsed.TotalSeconds.ToString("0.0", CultureInfo.CurrentCulture) + " s"))
            .Append(("limits", string.Join("\n", Limits)))
            .Append(("details", Paint.Dim("| Select-Object -ExpandProperty Checks, or Links")))
            .ToArray()));

    /// <inheritdoc/>
    public override string ToString() => base.ToString();

    private static string Word(ChainLink link) => link switch
    {
        ChainLink.Cloud => "cloud",
        ChainLink.Network => "network",
        ChainLink.Server => "server",
        ChainLink.Events => "events",
        ChainLink.CloudSync => "cloud sync",
        ChainLink.Rights => "rights",
        ChainLink.Domain => "domain",
        _ => "user",
    };

    private static string State(Verdict verdict) => verdict switch
    {
        Verdict.Pass => Paint.Good("ok"),
        Verdict.Warn => Paint.Doubt("weak"),
        Verdict.Fail => Paint.Bad("broken"),
        Verdict.Unknown => Paint.Doubt("unknown"),
        _ => Paint.Dim("-"),
    };
}
