using System;

namespace PasswordOps;

/// <summary>
/// Names what a cmdlet does in the directory, in the words of Knowledge/permissions.tsv, which knows the Graph permissions for each
/// operation. From here come the permissions in the help and in the errors.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RequiresPermissionAttribute : Attribute
{
    /// <summary>Names operations.</summary>
    /// <param name="operations">Operations as in Knowledge/permissions.tsv.</param>
    public RequiresPermissionAttribute(params string[] operations)
    {
        Operations = operations;
    }

    /// <summary>Operations as in Knowledge/permissions.tsv.</summary>
    public string[] Operations { get; }
}
