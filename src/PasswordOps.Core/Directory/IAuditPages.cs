using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.Core.Directory;

/// <summary>Rows of the audit log, a page at a time, so that nobody has to hold them all. For one reader at a time.</summary>
public interface IAuditPages
{
    /// <summary>Reads on.</summary>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The next rows, which may be none; null after the last page.</returns>
    /// <exception cref="PasswordOpsException">The log cannot be read, or not any further.</exception>
    Task<IReadOnlyList<DirectoryAudit>?> NextAsync(CancellationToken stop);
}
