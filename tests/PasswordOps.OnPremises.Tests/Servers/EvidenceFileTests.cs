using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using PasswordOps.Core;
using PasswordOps.Core.Writeback.Servers;
using PasswordOps.OnPremises.Servers;

namespace PasswordOps.OnPremises.Tests.Servers;

public sealed class EvidenceFileTests : IDisposable
{
    private const string Sound = @"{ ""schema"": 1, ""tool"": ""collector 1"", ""collectedAt"": ""2026-08-18T08:50:00.0000000Z"",
        ""computer"": ""sync01.contoso.com"", ""redacted"": false, ""items"": {
        ""engineFile"": { ""value"": ""2.5.190.0"", ""how"": ""file"" },
        ""engineConfiguration"": { ""error"": ""The term is not recognized."", ""how"": ""cmdlet"" },
        ""windows"": { ""value"": { ""caption"": ""Windows Server 2022"", ""build"": 20348, ""productType"": 3 }, ""how"": ""cim"" },
        ""framework"": { ""value"": { ""release"": 528049 } },
        ""tls"": { ""value"": { ""systemDefault"": 1, ""strongCrypto"": null, ""clientDisabledByDefault"": 2147483647 } },
        ""clock"": { ""value"": { ""reference"": ""corp.contoso.com"", ""offsetSeconds"": -0.25 } },
        ""service"": { ""value"": { ""state"": ""Running"", ""startMode"": ""Auto"", ""processes"": 1 } },
        ""scheduler"": { ""value"": { ""staging"": false, ""cycleEnabled"": true, ""suspended"": null } },
        ""writeback"": { ""value"": { ""enabled"": true } },
        ""connectors"": { ""value"": [ { ""forest"": ""corp.contoso.com"", ""account"": ""MSOL_1"", ""signAndSeal"": null } ] },
        ""remoteSam"": { ""value"": { ""descriptor"": null } },
        ""impersonation"": { ""value"": [ ""S-1-5-6"" ] },
        ""agent"": { ""value"": { ""installed"": false } },
        ""events"": { ""value"": { ""file"": ""events.xml"", ""days"": 7 } } } }";

    private readonly string folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())).FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_sound_file_gives_every_part_and_why_one_is_missing()
    {
        SyncServer server = Read(Sound);
        Assert.Equal((1, "collector 1", "sync01.contoso.com"), (server.Schema, server.Tool, server.Computer));
        Assert.Equal(new DateTimeOffset(2026, 8, 18, 8, 50, 0, TimeSpan.Zero), server.CollectedAt);
        Assert.Equal(("2.5.190.0", "file"), (server.EngineFile.Value, server.EngineFile.How));
        Assert.Equal((null, "The term is not recognized."), (server.EngineConfiguration.Value, server.EngineConfiguration.Error));
        Assert.Equal((20348, 3), (server.Windows.Value!.Build, server.Windows.Value.ProductType));
        Assert.Equal(528_049, server.Framework.Value!.Release);
        Assert.Equal(((int?)1, (int?)null, (int?)1), (
            server.Tls.Value!.SystemDefault, server.Tls.Value.StrongCrypto, server.Tls.Value.ClientDisabledByDefault));
        Assert.Equal(TimeSpan.FromSeconds(-0.25), server.Clock.Value!.Offset);
        Assert.True(server.Service.Value!.IsRunning);
        Assert.Equal((false, true, (bool?)null), (
            server.Scheduler.Value!.Staging, server.Scheduler.Value.CycleEnabled, server.Scheduler.Value.Suspended));
        Assert.True(server.Writeback.Value!.IsEnabled);
        Assert.Equal("MSOL_1", server.Connectors.Value!.Single().Account);
        Assert.Null(server.RemoteSam.Value!.Descriptor);
        Assert.Equal(new[] { "S-1-5-6" }, server.Impersonation.Value);
        Assert.False(server.Agent.Value!.IsInstalled);
        Assert.Equal("events.xml", server.Events.Value!.File);
        Assert.Empty(server.Notes);
    }

    [Fact]
    public void A_folder_the_file_itself_and_other_encodings_are_read()
    {
        string file = Path.Combine(folder, EvidenceFile.Name);
        foreach (Encoding encoding in new Encoding[] { new UTF8Encoding(true), new UTF8Encoding(false), Encoding.Unicode,
            Encoding.BigEndianUnicode })
        {
            File.WriteAllText(file, Sound, encoding);
            Assert.Equal("sync01.contoso.com", new EvidenceFile().Read(folder, CancellationToken.None).Server.Computer);
            Assert.Equal("sync01.contoso.com", new EvidenceFile().Read(file, CancellationToken.None).Server.Computer);
        }
    }

    [Fact]
    public void A_newer_format_is_read_as_far_as_it_is_known_and_says_so()
    {
        SyncServer server = Read(Sound.Replace("\"schema\": 1", "\"schema\": 7").Replace("\"items\": {", "\"items\": { \"moon\": 5,"));
        Assert.Equal("2.5.190.0", server.EngineFile.Value);
        Assert.Contains("format 7 of a newer collector", Assert.Single(server.Notes));
    }

    [Fact]
    public void An_older_format_that_lacks_parts_leaves_them_unknown()
    {
        SyncServer server = Read(@"{ ""schema"": 1, ""collectedAt"": ""2026-08-18T08:50:00Z"", ""items"": { } }");
        Assert.Equal(("?", "?"), (server.Tool, server.Computer));
        Assert.Contains("does not hold it", server.Service.Error);
        Assert.Empty(server.Notes);
    }

    [Theory]
    [InlineData("\"value\": { \"enabled\": true }", "\"value\": { \"enabled\": \"yes\" }", "writeback")]
    [InlineData("\"value\": { \"enabled\": true }", "\"value\": null", "writeback")]
    [InlineData("\"writeback\": { \"value\": { \"enabled\": true } }", "\"writeback\": null", "writeback")]
    [InlineData("\"writeback\": { \"value\": { \"enabled\": true } }", "\"writeback\": [ 5 ]", "writeback")]
    [InlineData("\"value\": \"2.5.190.0\"", "\"value\": 2.5", "engineFile")]
    [InlineData("\"descriptor\": null", "\"descriptor\": 5", "remoteSam")]
    [InlineData("\"descriptor\": null", "\"other\": null", "remoteSam")]
    [InlineData("\"descriptor\": null", "\"descriptor\": \"\"", "remoteSam")]
    [InlineData("\"strongCrypto\": null", "\"strongCrypto\": \"1\"", "tls")]
    [InlineData("\"strongCrypto\": null", "\"strongCrypto\": 1.5", "tls")]
    [InlineData("\"offsetSeconds\": -0.25", "\"offsetSeconds\": 1e300", "clock")]
    [InlineData("\"build\": 20348", "\"build\": 99999999999", "windows")]
    [InlineData("[ \"S-1-5-6\" ]", "[ \"S-1-5-6\", 5 ]", "impersonation")]
    [InlineData("\"state\": \"Running\"", "\"state\": \"\\u001b\"", "service")]
    public void A_part_of_a_wrong_shape_is_unknown_and_named_and_the_others_stand(string part, string instead, string item)
    {
        Assert.Contains(part, Sound);
        SyncServer server = Read(Sound.Replace(part, instead));
        Assert.Contains($"damaged in {item}", Assert.Single(server.Notes));
        Assert.Equal("Windows Server 2022" == server.Windows.Value?.Caption, item != "windows");
        Assert.Equal("The term is not recognized.", server.EngineConfiguration.Error);
    }

    [Fact]
    public void A_value_beside_an_error_does_not_count()
    {
        SyncServer server = Read(Sound.Replace("\"value\": { \"enabled\": true }", "\"value\": { \"enabled\": true }, \"error\": \"no\""));
        Assert.Equal((null, "no"), (server.Writeback.Value, server.Writeback.Error));
    }

    [Fact]
    public void A_list_of_one_may_have_lost_its_brackets_on_the_way()
    {
        Assert.Equal(new[] { "S-1-5-6" }, Read(Sound.Replace("[ \"S-1-5-6\" ]", "\"S-1-5-6\"")).Impersonation.Value);
    }

    [Fact]
    public void Text_that_would_reach_the_terminal_is_cleaned_and_cut()
    {
        SyncServer server = Read(Sound.Replace("sync01.contoso.com", "sync\\u001b[31m01" + new string('x', 5000)));
        Assert.DoesNotContain('\u001b', server.Computer);
        Assert.StartsWith("sync [31m01", server.Computer);
        Assert.True(server.Computer.Length <= 1000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("<Events></Events>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{ \"schema\": 1, \"items\": { } }")]
    [InlineData("{ \"schema\": \"1\", \"collectedAt\": \"2026-08-18T08:50:00Z\", \"items\": { } }")]
    [InlineData("{ \"schema\": 0, \"collectedAt\": \"2026-08-18T08:50:00Z\", \"items\": { } }")]
    [InlineData("{ \"schema\": 1, \"collectedAt\": \"yesterday\", \"items\": { } }")]
    [InlineData("{ \"schema\": 1, \"collectedAt\": \"2026-08-18T08:50:00Z\", \"items\": [] }")]
    public void What_is_no_evidence_is_refused(string content) => Refused("EvidenceInvalid", content);

    [Fact]
    public void Every_file_that_breaks_off_is_refused_or_read_and_never_crashes()
    {
        string whole = Sound.Trim();
        for (int length = 0; length < whole.Length; length += 7)
        {
            Refused("EvidenceInvalid", whole.Substring(0, length));
        }
    }

    [Fact]
    public void Depth_and_size_are_bounded()
    {
        Refused("EvidenceInvalid", string.Concat(Enumerable.Repeat("[", 100_000)));
        Refused("EvidenceInvalid", Sound + new string(' ', 5 * 1024 * 1024));
    }

    [Fact]
    public void A_folder_without_the_file_is_said_to_hold_none()
    {
        PasswordOpsException error = Assert.Throws<PasswordOpsException>(() => new EvidenceFile().Read(folder, CancellationToken.None));
        Assert.Equal("EvidenceNotFound", error.Id);
        Assert.Contains("-SaveCollector", error.Advice);
        Assert.Equal(
            "EvidenceNotFound",
            Assert.Throws<PasswordOpsException>(() => new EvidenceFile().Read(Path.Combine(folder, "none", "x"),
                CancellationToken.None)).Id);
    }

    [Theory]
    [InlineData("events.xml", true)]
    [InlineData("../outside.xml", false)]
    [InlineData("..", false)]
    [InlineData("sub\\\\events.xml", false)]
    [InlineData("C:events.xml", false)]
    [InlineData("absent.xml", false)]
    public void The_export_is_looked_for_in_the_folder_only(string name, bool found)
    {
        File.WriteAllText(Path.Combine(folder, "events.xml"), "<Events/>");
        File.WriteAllText(Path.Combine(folder, EvidenceFile.Name), Sound.Replace("events.xml", name));
        Assert.Equal(
            found ? Path.Combine(folder, "events.xml") : null, new EvidenceFile().Read(folder, CancellationToken.None).Events);
    }

    private SyncServer Read(string content)
    {
        File.WriteAllText(Path.Combine(folder, EvidenceFile.Name), content);
        return new EvidenceFile().Read(folder, CancellationToken.None).Server;
    }

    private void Refused(string id, string content) =>
        Assert.Equal(id, Assert.Throws<PasswordOpsException>(() => Read(content)).Id);
}
