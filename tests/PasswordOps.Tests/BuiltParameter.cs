using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;

namespace PasswordOps.Tests;

/// <summary>A parameter of a cmdlet as the built module has it.</summary>
internal sealed class BuiltParameter
{
    /// <summary>PowerShell's name for every parameter set.</summary>
    internal const string AllSets = "__AllParameterSets";

    internal BuiltParameter(PropertyInfo property, object? value, string summary)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Type element = type.IsArray ? type.GetElementType()! : type;
        Name = property.Name;
        TypeName = type.Name;
        FullTypeName = type.FullName!;
        Values = element.IsEnum ? Enum.GetNames(element) : Array.Empty<string>();
        Aliases = BuiltCmdlet.Strings(property.GetCustomAttributesData(), "AliasAttribute");
        Summary = summary;
        Default = value switch
        {
            null or Array => null,
            string { Length: 0 } => null,
            _ when IsSwitch => null,
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
        Sets = BuiltCmdlet.Attributes(property, "ParameterAttribute").ToDictionary(
            attribute => BuiltCmdlet.Named(attribute, "ParameterSetName") as string ?? AllSets,
            attribute => new Place(
                BuiltCmdlet.Named(attribute, "Mandatory") is true,
                BuiltCmdlet.Named(attribute, "Position") is int position && position >= 0 ? position : null,
                BuiltCmdlet.Named(attribute, "ValueFromPipeline") is true,
                BuiltCmdlet.Named(attribute, "ValueFromPipelineByPropertyName") is true));
    }

    private BuiltParameter(string name, string alias)
    {
        Name = name;
        TypeName = "SwitchParameter";
        FullTypeName = "System.Management.Automation.SwitchParameter";
        Values = Array.Empty<string>();
        Aliases = new[] { alias };
        Summary = string.Empty;
        Sets = new Dictionary<string, Place> { [AllSets] = new(false, null, false, false) };
    }

    public string Name { get; }

    public string TypeName { get; }

    public string FullTypeName { get; }

    public bool IsSwitch => TypeName == "SwitchParameter";

    public bool IsArray => TypeName.EndsWith("[]", StringComparison.Ordinal);

    /// <summary>Names of an enumeration's values; empty for other types.</summary>
    public IReadOnlyList<string> Values { get; }

    public IReadOnlyList<string> Aliases { get; }

    /// <summary>What it is without the parameter; null for nothing.</summary>
    public string? Default { get; }

    /// <summary>The summary in the source; empty for PowerShell's own parameters.</summary>
    public string Summary { get; }

    /// <summary>The parameter sets that it belongs to.</summary>
    public IReadOnlyDictionary<string, Place> Sets { get; }

    /// <summary>A parameter that PowerShell adds itself.</summary>
    public static BuiltParameter Common(string name, string alias) => new(name, alias);

    public Place? PlaceIn(string set) => Sets.TryGetValue(set, out Place? place) || Sets.TryGetValue(AllSets, out place) ? place : null;

    /// <summary>The facts as a page lists them.</summary>
    public IReadOnlyList<string> Facts(IReadOnlyList<string> setsOfCmdlet)
    {
        List<string> facts = new() { $"Type: `{TypeName}`" };
        Place[] places = Sets.Values.ToArray();
        if (Values.Count > 0)
        {
            facts.Add("Values: " + string.Join(", ", Values.Select(value => $"`{value}`")));
        }

        if (Default is not null)
        {
            facts.Add($"Default: `{Default}`");
        }

        if (!Sets.ContainsKey(AllSets))
        {
            IEnumerable<string> sets = setsOfCmdlet.Where(Sets.ContainsKey).Select(set => Sets[set].Mandatory ? set + " (mandatory)" : set);
            facts.Add((Sets.Count == 1 ? "Parameter set: " : "Parameter sets: ") + string.Join(", ", sets));
        }
        else if (places[0].Mandatory)
        {
            facts.Add("Mandatory: yes");
        }

        if (places.Any(place => place.Position is not null))
        {
            int position = places.First(place => place.Position is not null).Position!.Value;
            facts.Add("Position: " + position.ToString(CultureInfo.InvariantCulture));
        }

        if (places.Any(place => place.Pipeline.Length > 0))
        {
            facts.Add("Pipeline: " + places.First(place => place.Pipeline.Length > 0).Pipeline);
        }

        if (Aliases.Count > 0)
        {
            facts.Add("Aliases: " + string.Join(", ", Aliases.Select(alias => $"`{alias}`")));
        }

        return facts;
    }

    /// <summary>The parameter in a line of syntax.</summary>
    public string Syntax(Place place)
    {
        string name = place.Position is null ? "-" + Name : $"[-{Name}]";
        string whole = IsSwitch ? "-" + Name : $"{name} <{TypeName}>";
        return place.Mandatory ? whole : $"[{whole}]";
    }

    /// <summary>How a parameter is given in one set.</summary>
    internal sealed record Place(bool Mandatory, int? Position, bool ByValue, bool ByName)
    {
        public string Pipeline => (ByValue, ByName) switch
        {
            (true, true) => "by value, by property name",
            (true, false) => "by value",
            (false, true) => "by property name",
            _ => string.Empty,
        };
    }
}
