using System;
using System.IO;
using PasswordOps.Core;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps.Files.Tests;

public sealed class GrantUndoFilesTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".json");
    private readonly GrantUndoFiles files = new();

    private static GrantUndo Undo => new()
    {
        Domain = "DC=corp,DC=contoso,DC=com", DomainSid = null, Server = "dc1.corp.contoso.com", Account = "svc \"sync\" Zo\u00EB",
        AccountSid = "S-1-5-21-1-2-3-1104", At = new DateTimeOffset(2026, 11, 20, 15, 46, 0, TimeSpan.Zero),
        Steps = new[]
        {
            new GrantUndoStep
            {
                DistinguishedName = "OU=Staff,DC=corp,DC=contoso,DC=com", Before = "D:AI", After = "D:AI(A;;GA;;;BA)",
                DescriptorBefore = "AQ==", DescriptorAfter = "Ag==",
            },
        },
    };

    public void Dispose() => File.Delete(path);

    [Fact]
    public void What_is_written_reads_the_same()
    {
        files.Write(path, Undo);
        GrantUndo read = files.Read(path);
        Assert.Equal(Undo.Steps[0], Assert.Single(read.Steps));
        Assert.Equal(Undo with { Steps = read.Steps }, read);
#if NET
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
#endif
    }

    [Fact]
    public void A_file_that_exists_is_left_as_it_is()
    {
        File.WriteAllText(path, "mine");
        Assert.Equal("FileExists", Assert.Throws<PasswordOpsException>(() => files.Write(path, Undo)).Id);
        Assert.Equal("mine", File.ReadAllText(path));
    }

    [Fact]
    public void A_folder_that_is_not_there_keeps_it_from_being_written() => Assert.Equal(
        "FileNotWritable",
        Assert.Throws<PasswordOpsException>(() => files.Write(Path.Combine(path, "none", "undo.json"), Undo)).Id);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"version\": \"one\"}")]
    [InlineData("{\"version\": 1, \"domain\": 2}")]
    [InlineData("{\"version\": 1, \"domain\": \"d\", \"server\": \"s\", \"account\": \"a\", \"accountSid\": \"i\", \"at\": \"soon\"}")]
    public void What_no_grant_wrote_is_refused(string text)
    {
        File.WriteAllText(path, text);
        Assert.Equal("GrantUndoInvalid", Assert.Throws<PasswordOpsException>(() => files.Read(path)).Id);
    }

    [Fact]
    public void A_file_that_is_not_there_is_not_found() =>
        Assert.Equal("GrantUndoNotFound", Assert.Throws<PasswordOpsException>(() => files.Read(path)).Id);
}
