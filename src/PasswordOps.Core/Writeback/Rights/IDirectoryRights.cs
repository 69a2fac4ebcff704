using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>
/// A signed-in connection to one domain controller, for reading and writing security descriptors. All answers come from that one
/// controller. Decides nothing: what may not be read is null, and what it means is judged elsewhere. Methods throw
/// <see cref="PasswordOpsException"/>; after a write that was sent and not answered, <see cref="PasswordOpsException.MayHaveHappened"/> is
/// true. Safe to call from several threads.
/// </summary>
public interface IDirectoryRights : IDisposable
{
    /// <summary>What the domain controller said of itself when the connection was opened.</summary>
    DomainController Controller { get; }

    /// <summary>The account that signed in, as the controller knows it; null when it does not say.</summary>
    string? SignedInAs { get; }

    /// <summary>Reads the domains of the forest. The one that the controller serves is always among them, with its SID.</summary>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The domains, as far as the controller tells.</returns>
    Task<IReadOnlyList<DirectoryDomain>> ReadDomainsAsync(CancellationToken stop);

    /// <summary>Reads what rights are judged by from the schema.</summary>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The facts; what could not be read is null in them.</returns>
    Task<RightsSchema> ReadSchemaAsync(CancellationToken stop);

    /// <summary>Finds an account by name: users, group managed service accounts and computers.</summary>
    /// <param name="name">sAMAccountName with or without the dollar sign at the end of a managed service account, <c>DOMAIN\name</c>, user
    /// principal name, distinguished name, SID or objectGUID.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>All that bear the name; empty when none does.</returns>
    Task<IReadOnlyList<ConnectorAccount>> FindAccountsAsync(string name, CancellationToken stop);

    /// <summary>Finds users and managed service accounts whose sAMAccountName begins with one of some texts.</summary>
    /// <param name="prefixes">For example <c>MSOL_</c>.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>All found; empty when there is none.</returns>
    Task<IReadOnlyList<ConnectorAccount>> SearchAccountsAsync(IReadOnlyList<string> prefixes, CancellationToken stop);

    /// <summary>
    /// Reads as whom the controller sees an account: sIDHistory, primary group, tokenGroups, and every group that these or the
    /// well-known identities of <paramref name="wellKnown"/> are members of, the aliases under CN=Builtin included.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="wellKnown">Identities that every signed-in caller has, for example S-1-5-11; they become members of groups through the
    /// objects under CN=ForeignSecurityPrincipals.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The parts that are known, and whether groups could be read.</returns>
    Task<AccountToken> ReadTokenAsync(ConnectorAccount account, IReadOnlyList<SecurityId> wellKnown, CancellationToken stop);

    /// <summary>Reads one object with its descriptor: owner, group and DACL, asked for by the control with flags 7.</summary>
    /// <param name="distinguishedName">Which.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The object; null when it does not exist or may not be seen.</returns>
    Task<DirectoryObject?> ReadObjectAsync(string distinguishedName, CancellationToken stop);

    /// <summary>
    /// Reads users with their descriptors, page by page. The next page may be asked for while the present one is being looked at; pages are
    /// handed over one after the other, and nothing keeps them.
    /// </summary>
    /// <param name="query">Which.</param>
    /// <param name="page">Takes a page.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>A task that ends when all were handed over.</returns>
    /// <exception cref="PasswordOpsException">The connection broke; the pages handed over so far stand.</exception>
    Task ReadUsersAsync(RightsUserQuery query, Action<IReadOnlyList<DirectoryObject>> page, CancellationToken stop);

    /// <summary>Replaces the DACL of an object and nothing else of its descriptor: the control with flags 4. The caller has just read
    /// the object and compared.</summary>
    /// <param name="distinguishedName">Which.</param>
    /// <param name="descriptor">A self-relative descriptor with the new DACL.</param>
    /// <param name="stop">Ends the work. Stopped after the request was sent, the change may be in force: read the object again.</param>
    /// <returns>A task that ends with the answer.</returns>
    /// <exception cref="PasswordOpsException"><c>AdRightsMissing</c> and what a connection can suffer.</exception>
    Task WriteDaclAsync(string distinguishedName, byte[] descriptor, CancellationToken stop);
}
