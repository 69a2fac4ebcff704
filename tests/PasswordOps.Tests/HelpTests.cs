using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;

namespace PasswordOps.Tests;

/// <summary>
/// Holds cmdlets, manifest, pages, help and permissions in step. The summaries in the source are where a synopsis and the first sentence of
/// a parameter come from; syntax, facts of parameters and the help file are generated. With PASSWORDOPS_ACCEPT=1 what is generated is
/// written, else compared.
/// </summary>
[Collection("PowerShell")]
public class HelpTests
{
    private static readonly bool Accept = Environment.GetEnvironmentVariable("PASSWORDOPS_ACCEPT") == "1";

    static HelpTests()
    {
        if (!Accept)
        {
            return;
        }

        foreach (BuiltCmdlet cmdlet in BuiltCmdlet.All.Where(cmdlet => File.Exists(CmdletPage.FileOf(cmdlet.Name))))
        {
            File.WriteAllText(CmdletPage.FileOf(cmdlet.Name), CmdletPage.Read(cmdlet.Name).Regenerated(cmdlet));
        }

        Directory.CreateDirectory(Path.GetDirectoryName(HelpFile.Committed)!);
        File.WriteAllText(HelpFile.Committed, HelpFile.Make());
    }

    public static TheoryData<string> Names
    {
        get
        {
            TheoryData<string> names = new();
            foreach (BuiltCmdlet cmdlet in BuiltCmdlet.All)
            {
                names.Add(cmdlet.Name);
            }

            return names;
        }
    }

