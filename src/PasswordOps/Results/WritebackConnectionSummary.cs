using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Writeback.Connection;

namespace PasswordOps;

/// <summary>Answer to "does this machine reach what password writeback needs?", with its words in the view.</summary>
public sealed record WritebackConnectionSummary : ConnectionReport
{
    private readonly CultureInfo language = Text.Language;

    [SetsRequiredMembers]
    internal WritebackConnectionSummary(ConnectionReport original)
        : base(original)
    {
        Checks = original.Checks.Select(check => new SsprCheck(check)).ToArray();
        Endpoints = original.Endpoints.Select(endpoint => new WritebackEndpointSummary(endpoint)).ToArray();
    }

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => Text.In(language, () => PasswordOps.Card.Of(
        Machine + "  " + Paint.Word(Verdict),
        ("answer", Headline),
        ("next", NextStep ?? Text.Of($"nothing to do")),
        ("endpoints", string.Join("\n", Endpoints.OfType<WritebackEndpointSummary>().Select(endpoint => endpoint.Line))),
        ("checks", CheckWords.Count(Checks)),
        ("limits", string.Join("\n", Limits)),
        ("details", Paint.Dim("| Select-Object -ExpandProperty Endpoints, or Checks"))));

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
