using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace PasswordOps.Tests;

/// <summary>The pages of ids say what the code says: none is missing, none is left over.</summary>
public class ReferencePagesTests
{
    [Fact]
    public void Every_check_id_has_its_line_and_every_line_its_check()
    {
        string[] inCode = Sources("PasswordOps.Core")
            .SelectMany(text => Regex.Matches(text, "\"((?:role|license|source|policy|contact|writeback)\\.[a-zA-Z]+)\"").Select(match => match.Groups[1].Value))
            .Where(id => !Repository.Knowledge("permissions").Any(row => row["operation"] == id))
            .Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.True(inCode.Length > 20);
        Assert.Equal(inCode, FirstCells(Repository.Read("docs", "checks.md")).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_error_id_has_its_line_and_every_line_its_error()
    {
        string[] inCode = new[] { "PasswordOps.Core", "PasswordOps.Graph", "PasswordOps.OnPremises", "PasswordOps.Files", "PasswordOps" }
            .SelectMany(Sources)
            .SelectMany(text => Regex.Matches(text, "(?:new PasswordOpsException|new|Bad|Error|Fail|Failure|Broken)\\(\\s*\"([A-Z][A-Za-z]{5,})\"\\s*,").Select(match => match.Groups[1].Value)
                .Concat(Regex.Matches(text, "return \\(\"([A-Z][A-Za-z]{5,})\", \"|\\? \\(\"([A-Z][A-Za-z]{5,})\", \"").Select(match => match.Groups[1].Value + match.Groups[2].Value)))
            .Concat(Repository.Knowledge("errors").Select(row => row["id"]))
            .Distinct().Order(StringComparer.Ordinal).ToArray();
        string[] inPage = FirstCells(Repository.Read("docs", "errors.md")).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(inPage.Distinct(), inPage);
        Assert.Equal(inCode, inPage);
    }

    [Fact]
    public void The_page_on_permissions_repeats_the_table_that_decides()
    {
        string page = Repository.Read("docs", "permissions.md");
        Assert.All(Repository.Knowledge("permissions"), row =>
        {
            string First(string column) => row[column] == "-" ? "not possible" : $"`{row[column].Split(';')[0]}`";
            Assert.Contains($"| `{row["operation"]}` | {row["title"]} | {First("delegated")} | {First("application")} |", page);
        });
        Assert.Equal(Repository.Knowledge("permissions").Count, FirstCells(page).Count());
    }

    [Fact]
    public void Links_between_the_pages_lead_somewhere()
    {
        string[] pages = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository.Root, "README.md")).ToArray();
        Assert.All(pages, page =>
        {
            foreach (Match link in Regex.Matches(File.ReadAllText(page), "\\]\\(([^)#:]+)(#[^)]*)?\\)"))
            {
                string target = Path.Combine(Path.GetDirectoryName(page)!, link.Groups[1].Value);
                Assert.True(File.Exists(target) || Directory.Exists(target), $"{page}: {link.Groups[1].Value}");
            }
        });
    }

    private static IEnumerable<string> Sources(string project) => Repository.Sources("src", project).Select(File.ReadAllText);

    private static IEnumerable<string> FirstCells(string page) => Regex.Matches(page, "^\\| `([A-Za-z.]+)` \\|", RegexOptions.Multiline).Select(match => match.Groups[1].Value);
}
