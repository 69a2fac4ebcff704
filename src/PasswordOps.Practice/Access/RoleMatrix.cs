using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.Access;

/// <summary>Which role reaches whom. Rows are what the target holds, columns the role of the actor.</summary>
internal sealed class RoleMatrix
{
    internal const string NothingHeld = "none";
    internal const string RoleAssignableGroup = "roleAssignableGroup";
    internal const string RestrictedUnitRole = "restrictedUnitRole";
    private const string AnyOther = "anyOther";

    internal static readonly RoleMatrix Reset = new("reset-matrix");
    internal static readonly RoleMatrix Sensitive = new("sensitive-matrix");

    private readonly Dictionary<string, HashSet<Guid>> _rows = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<Guid> _columns;

    private RoleMatrix(string file)
    {
        IReadOnlyList<string[]> rows = Knowledge.Shared(file);
        Guid[] columns = rows[0].Skip(2).Select(name => Roles.Named(name).Id).ToArray();
        _columns = columns.ToHashSet();
        foreach (string[] row in rows.Skip(1))
            _rows.Add(row[0], columns.Where((_, index) => row[index + 2] == "Y").ToHashSet());
    }

    public bool HasColumn(Guid role) => _columns.Contains(role);

    /// <summary>The most protected thing that the target holds decides.</summary>
    public bool Allows(Guid role, IReadOnlyCollection<string> held) =>
        held.All(row => _rows.GetValueOrDefault(row, _rows[AnyOther]).Contains(role));
}
