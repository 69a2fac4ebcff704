using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.DirectoryServices.Protocols;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;

namespace PasswordOps.OnPremises.ActiveDirectory;

/// <summary>A signed-in connection to one domain controller.</summary>
internal sealed class DomainSession : IActiveDirectory
{
    private const int MostPolicies = 200;

    // A sequence of one number, whose lowest bit says that all of the policy counts (MS-ADTS 3.1.1.3.4.1.27).
    private static readonly byte[] EnforcePolicy = { 0x30, 0x03, 0x02, 0x01, 0x01 };

    private readonly Lines lines;
    private readonly IClock clock;
    private readonly string? hintsControl;
    private readonly ConcurrentDictionary<string, DomainPasswordPolicy> policies = new(StringComparer.OrdinalIgnoreCase);

    private DomainSession(Lines lines, IClock clock, DomainController controller, string? hintsControl)
    {
        this.lines = lines;
        this.clock = clock;
        this.hintsControl = hintsControl;
        Controller = controller;
    }

    public string Server => Controller.Name;

    public DomainController Controller { get; }

    /// <summary>Signs in and reads what the domain controller says of itself.</summary>
    public static async Task<DomainSession> StartAsync(Lines lines, IClock clock, CancellationToken stop)
    {
        RootEntry root = await RootEntry.ReadAsync(lines, clock, stop).ConfigureAwait(false);
        return new DomainSession(lines, clock, root.Controller, root.HintsControl);
    }

    public async Task<ActiveDirectoryAccount> FindAsync(ActiveDirectoryName name, CancellationToken stop)
    {
        if (name is null)
        {
            throw new ArgumentNullException(nameof(name));
        }

        IReadOnlyList<Entry> found = await SearchAsync(name.Value, () => AccountEntry.Request(name, Controller.DomainName), stop)
            .ConfigureAwait(false);
        if (found.Count != 1)
        {
            throw found.Count == 0
                ? lines.Target.Own("AdUserNotFound", ("account", name.Value))
                : lines.Target.Own("AdUserAmbiguous", ("account", name.Value));
        }

        ActiveDirectoryAccount account = AccountEntry.Read(found[0])
            ?? throw lines.Target.Own(
                "AdAnswerUnexpected", ("why", Text.Of($"the account has no objectGUID, objectSid or sAMAccountName")));
        string policy = AccountEntry.PolicyOf(found[0]) ?? Controller.DomainName;
        return account with { Policy = await PolicyAsync(policy, stop).ConfigureAwait(false) };
    }

    public Task<DomainConditions> ReadConditionsAsync(CancellationToken stop) =>
        new ConditionsReader(lines, Controller.DomainName).ReadAsync(stop);

    public async Task ResetPasswordAsync(
        ActiveDirectoryAccount account, Password password, DomainResetOptions options, CancellationToken stop)
    {
        if (account is null || password is null || options is null)
        {
            throw new ArgumentNullException(account is null ? nameof(account) : password is null ? nameof(password) : nameof(options));
        }

        RequireWritable();
        if (options.EnforceHistory && hintsControl is null)
        {
            throw lines.Target.Own("AdHistoryNotSupported");
        }

        PasswordShape shape = PasswordShape.Of(password);
        byte[] value = Encoded(password);
        try
        {
            await lines.SendAsync<ModifyResponse>(
                DirectoryCode.Write, account.SamAccountName, () => Reset(account, value, options, hintsControl), () => Erase(value),
                stop)
                .ConfigureAwait(false);
        }
        catch (PasswordOpsException error) when (error.Id == "AdPasswordRefused")
        {
            throw shape.Explain(lines.Target, account, options.EnforceHistory, Now, error);
        }
        catch (PasswordOpsException error) when (error.Id == "AdRightsMissing")
        {
            throw await RightsAsync(account, options, error, stop).ConfigureAwait(false);
        }
    }

    public async Task ChangePasswordAsync(ActiveDirectoryAccount account, Password current, Password next, CancellationToken stop)
    {
        if (account is null || current is null || next is null)
        {
            throw new ArgumentNullException(account is null ? nameof(account) : current is null ? nameof(current) : nameof(next));
        }

        RequireWritable();
        PasswordShape shape = PasswordShape.Of(next);
        byte[] before = Encoded(current);
        byte[] after = Encoded(next);
        try
        {
            await lines.SendAsync<ModifyResponse>(
                DirectoryCode.Write, account.SamAccountName, () => Change(account, before, after),
                () =>
                {
                    Erase(before);
                    Erase(after);
                },
                stop).ConfigureAwait(false);
        }
        catch (PasswordOpsException error) when (error.Id == "AdPasswordRefused")
        {
            throw shape.Explain(lines.Target, account, historyCounts: true, Now, error);
        }
        catch (PasswordOpsException error) when (error.Id == "AdRightsMissing")
        {
            throw lines.Target.Tell(
                RightsMissing, error.ServiceCode, false, ("account", account.SamAccountName),
                ("why", Text.Of($"the right Change Password is missing or denied")),
                ("fix", Text.Of($"Clear 'User cannot change password' on the account, or reset the password as an administrator.")));
        }
    }

    public void Dispose() => lines.Dispose();

    private static DirectoryCode RightsMissing => DirectoryCode.Of(DirectoryCode.Write, Results.InsufficientRights, null);

    private DateTimeOffset Now => clock.UtcNow + (Controller.ClockSkew ?? TimeSpan.Zero);

