using System;
using System.Collections.Generic;

namespace PasswordOps.OnPremises.Tests.ActiveDirectory;

/// <summary>What a scripted server answers to a search.</summary>
/// <param name="Entries">Names and attributes; values are bytes in Latin-1.</param>
internal sealed record ScriptedAnswer(params (string Dn, Dictionary<string, string[]> Attributes)[] Entries)
{
    /// <summary>The result; null closes the line instead.</summary>
    public int? Result { get; init; } = 0;

    public string Text { get; init; } = string.Empty;

    /// <summary>The cookie of the page; null for no control.</summary>
    public string? Cookie { get; init; }
}
