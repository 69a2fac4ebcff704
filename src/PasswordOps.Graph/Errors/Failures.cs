using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PasswordOps.Core;
using PasswordOps.Graph.Pipeline;

namespace PasswordOps.Graph.Errors;

/// <summary>Turns what went wrong with a call to Microsoft Graph into a failure that a person can act on.</summary>
internal sealed class Failures
{
    private const int LongestServiceText = 300;

    private readonly Rights rights;
    private readonly Uri graph;

    public Failures(Rights rights, Uri graph)
    {
        this.rights = rights;
        this.graph = graph;
    }

    /// <summary>The service refused.</summary>
    public PasswordOpsException Refused(
        GraphCall call,
        int status,
        ReadOnlyMemory<byte> body,
        string? requestId,
        DateTimeOffset? time,
        int attempts)
    {
        Fault fault = Fault.Read(body);
        HashSet<string> words = new(StringComparer.OrdinalIgnoreCase)
        {
            call.Route.Operation.Name,
            call.Route.Method,
            status.ToString(CultureInfo.InvariantCulture),
        };
        words.UnionWith(fault.Codes);
        if (IsUnclear(status))
        {
            words.Add("5xx");
        }

        ErrorEntry entry = ErrorTable.Find(ErrorTable.Graph, words);
        bool isDenial = status == 403 && !entry.Words.Contains("403");
        ErrorEvidence evidence = new()
        {
            Status = status,
            ServiceCode = fault.Codes.FirstOrDefault(),
            RequestId = requestId ?? fault.RequestId,
            ServiceTime = time ?? fault.Time,
            MayHaveHappened = IsUnclear(status) && !call.Route.IsRead,
        };
        PasswordOpsException error = Told(isDenial ? Denial(call) : entry, call, evidence, attempts);

        // The service's own text may repeat a number, an address or a password rule's input: it is shown for reads only.
        return entry.Id == "RequestRejected" && !isDenial && call.Route.IsRead && fault.Text is string text
            ? error.Retold(Text.Of($"{error.Message} The service says: {text.Substring(0, Math.Min(text.Length, LongestServiceText))}"))
            : error;
    }

    /// <summary>No answer came.</summary>
    public PasswordOpsException Unanswered(GraphCall call, Exception error, int attempts)
    {
        NoAnswer reason = NoAnswer.From(error);
        if (reason.SurelyNotSent)
        {
            return Told(ErrorTable.Own("ServiceUnreachable"), call, ErrorEvidence.None, attempts, reason.Why);
        }

        return call.Route.IsRead
            ? Told(ErrorTable.Own("ConnectionLost"), call, ErrorEvidence.None, attempts)
            : Told(ErrorTable.Own("OutcomeUnknown"), call, new ErrorEvidence { MayHaveHappened = true }, attempts);
    }

    /// <summary>An answer came that cannot be understood, or none for one request of a batch.</summary>
    public PasswordOpsException Misunderstood(GraphCall call, string? requestId = null) =>
        Told(
            ErrorTable.Own(call.Route.IsRead ? "AnswerInvalid" : "OutcomeUnknown"),
            call,
            new ErrorEvidence { RequestId = requestId, MayHaveHappened = !call.Route.IsRead },
            1);

    /// <summary>A failure that the product finds out by itself.</summary>
    public PasswordOpsException Own(
        string id, GraphCall call, ErrorEvidence? evidence = null, params (string Name, string Value)[] values) =>
        Told(ErrorTable.Own(id), call, evidence ?? ErrorEvidence.None, 1, more: values);

    /// <summary>True for a status after which a change may have taken effect all the same.</summary>
    private static bool IsUnclear(int status) => status is >= 500 or 408;

    private ErrorEntry Denial(GraphCall call)
    {
        if (!rights.IsKnown)
        {
            return ErrorTable.Own("AccessDenied");
        }

        IReadOnlyList<string> enough = call.Route.Operation.Permissions(rights.IsAppOnly);
        return enough.Count == 0
            ? ErrorTable.Own("AppOnlyNotSupported")
            : ErrorTable.Own(
                !rights.HasAny(enough) ? "PermissionMissing" : call.Route == Routes.ChangePassword ? "OwnPasswordDenied" : "RoleMissing");
    }

    private PasswordOpsException Told(
        ErrorEntry entry, GraphCall call, ErrorEvidence evidence, int attempts, string why = "",
        (string Name, string Value)[]? more = null)
    {
        IReadOnlyList<string> enough = call.Route.Operation.Permissions(rights.IsAppOnly);
        (string Name, string Value)[] values =
        {
            ("subject", call.Subject),
            ("title", call.Route.Operation.Title),
            ("permission", enough.Count > 0 ? enough[0] : Text.Of($"none")),
            ("sort", rights.IsAppOnly ? Text.Of($"application permission") : Text.Of($"delegated permission")),
            ("account", rights.Account),
            ("client", rights.ClientId),
            ("host", graph.Authority),
            ("why", why),
            ("status", evidence.Status?.ToString(CultureInfo.InvariantCulture) ?? Text.Of($"no status")),
            ("code", evidence.ServiceCode ?? Text.Of($"no code")),
            ("attempts", attempts.ToString(CultureInfo.InvariantCulture)),
        };
        return entry.Tell(evidence, more is null ? values : values.Concat(more).ToArray());
    }
}
