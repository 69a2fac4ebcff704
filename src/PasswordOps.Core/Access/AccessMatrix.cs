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

    private static readonly string[] ActorIds =
    {
        RoleIds.PasswordAdministrator, RoleIds.HelpdeskAdministrator, RoleIds.AuthenticationAdministrator, RoleIds.UserAdministrator,
        RoleIds.PrivilegedAuthenticationAdministrator, RoleIds.GlobalAdministrator,
    };

    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> rows;

    private AccessMatrix(string file)
    {
        KnowledgeTable table = KnowledgeTable.Load(file);
        rows = table.Rows.ToDictionary(row => row["target"], StringComparer.OrdinalIgnoreCase);
        Actors = ActorIds.Where(id => table.Columns.Contains(RoleCatalog.NameOf(id))).ToArray();
    }

    /// <summary>Who can reset passwords.</summary>
    public static AccessMatrix Reset { get; } = new("reset-matrix");

    /// <summary>Who can change sensitive properties: phones, other mails, password profile.</summary>
    public static AccessMatrix Sensitive { get; } = new("sensitive-matrix");

    /// <summary>Template ids of the actors that have a column, least powerful first.</summary>
    public IReadOnlyList<string> Actors { get; }

    /// <summary>The rows that a target falls under; every one of them has to allow the actor, so the most protected decides.</summary>
    public IReadOnlyList<string> RowsOf(Standing target)
    {
        List<string> keys = new();
        foreach (HeldRole role in target.Roles)
        {
            keys.Add(rows.ContainsKey(role.TemplateId) ? role.TemplateId : AnyOther);
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

    /// <summary>The first row of the target that stops the actor; null when none does.</summary>
    public string? FirstRefusal(string actorId, IReadOnlyList<string> targetRows) =>
        targetRows.FirstOrDefault(row => !Allows(actorId, row));

    /// <summary>True when the table allows the actor this row.</summary>
    public bool Allows(string actorId, string targetRow) =>
        Actors.Contains(actorId, StringComparer.OrdinalIgnoreCase) && rows[targetRow][RoleCatalog.NameOf(actorId)] == "Y";

    /// <summary>Words for a row, as the table has them.</summary>
    public string Describe(string targetRow) => rows[targetRow]["name"];
}
