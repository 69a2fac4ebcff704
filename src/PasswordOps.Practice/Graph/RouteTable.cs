using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Practice.Access;

namespace PasswordOps.Practice.Graph;

/// <summary>One route of Graph. Units: what a call costs of the resource budget; 0 outside the directory.</summary>
internal sealed record Route(string Method, string Template, int Units, Func<Call, Answer> Handle, RoutePermissions Permissions)
{
    public string[] Segments { get; } = Template.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The authentication method service has its own error form.</summary>
    public bool Authentication { get; } = Template.Contains("/authentication/", StringComparison.Ordinal);

    /// <summary>Reports and logs have a narrow limit of their own.</summary>
    public bool Report { get; } =
        Template.StartsWith("/reports/", StringComparison.Ordinal) || Template.StartsWith("/auditLogs/", StringComparison.Ordinal);
}

/// <summary>The routes that this tenant knows.</summary>
internal sealed class RouteTable
{
    private readonly List<Route> _routes = [];

    public IReadOnlyList<Route> Routes => _routes;

    public void Map(string method, string template, int units, Func<Call, Answer> handle) =>
        _routes.Add(new Route(method, template, units, handle, Permissions.For(method, template)));

    /// <summary>The route for a path. Throws the service's errors for a path or method that it does not know.</summary>
    public Route Find(string method, IReadOnlyList<string> segments, out IReadOnlyList<string> values)
    {
        bool otherMethod = false;
        foreach (Route route in _routes)
        {
            if (!Matches(route, segments))
                continue;
            if (route.Method == method)
            {
                values = segments.Where((_, index) => IsPlaceholder(route.Segments[index])).ToArray();
                return route;
            }
            otherMethod = true;
        }
        throw otherMethod
            ? new GraphException(405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.")
            : GraphException.NoSegment(Unknown(segments));
    }

    private static bool Matches(Route route, IReadOnlyList<string> segments)
    {
        if (route.Segments.Length != segments.Count)
            return false;
        for (int index = 0; index < segments.Count; index++)
        {
            string expected = route.Segments[index];
            bool fits = IsPlaceholder(expected)
                ? !segments[index].StartsWith('$')
                : string.Equals(expected, segments[index], StringComparison.OrdinalIgnoreCase);
            if (!fits)
                return false;
        }
        return true;
    }

    private static bool IsPlaceholder(string segment) => segment[0] == '{';

    /// <summary>The first segment that no route has at its place.</summary>
    private string Unknown(IReadOnlyList<string> segments)
    {
        for (int depth = 0; depth < segments.Count; depth++)
        {
            int length = depth + 1;
            bool known = _routes.Any(route => route.Segments.Length >= length && Enumerable.Range(0, length).All(index =>
                IsPlaceholder(route.Segments[index])
                    || string.Equals(route.Segments[index], segments[index], StringComparison.OrdinalIgnoreCase)));
            if (!known)
                return segments[depth];
        }
        return segments.Count == 0 ? "" : segments[^1];
    }
}
