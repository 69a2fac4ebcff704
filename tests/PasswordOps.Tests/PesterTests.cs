using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace PasswordOps.Tests;

/// <summary>Runs the Pester suite: each file in a PowerShell process of its own.</summary>
[Collection("PowerShell")]
public class PesterTests
{
    public static TheoryData<string> Files
    {
        get
        {
            TheoryData<string> files = new();
            foreach (string file in Directory.GetFiles(Places.Pester, "*.Tests.ps1").Order())
            {
                files.Add(Path.GetFileName(file));
            }

            return files;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Passes(string file)
    {
        Pwsh.RequirePester();
        if (file is "ActiveDirectory.Tests.ps1" or "Test-WritebackPermission.Tests.ps1" or "Grant-WritebackPermission.Tests.ps1")
        {
            RequireSamba();
        }

        string result = Path.GetTempFileName();
        try
        {
            string script =
                $"& '{Path.Combine(Places.Pester, "run.ps1")}' -File '{Path.Combine(Places.Pester, file)}' "
                + $"-Module '{Places.Manifest}' -Result '{result}'";
            (int _, string output) = Pwsh.Run(script);
            string json = File.ReadAllText(result);
            Assert.True(json.Length > 0, output);
            using JsonDocument run = JsonDocument.Parse(json);
            Assert.True(run.RootElement.GetProperty("failed").GetInt32() == 0, run.RootElement.GetProperty("failures").GetString());
            Assert.True(run.RootElement.GetProperty("notRun").GetInt32() == 0, "Not every test ran: " + output);
            Assert.True(run.RootElement.GetProperty("passed").GetInt32() > 0, "No test ran: " + output);
        }
        finally
        {
            File.Delete(result);
        }
    }

    [Fact]
    public void Every_cmdlet_has_a_file()
    {
        string manifest = File.ReadAllText(Places.Manifest);
        string[] names = Directory.GetFiles(Places.Pester, "*.Tests.ps1")
            .Select(file => Path.GetFileName(file).Replace(".Tests.ps1", string.Empty)).ToArray();
        string block = manifest.Substring(manifest.IndexOf("CmdletsToExport", System.StringComparison.Ordinal));
        block = block.Substring(0, block.IndexOf(')'));
        string[] cmdlets = block.Split('\'').Where((_, index) => index % 2 == 1).ToArray();
        Assert.NotEmpty(cmdlets);
        Assert.Empty(cmdlets.Except(names));
    }

    private static void RequireSamba()
    {
        string program = Directory.GetFiles(
            Path.Combine(Places.Repository, "tests", "SambaDomain", "bin"), "SambaDomain.dll", SearchOption.AllDirectories)[0];
        using Process check = Process.Start(
            new ProcessStartInfo("dotnet", new[] { program, "--check" }) { RedirectStandardError = true })!;
        string missing = check.StandardError.ReadToEnd();
        check.WaitForExit();
        Skip.If(check.ExitCode != 0, missing);
    }
}
