using System;
using System.IO;
using PasswordOps.Core;
using PasswordOps.Core.Activity;

namespace PasswordOps.Files.Tests;

public sealed class ActivityCheckpointsTests : IDisposable
{
    private static readonly ActivityCheckpoint Sample = new()
    {
        TenantId = "0f6c2a1e-7b3d-4c58-9a41-2d5e8c9b1a70", User = "zoë@contoso.com", StepsOnly = true,
        Until = new DateTimeOffset(2026, 8, 18, 9, 0, 0, TimeSpan.Zero).AddTicks(1234567), Given = new[] { "SSPR_a_1", "Directory_b_2" },
    };

    private readonly string folder = Path.Combine(Path.GetTempPath(), "checkpoints-" + Guid.NewGuid().ToString("N"));
    private readonly ActivityCheckpoints checkpoints = new();

    public ActivityCheckpointsTests()
    {
        Directory.CreateDirectory(folder);
    }

    private string File => Path.Combine(folder, "activity.json");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_one_run_saves_the_next_one_reads()
    {
        using (IActivityCheckpointFile first = checkpoints.Open(File))
        {
            Assert.Null(first.Value);
            first.Save(Sample with { User = null, Given = Array.Empty<string>() });
            first.Save(Sample);
        }

        using IActivityCheckpointFile second = checkpoints.Open(File);
        Assert.Equal(Sample with { Given = Array.Empty<string>() }, second.Value! with { Given = Array.Empty<string>() });
        Assert.Equal(Sample.Given, second.Value!.Given);
        Assert.False(System.IO.File.Exists(File + ".new"));
    }

    [Fact]
    public void A_run_that_saves_nothing_leaves_the_old_one_and_no_lock()
    {
        Save();
        byte[] before = System.IO.File.ReadAllBytes(File);
        checkpoints.Open(File).Dispose();

        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
        Assert.Equal(new[] { File }, Directory.GetFiles(folder));
    }

    [Fact]
    public void Two_runs_at_a_time_cannot_have_it()
    {
        using IActivityCheckpointFile first = checkpoints.Open(File);

        Assert.Equal("CheckpointInUse", Assert.Throws<PasswordOpsException>(() => checkpoints.Open(File)).Id);
    }

    [Fact]
    public void A_draft_that_a_torn_off_run_left_is_in_nobodys_way()
    {
        Save();
        System.IO.File.WriteAllText(File + ".new", "{\"checkpoint\":1,");

        using IActivityCheckpointFile again = checkpoints.Open(File);
        Assert.Equal(Sample.Until, again.Value!.Until);
        again.Save(Sample with { User = null });
        Assert.Null(again.Value.User);
        Assert.Single(Directory.GetFiles(folder, "*.json"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("{\"checkpoint\":2}")]
    [InlineData("{\"checkpoint\":\"1\"}")]
    [InlineData("{\"checkpoint\":1,\"tenant\":\"t\",\"user\":null,\"steps\":false,\"until\":\"yesterday\",\"given\":[]}")]
    [InlineData("{\"checkpoint\":1,\"tenant\":\"t\",\"user\":null,\"steps\":false,\"until\":\"2026-08-18T09:00:00Z\",\"given\":[null]}")]
    [InlineData("{\"checkpoint\":1,\"tenant\":null,\"user\":null,\"steps\":false,\"until\":\"2026-08-18T09:00:00Z\",\"given\":[]}")]
    public void What_is_no_checkpoint_is_refused_and_kept(string content)
    {
        System.IO.File.WriteAllText(File, content);

        Assert.Equal("CheckpointBroken", Assert.Throws<PasswordOpsException>(() => checkpoints.Open(File)).Id);
        Assert.Equal(content, System.IO.File.ReadAllText(File));
        Assert.Equal(new[] { File }, Directory.GetFiles(folder));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told_before_anything_is_read()
    {
        string path = Path.Combine(folder, "missing", "activity.json");

        Assert.Equal("CheckpointNotWritable", Assert.Throws<PasswordOpsException>(() => checkpoints.Open(path)).Id);
    }

    private void Save()
    {
        using IActivityCheckpointFile file = checkpoints.Open(File);
        file.Save(Sample);
    }
}
