using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Access;

/// <summary>One of the published tables: what a target holds (rows) against the role of the actor (columns), tenant scope.</summary>
internal sealed class AccessMatrix
{
    private const string NoRole = "none";
    private const string RoleAssignableGroup = "roleAssignableGroup";
    private const string RestrictedUnitRole = "restrictedUnitRole";
    private const string AnyOther = "anyOther";

    private readonly Dictionary<string, string> names;
    private readonly Dictionary<string, HashSet<string>> allowed;

    private AccessMatrix(string file)
    {
        KnowledgeTable table = KnowledgeTable.Load(file);
        string[] columns = table.Columns.Skip(2).ToArray();
        Actors = columns.Select(RoleCatalog.IdOf).ToArray();
        names = table.Rows.ToDictionary(row => row["target"], row => row["name"], StringComparer.OrdinalIgnoreCase);
        allowed = table.Rows.ToDictionary(
            row => row["target"],
            row => new HashSet<string>(columns.Where(name => row[name] == "Y").Select(RoleCatalog.IdOf), StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase);

        // The limited roles are those that do not reach every row.
        LimitedActors = Actors.Where(id => !allowed[AnyOther].Contains(id)).ToArray();
    }

    /// <summary>Who can reset passwords.</summary>
    public static AccessMatrix Reset { get; } = new("reset-matrix");

    /// <summary>Who can change sensitive properties: phones, other mails, password profile.</summary>
    public static AccessMatrix Sensitive { get; } = new("sensitive-matrix");

    /// <summary>Template ids of the actors that have a column, least powerful first.</summary>
    public IReadOnlyList<string> Actors { get; }

    /// <summary>Those among <see cref="Actors"/> that do not reach everybody.</summary>
    public IReadOnlyList<string> LimitedActors { get; }

    /// <summary>The rows that a target falls under; every one of them has to allow the actor, so the most protected decides.</summary>
    public IReadOnlyList<string> RowsOf(Standing target)
    {
        List<string> keys = new();
        foreach (HeldRole role in target.Roles.Where(RoleCatalog.IsRole))
        {
            keys.Add(names.ContainsKey(role.TemplateId) ? role.TemplateId : AnyOther);
        }

        if (target.RoleAssignableGroups.Count > 0)
        {
            keys.Add(RoleAssignableGroup);
        }

        if (target.RestrictedRoleScopes.Count > 0)
        {
            keys.Add(RestrictedUnitRole);
        }

        if (keys.Count == 0)
        {
            keys.Add(NoRole);
        }

        return keys.Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
    }

    /// <summary>True when the table allows the actor every one of the rows.</summary>
    public bool Allows(string actorId, IReadOnlyList<string> targetRows) => targetRows.All(row => allowed[row].Contains(actorId));

    /// <summary>Words for rows, as the table has them.</summary>
    public string Describe(IReadOnlyList<string> targetRows) => 
        Text.Of($"holds: {string.Join("; ", targetRows.Select(row => Text.Translated(names[row])))}");
}
