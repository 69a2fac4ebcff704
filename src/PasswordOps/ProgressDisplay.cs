using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Threading;
using PasswordOps.Core;
using PasswordOps.Core.Bulk;

namespace PasswordOps;

/// <summary>Shows how far long work is: one progress record a quarter of a second at most, under one activity id an invocation.</summary>
internal sealed class ProgressDisplay : IProgress<BulkProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static int lastId = 4200;

    private readonly Action<ProgressRecord> write;
    private readonly Func<PaceState?> held;
    private readonly int id = Interlocked.Increment(ref lastId);
    private readonly object gate = new();
    private readonly Stopwatch sinceShown = new();
    private BulkProgress? shown;

    internal ProgressDisplay(Action<ProgressRecord> write, Func<PaceState?> held)
    {
        this.write = write;
        this.held = held;
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
            shown = value;
        }

        Show(value with { Held = held() });
    }

    /// <summary>Says that the service holds the work back, which is silent meanwhile. Returns at once, on any thread.</summary>
    /// <param name="state">How it does.</param>
    internal void Hold(PaceState state)
    {
        BulkProgress? value;
        lock (gate)
        {
            value = shown;
        }

        if (value is not null)
        {
            Show(value with { Held = state, Remaining = null });
        }
    }

    private void Show(BulkProgress value)
    {
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
            if (shown is null)
            {
                return;
            }

            write(new ProgressRecord(id, shown.Activity, "-") { RecordType = ProgressRecordType.Completed });
            shown = null;
        }
    }

    /// <summary>The line under the activity. For people, so in their own culture's numbers.</summary>
    /// <param name="value">How far the work is.</param>
    /// <returns>Count, rate, and whether the service holds it back.</returns>
    internal static string Status(BulkProgress value)
    {
        string count = value.Total is long total
            ? Text.Of($"{value.Done.ToString("N0", CultureInfo.CurrentCulture)} of {total.ToString("N0", CultureInfo.CurrentCulture)}")
            : value.Done.ToString("N0", CultureInfo.CurrentCulture);
        string rate = value.PerSecond >= 10
            ? value.PerSecond.ToString("N0", CultureInfo.CurrentCulture)
            : value.PerSecond.ToString("0.#", CultureInfo.CurrentCulture);
        string told = value.Held?.Tell(SystemClock.Instance.UtcNow) ?? string.Empty;
        return Text.Of($"{count}, {rate} a second") + (told.Length > 0 ? "; " + told : string.Empty);
    }
}
