using System.Collections.Generic;

namespace PasswordOps.Core.Directory;

/// <summary>
/// The tenant's whole order of administration at one moment. It is read by the pages of the tenant's lists, however many accounts are asked
/// for.
/// </summary>
public interface ITenantStandings
{
    /// <summary>
    /// The standing of a user. Of administrative units it names only those that restrict management, or over which somebody holds or may
    /// activate a role; an id that nobody has gets an empty standing.
    /// </summary>
    /// <param name="userId">Object id.</param>
    /// <returns>The standing; null when the lists do not tell, and the user has to be read alone.</returns>
    Reading<Standing>? Of(string userId);

    /// <summary>Who holds a role over the whole tenant, directly or through a group.</summary>
    /// <param name="templateId">Role template id.</param>
    /// <returns>Object ids, groups and applications among them.</returns>
    IReadOnlyList<string> HoldersOf(string templateId);
}
