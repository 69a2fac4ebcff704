using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Core.Tests.Reset;

/// <summary>Keeps what was delivered, and fails when told to.</summary>
internal sealed class FakeDelivery : IPasswordDelivery
{
    public Dictionary<string, string> Delivered { get; } = new();

    public Func<string, PasswordOpsException?> Failing { get; set; } = _ => null;

    public bool KeepsAll { get; set; }

    public Task<DeliveredPassword> DeliverAsync(string user, string userId, Password password, CancellationToken stop)
    {
        if (Failing(user) is PasswordOpsException error)
        {
            throw error;
        }

        lock (Delivered)
        {
            Delivered["secret-" + userId] = new string(password.Characters);
        }

        return Task.FromResult(new DeliveredPassword("a vault", "secret-" + userId));
    }

    public Task WithdrawAsync(DeliveredPassword delivered, CancellationToken stop)
    {
        if (KeepsAll)
        {
            throw FakeDirectory.Refusal("SecretVaultFailed");
        }

        lock (Delivered)
        {
            Delivered.Remove(delivered.Reference);
        }

        return Task.CompletedTask;
    }
}
