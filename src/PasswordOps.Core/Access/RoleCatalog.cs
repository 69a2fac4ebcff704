using System;
using System.Collections.Generic;
using System.Linq;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Access;

/// <summary>
/// The built-in roles that rules decide by (Knowledge/roles.tsv) and what holds of single ones (Knowledge/role-rules.tsv).
/// </summary>
internal static class RoleCatalog
{
    private static readonly Dictionary<string, IReadOnlyDictionary<string, string>> ById =
        KnowledgeTable.Load("roles").Rows.ToDictionary(row => row["templateId"], StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, Dictionary<string, string>> Rules = KnowledgeTable.Load("role-rules").Rows
        .GroupBy(row => row["rule"], StringComparer.Ordinal)
        .ToDictionary(
            rule => rule.Key,
            rule => rule.ToDictionary(row => row["role"], row => row["says"], StringComparer.OrdinalIgnoreCase),
            StringComparer.Ordinal);

    /// <summary>Name of a role, by the table, else as the service gave it, else its id.</summary>
    public static string NameOf(HeldRole role) =>
        ById.TryGetValue(role.TemplateId, out IReadOnlyDictionary<string, string>? row) ? row["name"]
            : role.Name.Length > 0 ? role.Name
            : role.TemplateId;

    /// <summary>Name of a role by its id; the id itself when the table lacks it.</summary>
    public static string NameOf(string templateId) =>
        ById.TryGetValue(templateId, out IReadOnlyDictionary<string, string>? row) ? row["name"] : templateId;

    /// <summary>Template id of a role of the table.</summary>
    public static string IdOf(string name) => ById.Single(role => role.Value["name"] == name).Key;

    /// <summary>True when a holder resets under the administrator policy; null for a role that the table lacks.</summary>
    public static bool? IsUnderAdministratorPolicy(HeldRole role) =>
        ById.TryGetValue(role.TemplateId, out IReadOnlyDictionary<string, string>? row) ? row["underAdminPolicy"] == "Y" : null;

    /// <summary>True when the role resets passwords and can be assigned over one administrative unit.</summary>
    public static bool ActsOverAdministrativeUnit(string templateId) =>
        ById.TryGetValue(templateId, out IReadOnlyDictionary<string, string>? row) && row["administrativeUnitScope"] == "Y";

    /// <summary>What a rule says of a role; null when it says nothing of it.</summary>
    public static string? Rule(string rule, string templateId) =>
        Rules[rule].TryGetValue(templateId, out string? says) ? says : null;

    /// <summary>True for a role that makes its holder an administrator; false for what stands for every user or guest.</summary>
    public static bool IsRole(HeldRole role) => Rule("notARole", role.TemplateId) is null;
}
