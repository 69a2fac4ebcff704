namespace PasswordOps.Core.Access;

/// <summary>The rule that decided an answer.</summary>
public enum AccessRule
{
    /// <summary>A published table: role of the actor over the tenant against what the target holds.</summary>
    Table,

    /// <summary>A role over an administrative unit, or over one object.</summary>
    AdministrativeUnit,

    /// <summary>The target is in a restricted management administrative unit.</summary>
    RestrictedUnit,

    /// <summary>A role that the tenant made itself.</summary>
    CustomRole,

    /// <summary>A deprecated role without a column in the tables.</summary>
    DeprecatedRole,

    /// <summary>Actor and target are the same account.</summary>
    OwnAccount,

    /// <summary>The permission of an application, whatever its roles.</summary>
    ApplicationPermission,

    /// <summary>A role for which the actor is eligible would do, and it is not active.</summary>
    NotActivated,
}
