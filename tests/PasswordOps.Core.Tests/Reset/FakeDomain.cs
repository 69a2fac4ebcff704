using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;

namespace PasswordOps.Core.Tests.Reset;

/// <summary>A domain controller in memory.</summary>
internal sealed class FakeDomain : IActiveDirectory
{
    private readonly FakeClock clock;

    public FakeDomain(FakeClock clock)
    {
        this.clock = clock;
    }

    public string Server => "dc1.corp.contoso.com";

    public DomainController Controller { get; set; } = new() { Name = "dc1.corp.contoso.com", DomainName = "DC=corp,DC=contoso,DC=com" };

    public Dictionary<string, ActiveDirectoryAccount> Accounts { get; } = new();

    public Dictionary<string, string> Passwords { get; } = new();

    public PasswordOpsException? Refusal { get; set; }

    public bool IsDisposed { get; private set; }

    public int Resets { get; private set; }

    public ActiveDirectoryAccount Add(string sid, Func<ActiveDirectoryAccount, ActiveDirectoryAccount>? change = null)
    {
        ActiveDirectoryAccount account = new()
        {
            DistinguishedName = "CN=" + sid + ",DC=corp,DC=contoso,DC=com", ObjectGuid = Guid.NewGuid(), SecurityIdentifier = sid,
            SamAccountName = "bram", PasswordLastSet = clock.UtcNow.AddDays(-30), MustChangePassword = false,
        };
        Accounts[sid] = change?.Invoke(account) ?? account;
        return Accounts[sid];
    }

    public Task<ActiveDirectoryAccount> FindAsync(ActiveDirectoryName name, CancellationToken stop) =>
        Accounts.TryGetValue(name.Value, out ActiveDirectoryAccount? account)
            ? Task.FromResult(account)
            : throw new PasswordOpsException("AdUserNotFound", ErrorKind.NotFound, $"There is no account '{name}'.", "Check it.");

    public DomainConditions Conditions { get; set; } = new();

    public Task<DomainConditions> ReadConditionsAsync(CancellationToken stop) =>
        Refusal is null ? Task.FromResult(Conditions) : Task.FromException<DomainConditions>(Refusal);

    public Task ResetPasswordAsync(ActiveDirectoryAccount account, Password password, DomainResetOptions options, CancellationToken stop)
    {
        if (Refusal is not null)
        {
            throw Refusal;
        }

        Resets++;
        Passwords[account.SecurityIdentifier] = new string(password.Characters);
        Accounts[account.SecurityIdentifier] = account with
        {
            PasswordLastSet = options.MustChange ? null : clock.UtcNow, MustChangePassword = options.MustChange,
            IsLockedOut = account.IsLockedOut && !options.Unlock,
        };
        return Task.CompletedTask;
    }

    public Task ChangePasswordAsync(ActiveDirectoryAccount account, Password current, Password next, CancellationToken stop)
    {
        if (Refusal is not null)
        {
            throw Refusal;
        }

        Passwords[account.SecurityIdentifier] = new string(next.Characters);
        Accounts[account.SecurityIdentifier] = account with { PasswordLastSet = clock.UtcNow };
        return Task.CompletedTask;
    }

    public void Dispose() => IsDisposed = true;
}
