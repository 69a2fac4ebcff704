using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Access;

/// <summary>The permissions that open one route.</summary>
internal sealed record RoutePermissions(
    IReadOnlyList<string> Delegated, IReadOnlyList<string> Self, IReadOnlyList<string> Application)
{
    public bool Open(Caller caller, bool self) =>
        caller.HasAny(caller.IsApplication ? Application : Delegated) || (self && !caller.IsApplication && caller.HasAny(Self));
}

/// <summary>How PATCH treats one property of a user.</summary>
internal sealed record UserPropertyRule(string Name, PropertyKind Kind, bool Mastered, string Type, IReadOnlyList<string> Permissions);

internal enum PropertyKind
{
    Basic,
    Sensitive,
    Password,
}

/// <summary>The permission tables, read from this program's data files.</summary>
internal static class Permissions
{
    private static readonly Dictionary<string, RoutePermissions> s_routes = Knowledge.Own("permissions").Skip(1)
        .ToDictionary(
            row => Key(row[0], row[1]),
            row => new RoutePermissions(Names(row[2]), Names(row[3]), Names(row[4])),
            StringComparer.Ordinal);

    private static readonly Dictionary<string, UserPropertyRule> s_properties = Knowledge.Own("user-properties").Skip(1)
        .Select(
            row => new UserPropertyRule(row[0], Enum.Parse<PropertyKind>(row[1], ignoreCase: true), row[2] == "Y", row[3], Names(row[4])))
        .ToDictionary(rule => rule.Name, StringComparer.Ordinal);

    internal static IReadOnlyCollection<string> Routes => s_routes.Keys;

    /// <summary>Every permission name in the tables, so that a misspelt one in a directory file is found.</summary>
    internal static IReadOnlySet<string> Known { get; } = s_routes.Values
        .SelectMany(route => route.Delegated.Concat(route.Self).Concat(route.Application))
        .Concat(s_properties.Values.SelectMany(rule => rule.Permissions))
        .ToHashSet(StringComparer.Ordinal);

    internal static RoutePermissions For(string method, string route) =>
        s_routes.TryGetValue(Key(method, route), out RoutePermissions? found)
            ? found
            : throw new InvalidOperationException($"permissions.tsv has no row for {method} {route}.");

    internal static UserPropertyRule? Property(string name) => s_properties.GetValueOrDefault(name);

    internal static string Key(string method, string route) => method + " " + route;

    private static string[] Names(string cell) => cell == "-" ? [] : cell.Split(' ');
}
