using System;
using System.Collections.Generic;

namespace PasswordOps.Graph.Tests;

/// <summary>One request as it came to the fake service.</summary>
internal sealed record Recorded(string Method, Uri Address, string Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Path and query as sent, still escaped.</summary>
    public string Path => Address.PathAndQuery;

    public bool IsToken => Path.Contains("/oauth2/v2.0/");

    public bool IsBatch => Path == "/v1.0/$batch";

    public string Header(string name) => Headers.TryGetValue(name, out string? value) ? value : string.Empty;

    public override string ToString() => Method + " " + Path;
}
