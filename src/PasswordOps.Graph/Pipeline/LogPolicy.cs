using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PasswordOps.Graph.Pipeline;

/// <summary>Writes one line an attempt: method, path, status, duration, request id. Of the path it writes known words only.</summary>
internal sealed class LogPolicy : HttpPipelinePolicy
{
    private static readonly HashSet<string> KnownWords = new(
        Routes.All.SelectMany(route => route.Template.Split('/')).Where(word => word.IndexOf('{') < 0)
            .Concat(new[] { "v1.0", "$batch", "oauth2", "v2.0", "token", "devicecode", "authorize", string.Empty }),
        StringComparer.OrdinalIgnoreCase);

    private readonly Action<string> write;

    public LogPolicy(Action<string> write)
    {
        this.write = write;
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        long start = Stopwatch.GetTimestamp();
        string outcome = "no answer";
        try
        {
            await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
            outcome = message.Response.Status.ToString(CultureInfo.InvariantCulture);
        }
        finally
        {
            write(Line(message, outcome, start));
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        // Managed identity asks for its token this way on some platforms.
        long start = Stopwatch.GetTimestamp();
        string outcome = "no answer";
        try
        {
            ProcessNext(message, pipeline);
            outcome = message.Response.Status.ToString(CultureInfo.InvariantCulture);
        }
        finally
        {
            write(Line(message, outcome, start));
        }
    }

    internal static string Safe(string path)
    {
        StringBuilder safe = new();
        foreach (string segment in path.Trim('/').Split('/'))
        {
            safe.Append('/').Append(KnownWords.Contains(segment) ? segment : "{id}");
        }

        return safe.ToString();
    }

    private static string Line(HttpMessage message, string outcome, long start)
    {
        double milliseconds = (Stopwatch.GetTimestamp() - start) * 1000.0 / Stopwatch.Frequency;
        CallTraits? traits = CallTraits.Of(message);
        string items = traits is { Items: > 0 } ? FormattableString.Invariant($" ({traits.Items} requests)") : string.Empty;
        string attempt = traits is { Attempts: > 1 } ? FormattableString.Invariant($", attempt {traits.Attempts}") : string.Empty;
        string? header = null;
        bool isNamed = message.HasResponse && message.Response.Headers.TryGetValue("request-id", out header);
        string requestId = isNamed && Guid.TryParse(header, out Guid known) ? ", request id " + known.ToString("D") : string.Empty;
        string path = Safe(message.Request.Uri.ToUri().AbsolutePath);
        return FormattableString.Invariant($"{message.Request.Method} {path}{items}: {outcome} in {milliseconds:0} ms{attempt}{requestId}");
    }
}
