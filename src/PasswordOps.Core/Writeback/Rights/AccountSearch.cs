using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Finds the connector account and what it is a member of.</summary>
internal static class AccountSearch
{
    // Of the sync engine's express installation, and of the provisioning agent.
    private static readonly string[] Usual = { "MSOL_", "provAgentgMSA", "pGMSA_" };

    // The account that the service itself runs as; a connector account only where somebody chose it for that.
    private static readonly string[] Possible = { "ADSyncMSA", "ADSync" };

    /// <summary>All accounts that it could be; exactly one when it is certain.</summary>
    public static async Task<IReadOnlyList<ConnectorAccount>> FindAsync(IDirectoryRights rights, string? name, CancellationToken stop)
    {
        if (name is not null)
        {
            return await rights.FindAccountsAsync(name, stop).ConfigureAwait(false);
        }

        IReadOnlyList<ConnectorAccount> found = await rights.SearchAccountsAsync(Usual, stop).ConfigureAwait(false);
        if (found.Count == 0)
        {
            found = await rights.SearchAccountsAsync(Possible, stop).ConfigureAwait(false);
        }

        // Accounts of former installations stay behind; a disabled one is none of today's.
        ConnectorAccount[] enabled = found.Where(account => !IsDisabled(account)).ToArray();
        return enabled.Length > 0 ? enabled : found;
    }

    public static bool IsDisabled(ConnectorAccount account) => ((account.UserAccountControl ?? 0) & 0x2) != 0;

    /// <summary>Reads as whom the account is seen; when that is refused, it is known as itself only.</summary>
    public static async Task<AccountToken> TokenAsync(IDirectoryRights rights, ConnectorAccount account, CancellationToken stop)
    {
        try
        {
            return await rights.ReadTokenAsync(account, WellKnown.OfEveryCaller, stop).ConfigureAwait(false);
        }
        catch (PasswordOpsException refused)
        {
            return new AccountToken
            {
                Parts = Array.Empty<TokenPart>(), GroupsRead = false, MembershipsRead = false, Gaps = new[] { refused.Message },
            };
        }
    }
}
