using System;
using System.Linq;

namespace PasswordOps.Tests;

/// <summary>The module neither disturbs other modules' libraries nor is disturbed by them. Each test is a session of its own.</summary>
[Collection("PowerShell")]
public class IsolationTests
{
    private const string Foreign = """
        function Foreign {
            $homes = [Runtime.InteropServices.RuntimeEnvironment]::GetRuntimeDirectory(), $PSHOME
            [Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | Where-Object { -not $_.IsDynamic -and $_.Location } | Where-Object {
                $at = $_.Location; -not ($homes | Where-Object { $at.StartsWith($_.TrimEnd('/', '\')) })
            } | ForEach-Object { $_.GetName().Name } | Sort-Object
        }

        """;

    private const string Use = """
        $tenant = Start-PracticeTenant -Users 30
        $null = Connect-PasswordOps -PracticeTenant $tenant
        'verdict ' + (Test-SsprReadiness $tenant.People[0].UserPrincipalName).Verdict

        """;

    private static readonly string Import = $"Import-Module '{Places.Manifest}'\n";

    [SkippableFact]
    public void Import_loads_two_assemblies_and_no_third_party()
    {
        Pwsh.Require();
        string[] lines = Pwsh.Lines(
            Foreign + Import
                + "Foreign; [Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -like 'PasswordOps*' | ForEach-Object Name");
        Assert.Equal(new[] { "PasswordOps", "PasswordOps.Core" }, lines);
    }

    [SkippableFact]
    public void Use_loads_third_parties_beside_the_default_context_only()
    {
        Pwsh.Require();
        string[] lines = Pwsh.Lines(Foreign + Import + Use + """
            Foreign
            ([Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -eq 'PasswordOps adapters').Assemblies |
                ForEach-Object { 'own ' + $_.GetName().Name }
            """);
        Assert.Equal(
            new[] { "PasswordOps", "PasswordOps.Core" }, lines.Where(line => !line.StartsWith("own ", StringComparison.Ordinal)).Skip(1));
        Assert.Contains("own Azure.Core", lines);
        Assert.Contains("own Microsoft.Identity.Client", lines);
        Assert.DoesNotContain("own PasswordOps.Core", lines);
    }

    [SkippableFact]
    public void Older_libraries_that_are_loaded_first_change_nothing()
    {
        Pwsh.Require();
        using StubAssemblies stubs = new();
        string[] lines = Pwsh.Lines(stubs.Load + "\n" + Import + Use);
        AssertStubs(lines);
        Assert.Equal("verdict Fail", lines[^1]);
    }

    [SkippableFact]
    public void Older_libraries_that_are_loaded_afterwards_change_nothing()
    {
        Pwsh.Require();
        using StubAssemblies stubs = new();
        string[] lines = Pwsh.Lines(Import + Use + stubs.Load + "\nStop-PracticeTenant\n" + Use);
        AssertStubs(lines);
        Assert.Equal("verdict Fail", lines[0]);
        Assert.Equal("verdict Fail", lines[^1]);
    }

    [SkippableFact]
    public void The_module_hides_nothing_from_others()
    {
        Pwsh.Require();
        using StubAssemblies stubs = new();
        string[] lines = Pwsh.Lines(
            Import + Use + stubs.Load + "\n'type ' + ([Reflection.Assembly]::Load('Azure.Core').GetName().Version)");
        Assert.Equal("type 1.0.0.0", lines[^1]);
    }

    // A name that is the runtime's own cannot be taken by a file, and stays the runtime's.
    private static void AssertStubs(string[] lines)
    {
        Assert.Contains("Azure.Core 1.0.0.0", lines);
        Assert.Contains("Azure.Identity 1.0.0.0", lines);
        Assert.Contains("Microsoft.Identity.Client 1.0.0.0", lines);
        Assert.Contains(lines, line => line.StartsWith("System.Text.Json ", StringComparison.Ordinal));
    }
}
