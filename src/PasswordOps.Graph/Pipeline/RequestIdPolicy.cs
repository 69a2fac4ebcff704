using Azure.Core;
using Azure.Core.Pipeline;

namespace PasswordOps.Graph.Pipeline;

/// <summary>Names the request and the product, so that the service's support can find both.</summary>
internal sealed class RequestIdPolicy : HttpPipelineSynchronousPolicy
{
    internal static readonly string Product = "PasswordOps/" + typeof(RequestIdPolicy).Assembly.GetName().Version!.ToString(3);

    public override void OnSendingRequest(HttpMessage message)
    {
        message.Request.Headers.SetValue("client-request-id", message.Request.ClientRequestId);
        message.Request.Headers.SetValue("User-Agent", Product);
    }
}