    [Fact]
    public void Manifest_assembly_and_pages_name_the_same_cmdlets()
    {
        string[] names = BuiltCmdlet.All.Select(cmdlet => cmdlet.Name).ToArray();
        Assert.Equal(names, Exported("CmdletsToExport").Order(StringComparer.Ordinal));
        IEnumerable<string> pages = Directory.GetFiles(CmdletPage.Folder, "*.md").Select(file => Path.GetFileNameWithoutExtension(file)!);
        Assert.Equal(names, pages.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Aliases_of_cmdlets_are_exported_and_every_Aad_noun_has_its_Entra_alias()
    {
        Assert.Equal(
            BuiltCmdlet.All.SelectMany(cmdlet => cmdlet.Aliases).Order(StringComparer.Ordinal),
            Exported("AliasesToExport").Order(StringComparer.Ordinal));
        Assert.All(
            BuiltCmdlet.All.Where(cmdlet => cmdlet.Noun.StartsWith("Aad", StringComparison.Ordinal)),
            cmdlet => Assert.Contains($"{cmdlet.Verb}-Entra{cmdlet.Noun.Substring(3)}", cmdlet.Aliases));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_generated_on_a_page_is_what_the_cmdlet_has(string name) =>
        Assert.Equal(CmdletPage.Read(name).Regenerated(BuiltCmdlet.Of(name)), CmdletPage.ReadText(CmdletPage.FileOf(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_says_of_the_cmdlet_and_its_parameters_what_the_source_says(string name)
    {
        CmdletPage page = CmdletPage.Read(name);
        BuiltCmdlet cmdlet = BuiltCmdlet.Of(name);
        Assert.Equal(name, page.Title);
        Assert.Equal(cmdlet.Summary, page.Synopsis);
        Assert.Equal(cmdlet.Parameters.Select(parameter => parameter.Name), page.Parameters.Select(parameter => parameter.Name));
        Assert.All(cmdlet.Parameters, parameter =>
        {
            string text = CmdletPage.Plain(page.Parameters.Single(part => part.Name == parameter.Name).Text);
            Assert.NotEmpty(text);
            Assert.StartsWith(parameter.Summary, text, StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_names_the_operations_that_the_cmdlet_declares_and_no_unknown_one(string name)
    {
        string text = CmdletPage.Read(name)["Permissions and roles"];
        string[] known = Repository.Knowledge("permissions").Select(row => row["operation"]).ToArray();
        string[] told = Regex.Matches(text, "`([a-z]\\w*(?:\\.[a-z]\\w*)+)`").Select(match => match.Groups[1].Value).Distinct().ToArray();
        Assert.Empty(BuiltCmdlet.Of(name).Operations.Except(known));
        Assert.Empty(BuiltCmdlet.Of(name).Operations.Except(told));
        Assert.Empty(told.Except(known));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_on_permissions_names_the_operations_that_the_cmdlet_declares(string name)
    {
        string row = Repository.Read("docs", "permissions.md").Split('\n')
            .FirstOrDefault(line => line.StartsWith($"| `{name}` |", StringComparison.Ordinal), string.Empty);
        Assert.All(BuiltCmdlet.Of(name).Operations, operation => Assert.Contains($"`{operation}`", row, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_has_three_examples_that_use_the_cmdlet_and_say_what_happens(string name)
    {
        CmdletPage page = CmdletPage.Read(name);
        Assert.True(page.Examples.Count >= 3);
        Assert.All(page.Examples, example => Assert.Contains(name, example.Code, StringComparison.Ordinal));
        Assert.All(page.Examples, example => Assert.NotEmpty(example.Remarks));
        Assert.All(page.Examples, example => Assert.Matches("^(|not run: .+|error: [A-Z][A-Za-z]+)$", example.How));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_names_errors_that_exist(string name)
    {
        string text = CmdletPage.Read(name)["Errors"];
        string[] ids = Regex.Matches(text, "`([A-Z][A-Za-z]+)`").Select(match => match.Groups[1].Value).ToArray();
        Assert.True(ids.Length > 0 || text.StartsWith("None of its own.", StringComparison.Ordinal));
        string errors = Repository.Read("docs", "errors.md");
        Assert.All(ids, id => Assert.Contains($"\n| `{id}` |", errors, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_names_each_type_of_output_and_properties_that_it_has(string name)
    {
        string[] told = CmdletPage.Read(name)["Outputs"].Split("\n\n");
        Assert.All(BuiltCmdlet.Of(name).Outputs, output =>
        {
            string paragraph = told.Single(text => text.StartsWith($"`{output.FullName}`", StringComparison.Ordinal));
            string[] properties = Regex.Matches(paragraph, "`([A-Z]\\w+(?:\\.[A-Z]\\w+)*)`")
                .Select(match => match.Groups[1].Value)
                .Where(path => path != output.FullName)
                .ToArray();
            Assert.NotEmpty(properties);
            Assert.All(properties, path => Assert.True(
                Has(output, path.Split('.')) || Parts(output).Any(part => Has(part, path.Split('.'))), $"{output.Name} has no {path}"));
        });
        Assert.True(BuiltCmdlet.Of(name).Outputs.Count > 0 || told[0] == "None.");
    }

    [Fact]
    public void The_help_file_is_what_pages_and_cmdlets_say() => Assert.Equal(HelpFile.Make(), CmdletPage.ReadText(HelpFile.Committed));

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void PowerShell_finds_the_help(string name)
    {
        Pwsh.Require();
        Skip.If(Accept, "The module has the help of before.");
        CmdletPage page = CmdletPage.Read(name);
        string[] lines = Pwsh.Lines(
            $"Import-Module '{Places.Manifest}'; $help = Get-Help {name} -Full; $help.Synopsis; @($help.examples.example).Count; "
            + "@($help.parameters.parameter).Count; @($help.syntax.syntaxItem).Count; "
            + $"(Get-Help {name} -Parameter {page.Parameters[0].Name}).description.Text -join ' '");
        Assert.Equal(page.Synopsis, lines[0]);
        Assert.Equal(
            new[] { page.Examples.Count, page.Parameters.Count, BuiltCmdlet.Of(name).Sets.Count },
            lines.Skip(1).Take(3).Select(line => int.Parse(line, CultureInfo.InvariantCulture)));
        Assert.Equal(CmdletPage.Plain(page.Parameters[0].Text), string.Join(" ", lines.Skip(4)));
    }

    private static string[] Exported(string key)
    {
        string block = Regex.Match(Repository.Read("PasswordOps.psd1"), key + @"\s*=\s*@\(([^)]*)\)").Groups[1].Value;
        return Regex.Matches(block, "'([^']+)'").Select(match => match.Groups[1].Value).ToArray();
    }

    private static bool Has(Type type, IEnumerable<string> path) =>
        !path.Any() || (type.GetProperty(path.First()) is PropertyInfo property && Has(property.PropertyType, path.Skip(1)));

    /// <summary>Types of a type's properties; of lists the type of their items.</summary>
    private static IEnumerable<Type> Parts(Type type) => type.GetProperties().Select(property => property.PropertyType).Select(part =>
        part.IsGenericType && typeof(IEnumerable).IsAssignableFrom(part) ? part.GetGenericArguments()[0] : part);
}
