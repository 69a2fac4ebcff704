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

    /// <summary>The deprecated partner roles stand beside the table: one reaches everybody, the other those who hold nothing.</summary>
    internal static readonly RoleMatrix Reset = new("reset-matrix", Roles.PartnerTier2Support, Roles.PartnerTier1Support);

    internal static readonly RoleMatrix Sensitive = new("sensitive-matrix");

    private static readonly Guid[] s_limited =
    [
        Roles.PasswordAdministrator.Id, Roles.HelpdeskAdministrator.Id, Roles.AuthenticationAdministrator.Id, Roles.UserAdministrator.Id,
    ];

    private readonly Dictionary<string, HashSet<Guid>> _rows = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<Guid> _columns;
    private readonly Role? _everybody;
    private readonly Role? _nobodyElse;

    private RoleMatrix(string file, Role? everybody = null, Role? nobodyElse = null)
    {
        _everybody = everybody;
        _nobodyElse = nobodyElse;
        IReadOnlyList<string[]> rows = Knowledge.Shared(file);
        Guid[] columns = rows[0].Skip(2).Select(name => Roles.Named(name).Id).ToArray();
        _columns = columns.ToHashSet();
        foreach (string[] row in rows.Skip(1))
            _rows.Add(row[0], columns.Where((_, index) => row[index + 2] == "Y").ToHashSet());
    }

    public bool Knows(Role role) => role == _everybody || role == _nobodyElse || _columns.Contains(role.Id);

    /// <summary>The most protected thing that the target holds decides.</summary>
    public bool Allows(Role role, HashSet<string> held) =>
        role == _everybody || (role == _nobodyElse ? held.Contains(NothingHeld) : held.All(row => Row(row).Contains(role.Id)));

    /// <summary>Which rows a custom role reaches is not published. It reaches those that all four limited roles reach.</summary>
    public bool AllLimitedAllow(HashSet<string> held) => held.All(row => Array.TrueForAll(s_limited, Row(row).Contains));

    private HashSet<Guid> Row(string held) => _rows.GetValueOrDefault(held) ?? _rows[AnyOther];
}
