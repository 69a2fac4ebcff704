using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PasswordOps.Benchmarks;

/// <summary>A figure: the ratio of two medians of one run, which says more than times do when machines differ.</summary>
internal static class Figure
{
    internal static double Median(IReadOnlyCollection<double> values)
    {
        double[] sorted = values.Order().ToArray();
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    internal static bool Print(string name, string against, double ours, double theirs, double? atMost = null, double? atLeast = null)
    {
        double ratio = atLeast is null ? ours / theirs : theirs / ours;
        bool good = atLeast is double least ? ratio >= least : ratio <= atMost;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-10} {ratio,6:0.00} x {against} ({ours:0} ms to {theirs:0} ms), {(atLeast is null ? "at most" : "at least")} "
            + $"{atLeast ?? atMost:0.##}: {(good ? "reached" : "MISSED")}"));
        return good;
    }

    /// <summary>A ratio that was counted, with what it was counted from; without a limit it is only told.</summary>
    internal static bool PrintRatio(string name, string of, double ratio, string from, double? atLeast, double? atMost = null)
    {
        bool good = (atLeast is null || ratio >= atLeast) && (atMost is null || ratio <= atMost);
        string limit = atLeast is not null ? $", at least {Number(atLeast.Value)}: "
            : atMost is not null ? $", at most {Number(atMost.Value)}: " : "";
        string verdict = limit.Length == 0 ? "" : good ? "reached" : "MISSED";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-10} {ratio,6:0.000} {of} ({from}){limit}{verdict}"));
        return good;

        static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
    }
}
