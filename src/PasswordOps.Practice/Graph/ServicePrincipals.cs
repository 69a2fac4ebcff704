using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Graph;

/// <summary>Applications as this tenant holds them.</summary>
internal static class ServicePrincipals
{
    internal static void Map(RouteTable routes)
    {
        routes.Map("GET", "/servicePrincipals/{id}", 1, call => One(call, application => application.ServicePrincipalId));
        routes.Map("GET", "/servicePrincipals(appId)/{appId}", 1, call => One(call, application => application.AppId));
    }

    internal static void Write(Utf8JsonWriter writer, Application application, IReadOnlyList<string> selected)
    {
        (string Name, object? Value)[] members =
        [
            ("id", application.ServicePrincipalId), ("appId", application.AppId), ("displayName", application.DisplayName),
            ("accountEnabled", application.Enabled), ("servicePrincipalType", "Application"),
        ];
        foreach ((string name, object? value) in members)
        {
            if (selected.Count == 0 || selected.Contains(name, StringComparer.OrdinalIgnoreCase))
                writer.WriteAny(name, value);
        }
    }

    /// <summary>The application whose service principal the path names.</summary>
    internal static Application Wanted(Call call) => Wanted(call, application => application.ServicePrincipalId);

    private static Application Wanted(Call call, Func<Application, Guid> key) =>
        Guid.TryParse(call.Values[0], out Guid id)
            && call.Tenant.Applications.FirstOrDefault(application => key(application) == id) is { } found
            ? found
            : throw GraphException.NotFound(call.Values[0]);

    private static Answer One(Call call, Func<Application, Guid> key)
    {
        Application application = Wanted(call, key);
        IReadOnlyList<string> selected = call.Query.Select ?? [];
        return Answer.Json(writer =>
        {
            writer.WriteString(
                "@odata.context",
                call.Context(selected.Count == 0
                    ? "servicePrincipals/$entity" : $"servicePrincipals({string.Join(',', selected)})/$entity"));
            Write(writer, application, selected);
        });
    }
}
