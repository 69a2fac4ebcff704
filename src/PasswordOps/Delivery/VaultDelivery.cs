using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Passwords;

namespace PasswordOps;

/// <summary>Puts passwords in a vault of SecretManagement, whose commands run on the pipeline thread.</summary>
internal sealed class VaultDelivery : IPasswordDelivery
{
    private readonly SecretVault vault;
    private readonly string name;
    private readonly Func<Func<string>, CancellationToken, Task<string>> onPipeline;

    internal VaultDelivery(SecretVault vault, string name, Func<Func<string>, CancellationToken, Task<string>> onPipeline)
    {
        this.vault = vault;
        this.name = name;
        this.onPipeline = onPipeline;
    }

    /// <inheritdoc/>
    public async Task<DeliveredPassword> DeliverAsync(string user, string userId, Password password, CancellationToken stop)
    {
        PSCredential credential = new(user, password.ToSecureString());
        string secret = await onPipeline(() => vault.Put(user, userId, credential), stop).ConfigureAwait(false);
        return new DeliveredPassword(Text.Of($"secret {secret} in the vault {name}"), secret);
    }

    /// <inheritdoc/>
    public Task WithdrawAsync(DeliveredPassword delivered, CancellationToken stop) => onPipeline(
        () =>
        {
            vault.Remove(delivered.Reference);
            return delivered.Reference;
        },
        stop);
}
