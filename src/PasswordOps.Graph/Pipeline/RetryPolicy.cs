using System;
using System.Threading.Tasks;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PasswordOps.Graph.Pipeline;

/// <summary>
/// Sends again what may be sent again. A refusal for load (429) proves that nothing happened, so any request comes back after the time
/// that the service asks for. A gateway error or a broken connection proves nothing: only reads come back.
/// </summary>
internal sealed class RetryPolicy : HttpPipelinePolicy
{
    private const int AttemptsWithoutAnswer = 3;

    private readonly GraphOptions options;

    public RetryPolicy(GraphOptions options)
    {
        this.options = options;
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        CallTraits traits = CallTraits.Of(message) ?? new CallTraits { IsRead = false, Stop = message.CancellationToken };
        TimeSpan waited = TimeSpan.Zero;
        while (true)
        {
            traits.Attempts++;
            TimeSpan wait;
            try
            {
                await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
                bool again = message.Response.Status == 429 || (traits.IsRead && message.Response.Status is 500 or 502 or 503 or 504);
                if (!again || traits.Attempts >= options.Attempts)
                {
                    return;
                }

                wait = RetryTiming.Asked(message.Response, options.Clock.UtcNow) ?? RetryTiming.Backoff(traits.Attempts, options.Random());
                if (waited + wait > options.LongestWait)
                {
                    return;
                }

                message.Response.Dispose();
            }
            catch (Exception error) when (
                traits.IsRead
                && traits.Attempts < AttemptsWithoutAnswer
                && !message.CancellationToken.IsCancellationRequested
                && NoAnswer.Is(error))
            {
                wait = RetryTiming.Backoff(traits.Attempts, options.Random());
            }

            waited += wait;
            await options.Clock.DelayAsync(wait, traits.Stop).ConfigureAwait(false);
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Requests are sent asynchronously only.");
}
