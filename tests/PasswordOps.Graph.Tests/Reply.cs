using System;
using System.Net;
using System.Net.Http;
using System.Text;

namespace PasswordOps.Graph.Tests;

/// <summary>Answers of the fake service.</summary>
internal sealed class Reply
{
    private readonly (string Name, string Value)[] headers;

    private Reply(int status, string body, (string Name, string Value)[] headers)
    {
        Status = status;
        Body = body;
        this.headers = headers;
    }

    public int Status { get; }

    public string Body { get; }

    public static Reply Json(string body, params (string Name, string Value)[] headers) => new(200, body, headers);

    public static Reply Of(int status, string body = "", params (string Name, string Value)[] headers) => new(status, body, headers);

    public static Reply Error(
        int status, string code, string message = "text of the service", params (string Name, string Value)[] headers) =>
        new(
            status,
            "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message
                + "\",\"innerError\":{\"date\":\"2026-08-18T09:12:44\",\"request-id\":\"8f1e2d3c-4b5a-4697-8f80-1a2b3c4d5e6f\"}}}",
            headers);

    public HttpResponseMessage ToMessage()
    {
        HttpResponseMessage message = new((HttpStatusCode)Status) { Content = new StringContent(Body, Encoding.UTF8, "application/json") };
        message.Headers.TryAddWithoutValidation("request-id", "6d0f4a52-1b7e-4c39-8a90-2f3e4d5c6b7a");
        foreach ((string name, string value) in headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    /// <summary>The answer as an item of a batch.</summary>
    public string ToItem(string id)
    {
        StringBuilder item = new();
        item.Append("{\"id\":\"").Append(id).Append("\",\"status\":").Append(Status).Append(",\"headers\":{");
        for (int i = 0; i < headers.Length; i++)
        {
            item.Append(i == 0 ? string.Empty : ",")
                .Append('"').Append(headers[i].Name).Append("\":\"").Append(headers[i].Value).Append('"');
        }

        item.Append('}');
        if (Body.Length > 0)
        {
            item.Append(",\"body\":").Append(Body);
        }

        return item.Append('}').ToString();
    }
}