    private static ModifyRequest Reset(ActiveDirectoryAccount account, byte[] value, DomainResetOptions options, string? hintsControl)
    {
        ModifyRequest request = new(Name(account));
        Add(request, "unicodePwd", DirectoryAttributeOperation.Replace, value);
        if (options.Unlock)
        {
            Add(request, "lockoutTime", DirectoryAttributeOperation.Replace, "0");
        }

        if (options.MustChange)
        {
            Add(request, "pwdLastSet", DirectoryAttributeOperation.Replace, "0");
        }

        if (options.EnforceHistory)
        {
            // Critical: better refused than done without the check.
            request.Controls.Add(new DirectoryControl(hintsControl!, EnforcePolicy, isCritical: true, serverSide: true));
        }

        return request;
    }

    private static ModifyRequest Change(ActiveDirectoryAccount account, byte[] before, byte[] after)
    {
        ModifyRequest request = new(Name(account));
        Add(request, "unicodePwd", DirectoryAttributeOperation.Delete, before);
        Add(request, "unicodePwd", DirectoryAttributeOperation.Add, after);
        return request;
    }

    private static void Add(ModifyRequest request, string attribute, DirectoryAttributeOperation operation, object value)
    {
        DirectoryAttributeModification change = new() { Name = attribute, Operation = operation };
        if (value is byte[] bytes)
        {
            change.Add(bytes);
        }
        else
        {
            change.Add((string)value);
        }

        request.Modifications.Add(change);
    }

    // By objectGUID: an account that is renamed between reading and writing stays the same one, and a new one of its old name does not
    // get it.
    private static string Name(ActiveDirectoryAccount account) => $"<GUID={account.ObjectGuid:D}>";

    // unicodePwd takes the password in quotation marks as UTF-16 (MS-ADTS 3.1.1.3.1.5.1).
    private static byte[] Encoded(Password password)
    {
        char[] characters = password.Characters;
        byte[] bytes = new byte[2 * (characters.Length + 2)];
        bytes[0] = (byte)'"';
        Encoding.Unicode.GetBytes(characters, 0, characters.Length, bytes, 2);
        bytes[bytes.Length - 2] = (byte)'"';
        return bytes;
    }

    private static void Erase(byte[] bytes) => Array.Clear(bytes, 0, bytes.Length);

    private void RequireWritable()
    {
        if (Controller.IsReadOnly)
        {
            throw lines.Target.Own("AdReadOnly");
        }
    }

    private async Task<IReadOnlyList<Entry>> SearchAsync(string account, Func<SearchRequest> make, CancellationToken stop)
    {
        try
        {
            SearchResponse answer = await lines.SendAsync<SearchResponse>(DirectoryCode.Find, account, make, null, stop)
                .ConfigureAwait(false);
            return answer.Entries.Cast<SearchResultEntry>().Select(entry => new Entry(entry)).ToArray();
        }
        catch (PasswordOpsException error) when (error.Id == "AdSearchLimit")
        {
            throw lines.Target.Own("AdUserAmbiguous", ("account", account));
        }
    }

    private async Task<DomainPasswordPolicy> PolicyAsync(string dn, CancellationToken stop)
    {
        if (policies.TryGetValue(dn, out DomainPasswordPolicy? known))
        {
            return known;
        }

        bool fineGrained = !string.Equals(dn, Controller.DomainName, StringComparison.OrdinalIgnoreCase);
        DomainPasswordPolicy policy;
        try
        {
            IReadOnlyList<Entry> found = await SearchAsync(dn, () => PolicyEntry.Request(dn, fineGrained), stop).ConfigureAwait(false);
            policy = PolicyEntry.Read(found.FirstOrDefault(), fineGrained ? dn : null);
        }
        catch (PasswordOpsException error) when (error.Id is "AdUserNotFound" or "AdRightsMissing")
        {
            // Fine-grained policies can be read by few: that one applies is known, what it says is not.
            policy = new DomainPasswordPolicy { FineGrained = fineGrained ? dn : null };
        }

        if (policies.Count < MostPolicies)
        {
            policies[dn] = policy;
        }

        return policy;
    }

    // One code stands for all missing rights; what the caller may write tells which it is.
    private async Task<PasswordOpsException> RightsAsync(
        ActiveDirectoryAccount account, DomainResetOptions options, PasswordOpsException error, CancellationToken stop)
    {
        List<string> missing = new();
        try
        {
            IReadOnlyList<Entry> found = await SearchAsync(
                account.SamAccountName,
                () => new SearchRequest(Name(account), "(objectClass=*)", SearchScope.Base, "allowedAttributesEffective"),
                stop).ConfigureAwait(false);
            IReadOnlyList<string> allowed = found.Count == 1 ? found[0].Texts("allowedAttributesEffective") : Array.Empty<string>();
            missing.AddRange(new[] { (options.Unlock, "lockoutTime"), (options.MustChange, "pwdLastSet") }
                .Where(wanted => wanted.Item1 && !allowed.Contains(wanted.Item2, StringComparer.OrdinalIgnoreCase))
                .Select(wanted => "Write " + wanted.Item2));
        }
        catch (PasswordOpsException)
        {
            // The refusal itself is what matters.
        }

        string why = missing.Count switch
        {
            0 => Text.Of($"the right Reset Password is missing"),
            1 => Text.Of($"the right {missing[0]} is missing, perhaps Reset Password too"),
            _ => Text.Of($"the rights {missing[0]} and {missing[1]} are missing, perhaps Reset Password too"),
        };
        string fix = account.IsProtected
            ? Text.Of($"The account is or was in a protected group (adminCount): its rights come from AdminSDHolder. "
                + $"Reset it as a domain administrator.")
            : Text.Of($"Grant the rights on the organizational unit of the user as docs/active-directory.md shows, and wait for "
                + $"replication.");
        return lines.Target.Tell(
            RightsMissing, error.ServiceCode, false, ("account", account.SamAccountName), ("why", why), ("fix", fix));
    }
}
