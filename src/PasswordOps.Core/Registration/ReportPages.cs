using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Registration;

/// <summary>
/// The registration report allows a few requests a second at most, whatever they ask for: it is read whole wherever its pages are fewer
/// than the users of interest.
/// </summary>
internal static class ReportPages
{
    private const int PageSize = 999;

    /// <summary>True when the whole report takes fewer requests than so many users do.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="users">How many users are of interest.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>Whether to read it whole; false where the tenant's size is not told.</returns>
    public static async Task<bool> AreFewerAsync(IDirectory directory, int users, CancellationToken stop) =>
        users > 1
        && await directory.CountUsersAsync(stop).ConfigureAwait(false) is int all
        && (all + PageSize - 1) / PageSize < users;
}
