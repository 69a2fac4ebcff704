using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PasswordOps.Practice.Faults;
using PasswordOps.Practice.Graph;
using PasswordOps.Practice.State;
using PasswordOps.Practice.Throttling;

namespace PasswordOps.Practice;

/// <summary>An argument that the program cannot work with.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>How a practice tenant is to run.</summary>
internal sealed record ServeOptions
{
    internal const string Usage = """
        usage: serve [--port 0] [--users 1000] [--seed 1] [--directory FILE] [--latency MS] [--log FILE]
                     [--throttle none|documented|strict] [--throttle-scale 1] [--throttle-kind sliding|fixed|bucket]
                     [--consistency-delay MS] [--fault "kind=KIND&rate=0.1&..."]... [--auto-approve UPN] [--stop-with-stdin]
        """;

    private const int MostUsers = 1_000_000;

    private static readonly string[] s_names =
    [
        "--port", "--users", "--seed", "--directory", "--latency", "--log", "--auto-approve", "--throttle", "--throttle-scale",
        "--throttle-kind", "--fault",
        "--consistency-delay",
    ];

    /// <summary>0: any free port.</summary>
    public int Port { get; init; }

    public int Users { get; init; } = 1000;

    public int Seed { get; init; } = 1;

    /// <summary>A tenant of one's own, in place of a generated one.</summary>
    public string? DirectoryFile { get; init; }

    public int LatencyMilliseconds { get; init; }

    /// <summary>How long a write stays hidden from reads at most.</summary>
    public int ConsistencyMilliseconds { get; init; }

    public string? LogFile { get; init; }

    /// <summary>Users beside the generated ones, by user principal name or object id.</summary>
    public IReadOnlyList<string> AlsoUsers { get; init; } = [];

    /// <summary>The user who enters every device code at once.</summary>
    public string? AutoApprove { get; init; }

    public ThrottleSettings Throttle { get; init; } = new();

    /// <summary>Rules of what goes wrong, in the form that the control takes as query.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>The end of standard input ends the server, so that it does not outlive who started it.</summary>
    public bool StopWithStdin { get; init; }

    /// <exception cref="UsageException">An argument is unknown, has no value, or a value that does not fit.</exception>
    internal static ServeOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new ServeOptions();
        bool users = false, seed = false;
        for (int index = 0; index < arguments.Length; index++)
        {
            string name = arguments[index];
            if (name == "--stop-with-stdin")
            {
                options = options with { StopWithStdin = true };
                continue;
            }
            if (!s_names.Contains(name))
                throw new UsageException($"Unknown option '{name}'.");
            if (++index >= arguments.Length)
                throw new UsageException($"{name} needs a value.");
            string value = arguments[index];
            options = name switch
            {
                "--port" => options with { Port = Number(name, value, 0, 65535) },
                "--users" => options with { Users = Number(name, value, 1, MostUsers) },
                "--seed" => options with { Seed = Number(name, value, 0, int.MaxValue) },
                "--latency" => options with { LatencyMilliseconds = Number(name, value, 0, 600_000) },
                "--consistency-delay" => options with { ConsistencyMilliseconds = Number(name, value, 0, Replication.MostMilliseconds) },
                "--directory" => options with { DirectoryFile = Text(name, value) },
                "--log" => options with { LogFile = Text(name, value) },
                "--throttle" => options with
                {
                    Throttle = options.Throttle with { Regime = Named<ThrottleRegime>(name, value, "none, documented or strict") },
                },
                "--throttle-scale" => options with
                {
                    Throttle = options.Throttle with { Scale = Number(name, value, 1, ThrottleSettings.MostScale) },
                },
                "--throttle-kind" => options with
                {
                    Throttle = options.Throttle with { Kind = Named<WindowKind>(name, value, "sliding, fixed or bucket") },
                },
                "--fault" => options with { Faults = [.. options.Faults, Rule(value)] },
                _ => options with { AutoApprove = Text(name, value) },
            };
            users |= name == "--users";
            seed |= name == "--seed";
        }
        if (options.DirectoryFile is not null && (users || seed))
            throw new UsageException("--directory brings its own users; leave --users and --seed out.");
        return options;
    }

    private static int Number(string name, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new UsageException($"{name} must be a whole number from {least} to {most}, not '{value}'.");

    private static T Named<T>(string name, string value, string known) where T : struct, Enum =>
        ThrottleSettings.TryName(value, out T found) ? found : throw new UsageException($"{name} must be {known}, not '{value}'.");

    private static string Rule(string value)
    {
        _ = FaultRule.Parse(new Query(value).Parts);
        return value;
    }

    private static string Text(string name, string value) =>
        value.Length > 0 ? value : throw new UsageException($"{name} needs a value.");
}
