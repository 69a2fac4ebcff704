using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Benchmarks;

Dictionary<string, Func<int, bool>> benchmarks = new(StringComparer.OrdinalIgnoreCase)
{
    ["import"] = ImportBenchmark.Run,
    ["firstcall"] = FirstCallBenchmark.Run,
    ["contacts"] = ContactBenchmark.Run,
    ["resetcheck"] = ResetCheckBenchmark.Run,
    ["resets"] = ResetBenchmark.Run,
    ["latency"] = LatencyBenchmark.Run,
    ["throttle"] = ThrottleBenchmark.Run,
    ["resume"] = ResumeBenchmark.Run,
    ["crash"] = given => CrashBenchmark.Run(args.Length > 1 ? given : CrashBenchmark.Kills),
    ["memory"] = MemoryBenchmark.Run,
    ["events"] = EventBenchmark.Run,
    ["rights"] = RightsBenchmark.Run,
    ["health"] = HealthBenchmark.Run,
    ["report"] = ReportBenchmark.Run,
    ["readiness"] = ReadinessBenchmark.Run,
};
int rounds = args.Length > 1 && int.TryParse(args[1], out int given) && given > 0 ? given : 15;
if (args.Length == 0 || (args[0] != "all" && !benchmarks.ContainsKey(args[0])))
{
    Console.Error.WriteLine($"Usage: dotnet run -c Release --project tests/Benchmarks -- all|{string.Join('|', benchmarks.Keys)} [rounds]");
    return 2;
}

bool good = true;
foreach (KeyValuePair<string, Func<int, bool>> benchmark in benchmarks
    .Where(b => args[0] == "all" || string.Equals(b.Key, args[0], StringComparison.OrdinalIgnoreCase)))
{
    good &= benchmark.Value(rounds);
}

return good ? 0 : 1;
