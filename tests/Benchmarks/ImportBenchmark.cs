using System;
using System.Collections.Generic;
using System.Globalization;

namespace PasswordOps.Benchmarks;

/// <summary>Import of the module against import of an empty one, each timed inside a fresh process, turn by turn.</summary>
internal static class ImportBenchmark
{
    private const double Limit = 1.25;

    internal static bool Run(int rounds)
    {
        List<double> ours = new();
        List<double> empty = new();
        Import(Subjects.Module);
        Import(Subjects.EmptyModule);
        for (int i = 0; i < rounds; i++)
        {
            ours.Add(Import(Subjects.Module));
            empty.Add(Import(Subjects.EmptyModule));
        }

        return Figure.Print("import", "of an empty module's", Figure.Median(ours), Figure.Median(empty), atMost: Limit);
    }

    private static double Import(string manifest)
    {
        string script =
            $"$w = [Diagnostics.Stopwatch]::StartNew(); Import-Module '{manifest}'; $w.Stop(); "
            + "$w.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)";
        return double.Parse(Subjects.Pwsh(script), CultureInfo.InvariantCulture);
    }
}
