using System;
using System.Threading.Tasks;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PasswordOps.Graph.Pipeline;

/// <summary>
/// Stands where the library would send again by itself: sends once. Whether a request comes back is decided above, where its share of the
/// pace is asked for each time.
/// </summary>
internal sealed class AttemptPolicy : HttpPipelinePolicy
{
    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (CallTraits.Of(message) is CallTraits traits)
        {
            traits.Attempts++;
        }

        return ProcessNextAsync(message, pipeline);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Requests are sent asynchronously only.");
}
