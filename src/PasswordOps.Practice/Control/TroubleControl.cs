using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using PasswordOps.Practice.Faults;
using PasswordOps.Practice.Graph;
using PasswordOps.Practice.State;
using PasswordOps.Practice.Throttling;

namespace PasswordOps.Practice.Control;

/// <summary>Makes the service refuse, break and lag while it runs.</summary>
internal sealed class TroubleControl(GraphService graph, Replication replication)
{
    /// <summary>What is left out stays; what was counted is forgotten.</summary>
    internal Answer SetThrottle(Query query)
    {
        ThrottleSettings settings = graph.Throttle.Settings;
        if (query["regime"] is { } name)
        {
            if (!ThrottleSettings.TryName(name, out ThrottleRegime regime))
                return ControlService.Problem(400, "regime must be none, documented or strict.");
            settings = settings with { Regime = regime };
        }
        if (query["kind"] is { } form)
        {
            if (!ThrottleSettings.TryName(form, out WindowKind kind))
                return ControlService.Problem(400, "kind must be sliding, fixed or bucket.");
            settings = settings with { Kind = kind };
        }
        if (query["scale"] is { } text)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int scale)
                || scale is < 1 or > ThrottleSettings.MostScale)
                return ControlService.Problem(400, $"scale must be a whole number from 1 to {ThrottleSettings.MostScale}.");
            settings = settings with { Scale = scale };
        }
        graph.Throttle.Settings = settings;
        return ControlService.Plain(graph.Throttle.WriteState);
    }

    /// <summary>Lets reads lag; what was written so far shows at once.</summary>
    internal Answer SetConsistency(Query query)
    {
        int seed = 1;
        if (!int.TryParse(query["ms"], NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds)
            || milliseconds > Replication.MostMilliseconds
            || (query["seed"] is { } text && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed)))
            return ControlService.Problem(400, $"ms must be a whole number from 0 to {Replication.MostMilliseconds}, seed one from 0 on.");
        replication.Set(milliseconds, seed);
        return ControlService.Plain(writer => writer.WriteNumber("ms", milliseconds));
    }

    /// <summary>One rule in the query, or one or many in a body of JSON.</summary>
    internal async Task<Answer> AddFaultsAsync(HttpContext context, Query query)
    {
        var rules = new List<FaultRule>();
        try
        {
            if (query.Parts.Count > 0)
                rules.Add(FaultRule.Parse(query.Parts));
            else
                rules.AddRange((await ReadAsync(context)).Select(FaultRule.Parse));
        }
        catch (UsageException error)
        {
            return ControlService.Problem(400, error.Message);
        }
        catch (JsonException)
        {
            return ControlService.Problem(400, "Send a fault as query, or one or a list of them as JSON.");
        }
        graph.Faults.Add(rules);
        return ControlService.Plain(graph.Faults.Write);
    }

    internal Answer RemoveFaults(Query query)
    {
        int? id = null;
        if (query["id"] is { } text)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                return ControlService.Problem(400, "id must be that of a fault.");
            id = number;
        }
        int removed = graph.Faults.Remove(id);
        return id is not null && removed == 0
            ? ControlService.Problem(404, "No such fault.")
            : ControlService.Plain(writer => writer.WriteNumber("removed", removed));
    }

    private static async Task<List<KeyValuePair<string, string>[]>> ReadAsync(HttpContext context)
    {
        try
        {
            using JsonDocument body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            JsonElement root = body.RootElement;
            return (root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToArray() : [root]).Select(Values).ToList();
        }
        catch (IOException error)
        {
            throw new JsonException(error.Message, error);
        }
    }

    private static KeyValuePair<string, string>[] Values(JsonElement rule) => rule.ValueKind == JsonValueKind.Object
        ? rule.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, property.Value.ToString())).ToArray()
        : throw new JsonException("A fault is an object.");
}
