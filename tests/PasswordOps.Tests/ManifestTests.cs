using System;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace PasswordOps.Tests;

/// <summary>The manifest says what the module is; nothing of it is written twice without a test.</summary>
public class ManifestTests
{
    [Fact]
    public void Its_version_is_the_version_of_the_build() =>
        Assert.Equal(Places.Version, Regex.Match(File.ReadAllText(Places.Manifest), @"ModuleVersion\s*=\s*'([^']+)'").Groups[1].Value);

    [Fact]
    public void It_exports_every_cmdlet_of_the_assembly_and_nothing_else() => Assert.Equal(CmdletCount(), List("CmdletsToExport").Length);

    [SkippableFact]
    public void PowerShell_finds_in_it_what_it_exports()
    {
        Pwsh.Require();
        string[] lines = Pwsh.Lines(
            $"Import-Module '{Places.Manifest}'; Get-Command -Module PasswordOps -CommandType Cmdlet | ForEach-Object Name; "
            + "Get-Command -Module PasswordOps -CommandType Alias | ForEach-Object Name");
        Assert.Equal(
            List("CmdletsToExport").Concat(List("AliasesToExport")).Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_Aad_noun_has_an_Entra_alias()
    {
        string[] aliases = List("AliasesToExport");
        string[] aad = List("CmdletsToExport").Where(name => name.Contains("-Aad", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(aad);
        Assert.All(aad, name => Assert.Contains(name.Replace("-Aad", "-Entra", StringComparison.Ordinal), aliases));
    }

    [SkippableFact]
    public void It_is_valid_and_its_cmdlets_are_found_by_name_from_a_cold_cache()
    {
        Pwsh.Require();
        string cache = Path.Combine(Path.GetTempPath(), "analysis-" + Guid.NewGuid().ToString("N"));
        try
        {
            string[] lines = Pwsh.Lines(
                $"$null = Test-ModuleManifest '{Places.Manifest}'; "
                + "(Get-Command Reset-EntraUserPassword).ResolvedCommand.Name; "
                + "try { Get-PasswordOpsContext } catch { $_.FullyQualifiedErrorId }",
                ("PSModulePath", Path.Combine(Places.Repository, "out")),
                ("PSModuleAnalysisCachePath", cache));
            Assert.Equal(new[] { "Reset-AadUserPassword", "NotConnected,PasswordOps.GetPasswordOpsContextCommand" }, lines);
        }
        finally
        {
            File.Delete(cache);
        }
    }

    [Fact]
    public void Nothing_lies_in_the_module_folder_that_does_not_belong_there()
    {
        string[] top = Directory.GetFileSystemEntries(Places.Module)
            .Select(entry => Path.GetFileName(entry)!).Order(StringComparer.Ordinal).ToArray();
        string[] known =
        {
            "CHANGELOG.md", "LICENSE", "PasswordOps.format.ps1xml", "PasswordOps.psd1", "Collector", "Core", "Desktop", "en-US", "practice",
        };
        Assert.Empty(top.Except(known));
        Assert.DoesNotContain(
            Directory.GetFiles(Places.Module, "*", SearchOption.AllDirectories), file => file.EndsWith(".pdb", StringComparison.Ordinal));
    }

    private static string[] List(string key)
    {
        string block = Regex.Match(File.ReadAllText(Places.Manifest), key + @"\s*=\s*@\(([^)]*)\)").Groups[1].Value;
        return Regex.Matches(block, "'([^']+)'").Select(match => match.Groups[1].Value).ToArray();
    }

    private static int CmdletCount()
    {
        using FileStream stream = File.OpenRead(Path.Combine(Places.Module, "Core", "PasswordOps.dll"));
        using PEReader reader = new(stream);
        MetadataReader metadata = reader.GetMetadataReader();
        return metadata.CustomAttributes.Select(metadata.GetCustomAttribute)
            .Where(attribute => attribute.Constructor.Kind == HandleKind.MemberReference)
            .Select(attribute => metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent)
            .Where(parent => parent.Kind == HandleKind.TypeReference)
            .Count(parent => metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)parent).Name) == "CmdletAttribute");
    }
}
