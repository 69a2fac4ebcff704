using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PasswordOps.Tests;

/// <summary>A cmdlet as the built module has it: what its attributes say, and the summary in its source.</summary>
internal sealed class BuiltCmdlet
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;

    private static readonly string AssemblyFolder = Path.Combine(Places.Module, "Core");
    private static readonly Lazy<Assembly> Built = new(Load);
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Summaries = new(ReadSummaries);

    private BuiltCmdlet(Type type, CustomAttributeData cmdlet)
    {
        Verb = (string)cmdlet.ConstructorArguments[0].Value!;
        Noun = (string)cmdlet.ConstructorArguments[1].Value!;
        Type = type;
        Summary = Summaries.Value["T:" + type.FullName];
        SupportsShouldProcess = Named(cmdlet, "SupportsShouldProcess") is true;
        DefaultSet = Named(cmdlet, "DefaultParameterSetName") as string;
        Aliases = Strings(type.GetCustomAttributesData(), "AliasAttribute");
        Operations = Strings(type.GetCustomAttributesData(), "RequiresPermissionAttribute");
        Outputs = Types(type, "OutputTypeAttribute").Where(output => output != typeof(void)).ToArray();
        object instance = Activator.CreateInstance(type)!;
        Parameters = type.GetProperties(Public)
            .Where(property => Attributes(property, "ParameterAttribute").Any())
            .Select(property => new BuiltParameter(property, property.GetValue(instance), SummaryOf(property)))
            .Concat(SupportsShouldProcess
                ? new[] { BuiltParameter.Common("WhatIf", "wi"), BuiltParameter.Common("Confirm", "cf") }
                : Array.Empty<BuiltParameter>())
            .ToArray();
        string[] sets = Parameters
            .SelectMany(parameter => parameter.Sets.Keys)
            .Where(name => name != BuiltParameter.AllSets)
            .Distinct()
            .ToArray();
        Sets = sets.Length == 0 ? new[] { BuiltParameter.AllSets } : sets.OrderByDescending(name => name == DefaultSet).ToArray();
    }

    public string Verb { get; }

    public string Noun { get; }

    public string Name => Verb + "-" + Noun;

    public Type Type { get; }

    public string Summary { get; }

    public bool SupportsShouldProcess { get; }

    public string? DefaultSet { get; }

    public IReadOnlyList<string> Aliases { get; }

    public IReadOnlyList<string> Operations { get; }

    public IReadOnlyList<Type> Outputs { get; }

    /// <summary>In the order of the source, those of base classes last.</summary>
    public IReadOnlyList<BuiltParameter> Parameters { get; }

    /// <summary>Names of the parameter sets, the default one first.</summary>
    public IReadOnlyList<string> Sets { get; }

    /// <summary>All cmdlets of the built module, by name.</summary>
    public static IReadOnlyList<BuiltCmdlet> All { get; } = Built.Value.GetExportedTypes()
        .Where(type => !type.IsAbstract)
        .SelectMany(type => Attributes(type, "CmdletAttribute").Select(attribute => new BuiltCmdlet(type, attribute)))
        .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)
        .ToArray();

    public static BuiltCmdlet Of(string name) => All.Single(cmdlet => cmdlet.Name == name);

    /// <summary>What belongs to one parameter set: positional parameters first, then mandatory ones, then the others.</summary>
    public IEnumerable<(BuiltParameter Parameter, BuiltParameter.Place Place)> In(string set) => Parameters
        .Where(parameter => parameter.PlaceIn(set) is not null)
        .Select(parameter => (parameter, place: parameter.PlaceIn(set)!))
        .OrderBy(pair => pair.place.Position ?? int.MaxValue)
        .ThenByDescending(pair => pair.place.Mandatory);

    internal static IEnumerable<CustomAttributeData> Attributes(MemberInfo member, string name) =>
        member.GetCustomAttributesData().Where(attribute => attribute.AttributeType.Name == name);

    private static string SummaryOf(PropertyInfo property) => Summaries.Value[$"P:{property.DeclaringType!.FullName}.{property.Name}"];

    internal static object? Named(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments
            .Where(argument => argument.MemberName == name)
            .Select(argument => argument.TypedValue.Value)
            .FirstOrDefault();

    internal static string[] Strings(IEnumerable<CustomAttributeData> attributes, string name) => attributes
        .Where(attribute => attribute.AttributeType.Name == name)
        .SelectMany(attribute => (IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)
        .Select(argument => (string)argument.Value!)
        .ToArray();

    private static IEnumerable<Type> Types(MemberInfo member, string name) => Attributes(member, name)
        .SelectMany(attribute => (IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)
        .Select(argument => (Type)argument.Value!);

    /// <summary>
    /// Loads the cmdlets beside the assembly that stands for PowerShell's: enough to look at them and to make them, not to run them.
    /// </summary>
    private static Assembly Load()
    {
        AssemblyLoadContext context = new("cmdlets");
        context.Resolving += (_, name) =>
        {
            string file = name.Name == "System.Management.Automation"
                ? Places.PowerShellReference
                : Path.Combine(AssemblyFolder, name.Name + ".dll");
            return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        };
        return context.LoadFromAssemblyPath(Path.Combine(AssemblyFolder, "PasswordOps.dll"));
    }

    /// <summary>Summaries by documentation id, from the file that the compiler left beside the assembly.</summary>
    private static Dictionary<string, string> ReadSummaries()
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string file = Path.Combine(Places.Repository, "src", "PasswordOps", "bin", configuration, "net8.0", "PasswordOps.xml");
        return XDocument.Load(file).Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(
                member => member.Attribute("name")!.Value,
                member => Regex.Replace(member.Element("summary")!.Value.Trim(), @"\s+", " "));
    }
}
