using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace PasswordOps.Tests;

/// <summary>The page of one cmdlet in docs/cmdlets: parts in a fixed order, some of them generated.</summary>
internal sealed class CmdletPage
{
    private const int SyntaxWidth = 100;

    private static readonly string[] Required =
    {
        "Syntax", "Description", "Permissions and roles", "Parameters", "Inputs", "Outputs", "Examples", "Errors", "Related links",
    };

    private static readonly string[] InOrder =
    {
        "Syntax", "Description", "Permissions and roles", "Licence", "Parameters", "Inputs", "Outputs", "Examples", "Errors",
        "Notes on failure", "Related links",
    };

    private readonly List<(string Title, string Text)> sections;

    private CmdletPage(string text)
    {
        string[] parts = Parts(text, "## ");
        string[] head = parts[0].Split('\n', 2);
        Title = head[0].StartsWith("# ", StringComparison.Ordinal)
            ? head[0].Substring(2).Trim()
            : throw new FormatException("The first line is not '# Name'.");
        Synopsis = Unwrapped(head[1].Trim());
        sections = parts.Skip(1).Select(Section).ToList();
        string[] titles = sections.Select(section => section.Title).ToArray();
        if (!titles.SequenceEqual(InOrder.Where(titles.Contains)) || Required.Except(titles).Any())
        {
            throw new FormatException($"{Title}: the parts are {string.Join(", ", titles)}; expected are {string.Join(", ", InOrder)}.");
        }

        Parameters = Below("Parameters").Select(section => new Parameter(section.Title.TrimStart('-'), section.Text)).ToArray();
        Examples = Below("Examples").Select(section => new Example(section.Title, section.Text)).ToArray();
    }

    public static string Folder { get; } = Path.Combine(Places.Repository, "docs", "cmdlets");

    public string Title { get; }

    public string Synopsis { get; }

    public IReadOnlyList<Parameter> Parameters { get; }

    public IReadOnlyList<Example> Examples { get; }

    /// <summary>Text of a part; empty where the page has none.</summary>
    public string this[string title] =>
        sections.Where(section => section.Title == title).Select(section => section.Text).FirstOrDefault(string.Empty);

    public static string FileOf(string name) => Path.Combine(Folder, name + ".md");

    public static CmdletPage Read(string name) => new(ReadText(FileOf(name)));

    public static string ReadText(string file) => File.ReadAllText(file).Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>The page with what is generated as the cmdlet has it now.</summary>
    public string Regenerated(BuiltCmdlet cmdlet)
    {
        StringBuilder page = new($"# {Title}\n\n{cmdlet.Summary}\n");
        foreach ((string title, string text) in sections)
        {
            page.Append("\n## ").Append(title).Append("\n\n").Append(title switch
            {
                "Syntax" => Syntax(cmdlet),
                "Parameters" => ParametersText(cmdlet),
                _ => text,
            }).Append('\n');
        }

        return page.ToString();
    }

    /// <summary>One block a parameter set.</summary>
    public static string Syntax(BuiltCmdlet cmdlet) => string.Join("\n\n", cmdlet.Sets.Select(set =>
    {
        string title = set == BuiltParameter.AllSets ? string.Empty : set == cmdlet.DefaultSet ? set + " (default)\n\n" : set + "\n\n";
        return $"{title}```text\n{SyntaxLine(cmdlet, set)}\n```";
    }));

    /// <summary>Takes Markdown's marks out of a paragraph.</summary>
    public static string Plain(string text) =>
        Regex.Replace(Unwrapped(text), @"\[([^\]]*)\]\([^)]*\)", "$1").Replace("`", string.Empty, StringComparison.Ordinal);

    /// <summary>The paragraphs of a part as plain text; each item of a list is one.</summary>
    public static IEnumerable<string> Paragraphs(string text) =>
        Regex.Split(text.Trim(), @"\n\s*\n|\n(?=- )").Select(Plain).Where(paragraph => paragraph.Length > 0);

    private static string SyntaxLine(BuiltCmdlet cmdlet, string set)
    {
        StringBuilder lines = new(cmdlet.Name);
        int column = lines.Length;
        foreach (string part in cmdlet.In(set).Select(pair => pair.Parameter.Syntax(pair.Place)).Append("[<CommonParameters>]"))
        {
            if (column + 1 + part.Length > SyntaxWidth)
            {
                lines.Append("\n   ");
                column = 3;
            }

            lines.Append(' ').Append(part);
            column += 1 + part.Length;
        }

        return lines.ToString();
    }

    private static string Unwrapped(string text) => Regex.Replace(text.Trim(), @"\s*\n\s*", " ");

    /// <summary>Cuts at headings of one depth, not inside blocks of code.</summary>
    private static string[] Parts(string text, string heading)
    {
        List<StringBuilder> parts = new() { new() };
        bool inCode = false;
        foreach (string line in text.Split('\n'))
        {
            inCode ^= line.StartsWith("```", StringComparison.Ordinal);
            if (!inCode && line.StartsWith(heading, StringComparison.Ordinal))
            {
                parts.Add(new());
            }

            parts[^1].Append(line).Append('\n');
        }

        return parts.Select(part => part.ToString()).ToArray();
    }

    private static (string Title, string Text) Section(string part)
    {
        string[] halves = part.Split('\n', 2);
        return (halves[0].TrimStart('#').Trim(), halves[1].Trim());
    }

    private IEnumerable<(string Title, string Text)> Below(string title) => Parts(this[title], "### ").Skip(1).Select(Section);

    private string ParametersText(BuiltCmdlet cmdlet) => string.Join("\n\n", cmdlet.Parameters.Select(built =>
    {
        string text = Parameters.FirstOrDefault(parameter => parameter.Name == built.Name)?.Text ?? built.Summary;
        return $"### -{built.Name}\n\n{text}\n\n{string.Join("\n", built.Facts(cmdlet.Sets).Select(fact => "- " + fact))}";
    }));

    /// <summary>A parameter's part: words, then the generated list of facts.</summary>
    internal sealed class Parameter
    {
        public Parameter(string name, string text)
        {
            Name = name;
            // The list may begin at once: PowerShell's own parameters have no summary here.
            int facts = ("\n" + text).IndexOf("\n- ", StringComparison.Ordinal);
            Text = (facts < 0 ? text : text.Substring(0, facts)).Trim();
        }

        public string Name { get; }

        public string Text { get; }
    }

    /// <summary>An example: a comment that says how it runs, if it is not simply run; code; what happens.</summary>
    internal sealed class Example
    {
        public Example(string title, string text)
        {
            Title = title;
            Match match = Regex.Match(
                text, @"\A(?:<!-- (?<how>[^\n]*) -->\n)?```powershell\n(?<code>.*?)\n```\n(?<rest>.*)\z", RegexOptions.Singleline);
            if (!match.Success)
            {
                throw new FormatException($"The example '{title}' is not one powershell block with text below it.");
            }

            Code = match.Groups["code"].Value;
            How = match.Groups["how"].Value;
            Remarks = match.Groups["rest"].Value.Trim();
        }

        public string Title { get; }

        /// <summary>Nothing, <c>not run: reason</c> or <c>error: ErrorId</c>.</summary>
        public string How { get; }

        public string Code { get; }

        public string Remarks { get; }
    }
}
