using System;
using System.Diagnostics;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace PasswordOps.Practice.Tests;

/// <summary>The program as a process: arguments, ready line, end.</summary>
public sealed class ServeTests
{
    private static Process Start(params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "PasswordOps.Practice.dll"));
        foreach (string argument in arguments)
            info.ArgumentList.Add(argument);
        return Process.Start(info)!;
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Help_is_an_answer_and_no_error(string argument)
    {
        using Process process = Start(argument);
        process.StandardInput.Close();
        string output = await process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("usage: tour", output);
        Assert.Empty(error);
    }

    [Theory]
    [InlineData("usage: serve")]
    [InlineData("usage: serve", "dance")]
    [InlineData("Unknown option '--color'.", "serve", "--color")]
    [InlineData("--port must be a whole number from 0 to 65535, not '70000'.", "serve", "--port", "70000")]
    [InlineData("--users must be a whole number", "serve", "--users", "many")]
    [InlineData("--seed needs a value.", "serve", "--seed")]
    [InlineData("--latency must be a whole number", "serve", "--latency", "-1")]
    [InlineData("--throttle must be none, documented or strict, not 'hard'.", "serve", "--throttle", "hard")]
    [InlineData("--throttle-scale must be a whole number from 1 to 1000", "serve", "--throttle-scale", "0")]
    [InlineData("--throttle-kind must be sliding, fixed or bucket", "serve", "--throttle-kind", "1")]
    [InlineData("rate must be a number from 0 to 1", "serve", "--fault", "kind=reset&rate=20")]
    [InlineData("leave --users and --seed out", "serve", "--directory", "x.json", "--users", "5")]
    [InlineData("no-such-file.json cannot be read", "serve", "--directory", "no-such-file.json")]
    [InlineData("cannot be written", "serve", "--log", "no-such-folder/log.jsonl")]
    [InlineData("--auto-approve names no user", "serve", "--auto-approve", "ghost@contoso.com")]
    public async Task Bad_arguments_give_a_message_and_exit_code_2(string message, params string[] arguments)
    {
        using Process process = Start(arguments);
        process.StandardInput.Close();
        string error = await process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(2, process.ExitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Fact]
    public async Task It_says_one_line_and_leaves_nothing_behind_when_its_input_ends()
    {
        using Process process = Start("serve", "--users", "70", "--stop-with-stdin");
        string line = (await process.StandardOutput.ReadLineAsync())!;
        JsonNode ready = JsonNode.Parse(line)!;
        Assert.Equal(process.Id, ready["processId"]!.GetValue<int>());
        Assert.Equal(70, ready["users"]!.GetValue<int>());
        string authority = ready["caCertificateFile"]!.GetValue<string>();
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", await File.ReadAllTextAsync(authority), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(Path.GetDirectoryName(authority)!));
        }
        process.StandardInput.Close();
        Assert.Empty(await process.StandardOutput.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.False(Directory.Exists(Path.GetDirectoryName(authority)));
    }

    [SkippableFact]
    public async Task Ctrl_C_does_not_end_what_was_started_for_another_program()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no SIGINT to send.");
        using Process process = Start("serve", "--users", "60", "--stop-with-stdin");
        await process.StandardOutput.ReadLineAsync();
        using (Process kill = Process.Start("kill", ["-INT", process.Id.ToString()]))
            await kill.WaitForExitAsync();
        Assert.False(process.WaitForExit(1000));
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    [SkippableFact]
    public async Task It_ends_cleanly_on_a_signal()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no SIGTERM to send.");
        using Process process = Start("serve", "--users", "20");
        string line = (await process.StandardOutput.ReadLineAsync())!;
        string folder = Path.GetDirectoryName(JsonNode.Parse(line)!["caCertificateFile"]!.GetValue<string>())!;
        using Process kill = Process.Start("kill", ["-TERM", process.Id.ToString()]);
        await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        await using PracticeServer first = await PracticeServer.StartAsync(new ServeOptions { Users = 20 });
        int port = new Uri(first.Ready.Graph).Port;
        UsageException error = await Assert.ThrowsAsync<UsageException>(
            () => PracticeServer.StartAsync(new ServeOptions { Users = 20, Port = port }));
        Assert.StartsWith($"--port {port} cannot be used", error.Message, StringComparison.Ordinal);
    }
}
