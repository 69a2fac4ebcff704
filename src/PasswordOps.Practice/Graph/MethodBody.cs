using System;
using System.Collections.Generic;
using System.Text.Json;

namespace PasswordOps.Practice.Graph;

/// <summary>Reads the body of a write to an authentication method, as strictly as the service.</summary>
internal static class MethodBody
{
    internal static IEnumerable<JsonProperty> Properties(Call call)
    {
        if (call.Body is not { ValueKind: JsonValueKind.Object } body)
            throw Unreadable();
        foreach (JsonProperty property in body.EnumerateObject())
        {
            // The service chokes on the type annotation that some SDKs send along.
            if (property.Name.StartsWith('@'))
                throw Unreadable();
        }
        return body.EnumerateObject();
    }

    internal static string Text(JsonProperty property) => property.Value.ValueKind == JsonValueKind.String
        ? property.Value.GetString()!
        : throw Unreadable();

    private static GraphException Unreadable() =>
        GraphException.MethodBadRequest("Unable to parse request body as an authentication method.");
}
