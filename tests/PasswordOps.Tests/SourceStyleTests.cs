using System.IO;
using System.Linq;
using Xunit;

namespace PasswordOps.Tests;

/// <summary>What the build does not check of the source itself.</summary>
public class SourceStyleTests
{
    // max_line_length in .editorconfig, which no compiler enforces.
    private const int Width = 140;

    [Fact]
    public void No_line_of_source_is_too_long_to_read()
    {
        string[] files = Repository.Sources("src").Concat(Repository.Sources("tests")).ToArray();
        Assert.NotEmpty(files);
        string[] found = files
            .SelectMany(file => File.ReadLines(file).Select((line, i) =>
                (line.Length, Place: $"{Path.GetRelativePath(Repository.Root, file)}:{i + 1}")))
            .Where(line => line.Length > Width)
            .Select(line => $"{line.Place} has {line.Length} characters")
            .ToArray();
        Assert.True(found.Length == 0, string.Join("\n", found));
    }
}
