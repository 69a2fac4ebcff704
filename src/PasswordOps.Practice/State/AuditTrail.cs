using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace PasswordOps.Practice.State;

/// <summary>One act as the audit log shows it.</summary>
internal sealed record AuditRow
{
    public required string Id { get; init; }

    public required Guid CorrelationId { get; init; }

    public required string Category { get; init; }

    public required string Service { get; init; }

    public required string Activity { get; init; }

    public required string OperationType { get; init; }

    public required string Result { get; init; }

    public required string ResultReason { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Actor Actor { get; init; }

    public required Guid TargetId { get; init; }

    public required string? TargetName { get; init; }

    public string TargetType { get; init; } = "User";

    /// <summary>How long after the act it shows up, where that is longer than for all.</summary>
    public TimeSpan Late { get; init; }

    public IReadOnlyList<string> ModifiedProperties { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Details { get; init; } = [];
}

/// <summary>Who acted: a person, or an application on its own.</summary>
internal sealed record Actor(bool IsApplication, Guid Id, string Name, Guid AppId);

/// <summary>
/// The audit log. Rows show up some time after the act, when the tenant is set so, and are kept for as long as the licence says.
/// </summary>
internal sealed class AuditTrail(TimeProvider clock, TimeSpan delay, TimeSpan kept, Func<IReadOnlyList<AuditRow>> history)
{
    private const int Capacity = 100_000;

    private readonly Lock _gate = new();
    private readonly Queue<AuditRow> _rows = new();
    private readonly Lazy<IReadOnlyList<AuditRow>> _history = new(history);
    private int _number = 10_482_630;

    public void Add(Func<string, AuditRow> make)
    {
        int number = Interlocked.Increment(ref _number);
        AuditRow row = make($"7DXKQ_{number}");
        lock (_gate)
        {
            if (_rows.Count == Capacity)
                _rows.Dequeue();
            _rows.Enqueue(row);
        }
    }

    /// <summary>The rows that have arrived by now and are still kept, the newest first.</summary>
    public IReadOnlyList<AuditRow> Visible()
    {
        DateTimeOffset now = clock.GetUtcNow();
        AuditRow[] rows;
        lock (_gate)
            rows = _rows.ToArray();
        return _history.Value.Concat(rows)
            .Where(row => row.At + (row.Late > delay ? row.Late : delay) <= now && row.At > now - kept).Reverse().ToList();
    }
}
