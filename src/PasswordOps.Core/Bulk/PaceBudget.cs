namespace PasswordOps.Core.Bulk;

/// <summary>Requests that the service counts together. Each request belongs to one of them.</summary>
public enum PaceBudget
{
    /// <summary>Reads of users, groups, roles, licences and the tenant.</summary>
    DirectoryReads,

    /// <summary>Changes of users: profile, password, sessions.</summary>
    DirectoryWrites,

    /// <summary>Reads of authentication methods.</summary>
    MethodReads,

    /// <summary>Changes of authentication methods.</summary>
    MethodWrites,

    /// <summary>Reports and audit logs.</summary>
    Reports,
}
