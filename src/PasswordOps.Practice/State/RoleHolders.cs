using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace PasswordOps.Practice.State;

/// <summary>Who holds which role now. A change makes a new table, so that whoever reads one sees it whole.</summary>
internal sealed class RoleHolders
{
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private volatile Table _table;

    public RoleHolders(IReadOnlyList<RoleAssignment> assignments, TimeProvider clock)
    {
        _clock = clock;
        _table = new Table(assignments);
    }

    public IReadOnlyList<RoleAssignment> All => Current().All;

    public IEnumerable<RoleAssignment> Of(Guid principal) => Current().ByPrincipal[principal];

    public void Add(RoleAssignment assignment)
    {
        lock (_gate)
            _table = new Table(_table.All.Where(known => known.Id != assignment.Id).Append(assignment).ToArray());
    }

    /// <summary>How many were taken away.</summary>
    public int Remove(Func<RoleAssignment, bool> which)
    {
        lock (_gate)
        {
            RoleAssignment[] left = _table.All.Where(assignment => !which(assignment)).ToArray();
            int removed = _table.All.Count - left.Length;
            _table = new Table(left);
            return removed;
        }
    }

    private Table Current()
    {
        DateTimeOffset now = _clock.GetUtcNow();
        if (_table.NextEnd <= now)
            Remove(assignment => assignment.End <= now);
        return _table;
    }

    private sealed class Table(IReadOnlyList<RoleAssignment> all)
    {
        public IReadOnlyList<RoleAssignment> All { get; } = all;

        public ILookup<Guid, RoleAssignment> ByPrincipal { get; } = all.ToLookup(assignment => assignment.PrincipalId);

        public DateTimeOffset NextEnd { get; } = all.Min(assignment => assignment.End) ?? DateTimeOffset.MaxValue;
    }
}
