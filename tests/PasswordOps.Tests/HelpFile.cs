using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace PasswordOps.Tests;

/// <summary>PowerShell's help (MAML), made of the pages of the cmdlets and of what the built module says.</summary>
internal static class HelpFile
{
    private static readonly XNamespace Msh = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Where the help is kept; the build copies it into the module.</summary>
    public static string Committed { get; } = Path.Combine(Places.Repository, "src", "PasswordOps", "en-US", "PasswordOps.dll-Help.xml");

    public static string Make()
    {
        XElement root = new(
            Msh + "helpItems",
            new XAttribute("schema", "maml"),
            new XComment(" Made by the tests out of docs/cmdlets and the built module: change those, then run ./build.ps1 Docs. "),
            BuiltCmdlet.All.Select(cmdlet => Help(cmdlet, CmdletPage.Read(cmdlet.Name))));
        StringBuilder text = new();
        XmlWriterSettings settings = new() { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true };
        using (XmlWriter writer = XmlWriter.Create(text, settings))
        {
            root.Save(writer);
        }

        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + text + "\n";
    }

    private static XElement Help(BuiltCmdlet cmdlet, CmdletPage page) => new(
        Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Maml),
        new XAttribute(XNamespace.Xmlns + "command", Command),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(
            Command + "details",
            new XElement(Command + "name", cmdlet.Name),
            new XElement(Command + "verb", cmdlet.Verb),
            new XElement(Command + "noun", cmdlet.Noun),
            Described(page.Synopsis)),
        Described(page["Description"]),
        new XElement(Command + "syntax", cmdlet.Sets.Select(set => new XElement(
            Command + "syntaxItem",
            new XElement(Maml + "name", cmdlet.Name),
            cmdlet.In(set).Select(pair => Parameter(pair.Parameter, pair.Place, page, inSyntax: true))))),
        new XElement(
            Command + "parameters",
            cmdlet.Parameters.Select(parameter => Parameter(parameter, Widest(parameter), page, inSyntax: false))),
        new XElement(Command + "inputTypes", Typed("inputType", page["Inputs"])),
        new XElement(Command + "returnValues", Typed("returnValue", page["Outputs"])),
        new XElement(Maml + "alertSet", new XElement(Maml + "alert", Notes(page).Select(Para))),
        new XElement(Command + "examples", page.Examples.Select((example, index) => new XElement(
            Command + "example",
            new XElement(Maml + "title", FormattableString.Invariant($"-------- Example {index + 1}: {example.Title} --------")),
            new XElement(Dev + "code", example.Code),
            new XElement(Dev + "remarks", CmdletPage.Paragraphs(example.Remarks).Append(string.Empty).Select(Para))))),
        new XElement(Command + "relatedLinks", Links(page["Related links"])));

    // In the list of all sets' parameters, one is mandatory that is so wherever it belongs, and takes the pipeline if it does so anywhere.
    private static BuiltParameter.Place Widest(BuiltParameter parameter) => parameter.Sets.Values
        .OrderByDescending(place => place.Mandatory).ThenByDescending(place => place.Pipeline.Length).First()
        with { Mandatory = parameter.Sets.Values.All(place => place.Mandatory) };

    private static XElement Parameter(BuiltParameter parameter, BuiltParameter.Place place, CmdletPage page, bool inSyntax)
    {
        XElement element = new(
            Command + "parameter",
            new XAttribute("required", place.Mandatory),
            new XAttribute("variableLength", parameter.IsArray),
            new XAttribute("globbing", false),
            new XAttribute("pipelineInput", place.Pipeline.Length == 0 ? "False" : "True (" + place.Pipeline + ")"),
            new XAttribute("position", place.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name),
            Described(page.Parameters.Single(one => one.Name == parameter.Name).Text));
        if (inSyntax && parameter.Values.Count > 0)
        {
            element.Add(new XElement(
                Command + "parameterValueGroup",
                parameter.Values.Select(value => Value(value, required: false, many: false))));
        }

        if (!parameter.IsSwitch || !inSyntax)
        {
            element.Add(Value(parameter.TypeName, !parameter.IsSwitch, parameter.IsArray));
        }

        element.Add(
            new XElement(Dev + "type", new XElement(Maml + "name", parameter.FullTypeName), new XElement(Maml + "uri")),
            new XElement(Dev + "defaultValue", parameter.Default ?? (parameter.IsSwitch ? "False" : "None")));
        return element;
    }

    private static XElement Value(string text, bool required, bool many) =>
        new(Command + "parameterValue", new XAttribute("required", required), new XAttribute("variableLength", many), text);

    /// <summary>Paragraphs that begin with a type's name; others say what the one before means.</summary>
    private static IEnumerable<XElement> Typed(string name, string text)
    {
        List<(string Type, List<string> Words)> types = new();
        foreach (string paragraph in Regex.Split(text, @"\n\s*\n"))
        {
            Match match = Regex.Match(paragraph, @"\A`(?<type>[\w.\[\]]+)`(?<rest>.*)\z", RegexOptions.Singleline);
            if (match.Success || types.Count == 0)
            {
                types.Add((match.Success ? match.Groups["type"].Value : CmdletPage.Plain(paragraph).TrimEnd('.'), new()));
            }

            string words = match.Success ? match.Groups["rest"].Value.TrimStart(':', ',', ' ')
                : types.Count > 1 || types[0].Words.Count > 0 ? paragraph
                : string.Empty;
            if (words.Length > 0)
            {
                types[^1].Words.Add(CmdletPage.Plain(words));
            }
        }

        return types.Select(type => new XElement(
            Command + name,
            new XElement(Dev + "type", new XElement(Maml + "name", type.Type)),
            new XElement(Maml + "description", type.Words.Select(Para))));
    }

    private static IEnumerable<string> Notes(CmdletPage page) => new[] { "Permissions and roles", "Licence", "Errors", "Notes on failure" }
        .Where(title => page[title].Length > 0)
        .SelectMany(title => CmdletPage.Paragraphs(page[title]).Prepend(title.ToUpperInvariant()).Append(string.Empty));

    private static IEnumerable<XElement> Links(string text) => Regex.Matches(text, @"^- \[([^\]]+)\]\(([^)]+)\)$", RegexOptions.Multiline)
        .Select(link => new XElement(
            Maml + "navigationLink",
            new XElement(Maml + "linkText", link.Groups[2].Value.StartsWith("../", StringComparison.Ordinal)
                ? $"{link.Groups[1].Value} (docs/{link.Groups[2].Value.Substring(3)})"
                : link.Groups[1].Value),
            new XElement(Maml + "uri")));

    private static XElement Described(string text) => new(Maml + "description", CmdletPage.Paragraphs(text).Select(Para));

    private static XElement Para(string text) => new(Maml + "para", text);
}
