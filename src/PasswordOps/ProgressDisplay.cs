using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Threading;
using PasswordOps.Core.Bulk;

namespace PasswordOps;

/// <summary>Shows how far long work is: one progress record a quarter of a second at most, under one activity id an invocation.</summary>
internal sealed class ProgressDisplay : IProgress<BulkProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static int lastId = 4200;

    private readonly Action<ProgressRecord> write;
    private readonly int id = Interlocked.Increment(ref lastId);
    private readonly object gate = new();
    private readonly Stopwatch sinceShown = new();
    private string? activity;

    internal ProgressDisplay(Action<ProgressRecord> write)
    {
        this.write = write;
    }

    /// <inheritdoc/>
    public void Report(BulkProgress value)
    {
        lock (gate)
        {
            if (sinceShown.IsRunning && sinceShown.Elapsed < Pause && value.Done != value.Total)
            {
                return;
            }

            sinceShown.Restart();
            activity = value.Activity;
        }

        ProgressRecord record = new(id, value.Activity, Status(value));
        if (value.Total is long total and > 0)
        {
            record.PercentComplete = (int)Math.Min(100, value.Done * 100 / total);
        }

        if (value.Remaining is TimeSpan remaining)
        {
            record.SecondsRemaining = (int)Math.Min(int.MaxValue, Math.Ceiling(remaining.TotalSeconds));
        }

        write(record);
    }

    /// <summary>Takes the display away, if there is one. On the pipeline thread.</summary>
    internal void Complete()
    {
        lock (gate)
        {
            if (activity is null)
            {
                return;
            }

            write(new ProgressRecord(id, activity, "-") { RecordType = ProgressRecordType.Completed });
            activity = null;
        }
    }

    /// <summary>The line under the activity. For people, so in their own culture's numbers.</summary>
    /// <param name="value">How far the work is.</param>
    /// <returns>Count and rate.</returns>
    internal static string Status(BulkProgress value)
    {
        string count = value.Total is long total
            ? string.Format(CultureInfo.CurrentCulture, "{0:N0} of {1:N0}", value.Done, total)
            : value.Done.ToString("N0", CultureInfo.CurrentCulture);
        string rate = value.PerSecond >= 10
            ? value.PerSecond.ToString("N0", CultureInfo.CurrentCulture)
            : value.PerSecond.ToString("0.#", CultureInfo.CurrentCulture);
        return count + ", " + rate + " a second";
    }
}
