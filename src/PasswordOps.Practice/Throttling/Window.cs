using System;
using System.Collections.Generic;

namespace PasswordOps.Practice.Throttling;

/// <summary>Counts what was taken of a limit. Not safe for threads; <see cref="Throttle"/> locks.</summary>
internal abstract class Window(int limit, TimeSpan length)
{
    public int Limit { get; } = limit;

    protected long Length { get; } = Math.Max(1, length.Ticks);

    internal static Window Of(WindowKind kind, int limit, TimeSpan length) => kind switch
    {
        WindowKind.Sliding => new SlidingWindow(limit, length),
        WindowKind.Fixed => new FixedWindow(limit, length),
        _ => new BucketWindow(limit, length),
    };

    /// <summary>How much of the limit is taken at that moment.</summary>
    public abstract int Used(long now);

    /// <summary>How long it takes until so much can be taken, when nobody else takes anything; zero when it can be now.</summary>
    public abstract TimeSpan WaitFor(int cost, long now);

    public abstract void Take(int cost, long now);
}

internal sealed class SlidingWindow(int limit, TimeSpan length) : Window(limit, length)
{
    private readonly Queue<(long At, int Cost)> _taken = new();
    private int _used;

    public override int Used(long now)
    {
        while (_taken.TryPeek(out (long At, int Cost) oldest) && oldest.At + Length <= now)
            _used -= _taken.Dequeue().Cost;
        return _used;
    }

    public override TimeSpan WaitFor(int cost, long now)
    {
        int over = Used(now) + cost - Limit;
        if (over <= 0)
            return TimeSpan.Zero;
        long free = now;
        foreach ((long at, int taken) in _taken)
        {
            over -= taken;
            free = at + Length;
            if (over <= 0)
                break;
        }
        return TimeSpan.FromTicks(free - now);
    }

    public override void Take(int cost, long now)
    {
        _taken.Enqueue((now, cost));
        _used += cost;
    }
}

internal sealed class FixedWindow(int limit, TimeSpan length) : Window(limit, length)
{
    private long _window;
    private int _used;

    public override int Used(long now)
    {
        if (now / Length != _window)
            (_window, _used) = (now / Length, 0);
        return _used;
    }

    public override TimeSpan WaitFor(int cost, long now) =>
        Used(now) + cost <= Limit ? TimeSpan.Zero : TimeSpan.FromTicks(((_window + 1) * Length) - now);

    public override void Take(int cost, long now) => _used = Used(now) + cost;
}

internal sealed class BucketWindow(int limit, TimeSpan length) : Window(limit, length)
{
    private double _used;
    private long _seen;

    public override int Used(long now)
    {
        _used = Math.Max(0, _used - (Math.Max(0, now - _seen) * (double)Limit / Length));
        _seen = now;
        return (int)Math.Ceiling(Math.Round(_used, 6));
    }

    public override TimeSpan WaitFor(int cost, long now)
    {
        int over = Used(now) + cost - Limit;
        if (over <= 0)
            return TimeSpan.Zero;
        return TimeSpan.FromTicks((long)Math.Ceiling((_used + cost - Limit) * Length / Limit));
    }

    public override void Take(int cost, long now)
    {
        Used(now);
        _used += cost;
    }
}
