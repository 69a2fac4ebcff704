using System;
using System.IO;
using System.Linq;
using PasswordOps.Core.Knowledge;
using PasswordOps.Core.Writeback;

namespace PasswordOps.Core.Tests.Writeback;

public class WritebackEventsPageTests
{
    [Fact]
    public void The_page_says_what_the_tables_say()
    {
        string[] page = File.ReadAllLines(Path.Combine(Root(), "docs", "writeback-events.md"));
        foreach (WritebackEventMeaning meaning in WritebackEventMeaning.All())
        {
            string scope = meaning.Scope == FailureScope.None ? string.Empty : meaning.Scope.ToString().ToLowerInvariant();
            string group = meaning.Group.ToString().ToLowerInvariant();
            string row = $"| {meaning.Id} | {meaning.Name} | {group} | {scope} "
                + $"| {Cell(meaning.Meaning)} | {Cell(meaning.Cause)} | {Cell(meaning.Fix)} |";
            Assert.Contains(row, page);
        }

        foreach (var row in KnowledgeTable.Load("writeback-codes").Rows)
        {
            Assert.Contains($"| `{row["code"]}` | {row["certainty"]} | {row["scope"]} | {Cell(row["cause"])} | {Cell(row["fix"])} |", page);
        }

        int rows = WritebackEventMeaning.All().Count + KnowledgeTable.Load("writeback-codes").Rows.Count;
        Assert.Equal(rows + (3 * 2), page.Count(line => line.StartsWith("|", StringComparison.Ordinal)));
    }

    private static string? Cell(string? text) => text?.Replace("|", "\\|").Replace("<", "\\<").Replace(">", "\\>");

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PasswordOps.sln")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}
