using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace PasswordOps.Tests;

/// <summary>The pages of ids say what the code says: none is missing, none is left over.</summary>
public class ReferencePagesTests
{
    private static readonly string[] Libraries =
    {
        "PasswordOps.Core", "PasswordOps.Graph", "PasswordOps.OnPremises", "PasswordOps.Files", "PasswordOps",
    };

    /// <summary>How an error id is written out: to the exception, to what makes one of it, or as the rule that a value breaks.</summary>
    private static readonly string[] ErrorIdForms =
    {
        "PasswordOpsException(?: \\w+ = new)?\\(\\s*\"([A-Z][A-Za-z]+)\"\\s*,",
        "\"([A-Z][A-Za-z]+)\"\\s*,\\s*ErrorKind\\.",
        "\\b(?:Bad|Error|Own)\\(\\s*\"([A-Z][A-Za-z]+)\"\\s*,",
        "(?:return|\\?|:)\\s*\\(\"([A-Z][a-z]+(?:[A-Z][A-Za-z]*)+)\"\\s*,\\s*(?:\"|Text\\.Of)",
    };

    [Fact]
    public void Every_check_id_has_its_line_and_every_line_its_check()
    {
        string[] inCode = Sources("PasswordOps.Core")
            .SelectMany(text => Regex.Matches(text, "\"((?:role|license|source|policy|contact|writeback)(?:\\.[a-zA-Z]+)+)\""))
            .Select(match => match.Groups[1].Value)
            .Where(id => !Repository.Knowledge("permissions").Any(row => row["operation"] == id))
            .Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.True(inCode.Length > 20);
        Assert.Equal(inCode, FirstCells(Repository.Read("docs", "checks.md")).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_error_id_has_its_line_and_every_line_its_error()
    {
        string[] inCode = Libraries.SelectMany(Sources)
            .SelectMany(text => ErrorIdForms.SelectMany(form => Regex.Matches(text, form).Select(match => match.Groups[1].Value)))
            .Concat(Repository.Knowledge("errors").Select(row => row["id"]))
            .Concat(Repository.Knowledge("directory-codes").Select(row => row["id"]))
            .Distinct().Order(StringComparer.Ordinal).ToArray();
        string[] inPage = FirstCells(Repository.Read("docs", "errors.md")).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(inPage.Distinct(), inPage);
        Assert.Equal(inCode, inPage);
    }

    /// <summary>The forms above see ids that are written out; there are no others than those that a table, a journal or a caller gives.
    /// </summary>
    [Fact]
    public void An_error_is_made_with_its_id_written_out_or_out_of_a_table()
    {
        string[] elsewhere = Libraries
            .SelectMany(project => Repository.Sources("src", project))
            .SelectMany(file => Regex
                .Matches(File.ReadAllText(file), "(?:PasswordOpsException|new)\\(\\s*([A-Za-z][\\w.]*)\\s*,\\s*(?:ErrorKind|[kK]ind)\\b")
                .Select(match => Path.GetFileName(file) + " " + match.Groups[1].Value))
            .Distinct().Order(StringComparer.Ordinal).ToArray();
        string[] expected =
        {
            "ContactJournal.cs planned.ErrorId", "ContactPlanner.cs rule", "DirectoryCode.cs Id", "ErrorEntry.cs Id",
            "PasswordOpsException.cs Id",
        };
        Assert.Equal(expected, elsewhere);
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

    private static IEnumerable<string> FirstCells(string page) =>
        Regex.Matches(page, "^\\| `([A-Za-z.]+)` \\|", RegexOptions.Multiline).Select(match => match.Groups[1].Value);
}
