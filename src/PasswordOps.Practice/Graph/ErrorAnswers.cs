using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using PasswordOps.Practice.Access;
using PasswordOps.Practice.Faults;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Graph;

/// <summary>Answers of Graph that are errors, those that are made up to practise with among them.</summary>
internal sealed class ErrorAnswers(TenantState tenant, BearerCheck bearers)
{
    private int _secondsAhead;

    /// <summary>How far the Date header of every answer is off.</summary>
    internal int SecondsAhead
    {
        get => Volatile.Read(ref _secondsAhead);
        set => Volatile.Write(ref _secondsAhead, value);
    }

    internal Answer Of(GraphException error, Guid requestId, Guid clientRequestId, bool authentication)
    {
        ReadOnlyMemory<byte> body = Answer.Bytes(writer =>
        {
            writer.WriteStartObject("error");
            writer.WriteString("code", error.Code);
            writer.WriteString("message", error.Message);
            writer.WriteStartObject("innerError");
            if (authentication)
                writer.WriteString("message", error.Message);
            writer.WriteString("date", tenant.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
            writer.WriteString("request-id", requestId);
            writer.WriteString("client-request-id", clientRequestId);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
        return new Answer(error.Status, body, Answer.PlainJson) { Headers = error.Headers };
    }

    /// <summary>What a fault makes of an answer; the answer itself where nothing goes wrong.</summary>
    internal Answer Shown(Fault? fault, GraphRequest request, Answer made)
    {
        if (fault is null)
            return made;
        string seconds = Math.Ceiling(fault.Seconds ?? 1).ToString(CultureInfo.InvariantCulture);
        GraphException? error = fault.Kind switch
        {
            FaultKind.Throttled => GraphException.TooMany(null, RetryAfter(seconds)),
            FaultKind.ThrottledSilently => GraphException.TooMany(null, null),
            FaultKind.ThrottledDate => GraphException.TooMany(null, RetryAfter(Date(fault.Seconds ?? 1))),
            FaultKind.Unavailable => new GraphException(503, "serviceNotAvailable", "Service unavailable")
            {
                Headers = fault.Seconds is null ? null : RetryAfter(seconds),
            },
            FaultKind.BadGateway => new GraphException(502, "UnknownError", ""),
            FaultKind.GatewayTimeout => new GraphException(504, "UnknownError", ""),
            FaultKind.Internal => new GraphException(500, "UnknownError", ""),
            FaultKind.TokenExpired => bearers.Expired(),
            _ => null,
        };
        if (error is null)
            return fault.Kind == FaultKind.WrongJson ? made.Spoilt(fault.Draw, request.Item is not null) : Answer.Nothing;
        made.Release();
        Answer shown = Of(error, request.RequestId, request.ClientRequestId, request.Authentication);
        return fault.Html ? shown.AsPage() : shown;
    }

    private static Dictionary<string, string> RetryAfter(string value) => new() { ["Retry-After"] = value };

    /// <summary>A moment from here, to the second above, in the words of a header and by the clock of the Date header.</summary>
    private string Date(double seconds)
    {
        DateTimeOffset moment = tenant.Now.AddSeconds(SecondsAhead + seconds);
        return new DateTimeOffset(moment.UtcTicks + TimeSpan.TicksPerSecond - 1, TimeSpan.Zero).ToString("R", CultureInfo.InvariantCulture);
    }
}
