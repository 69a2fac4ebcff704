using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps;

/// <summary>Says whether the account of a sync engine may write passwords back in Active Directory: which right, by which entry, and for
/// whom not.</summary>
[Cmdlet(VerbsDiagnostic.Test, "WritebackPermission", DefaultParameterSetName = "Domain")]
[OutputType(typeof(WritebackPermission), typeof(WritebackUserRights))]
public sealed class TestWritebackPermissionCommand : DirectoryCmdlet, IHasLanguage
{
    private readonly List<string> users = new();

    /// <summary>The account of the sync engine: its sAMAccountName, DOMAIN\name, user principal name, distinguished name, SID or
    /// objectGUID. Without it the usual names are looked for.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Account { get; set; }

    /// <summary>Distinguished names of the organizational units whose users are to be reset; without it every domain of the
    /// forest.</summary>
    [Parameter(ParameterSetName = "Domain")]
    [ValidateNotNullOrEmpty]
    public string[]? SearchBase { get; set; }

    /// <summary>Looks at every user, protected ones too, and not at some of each container.</summary>
    [Parameter(ParameterSetName = "Domain")]
    public SwitchParameter All { get; set; }

    /// <summary>Writes every user that is looked at, before the report.</summary>
    [Parameter(ParameterSetName = "Domain")]
    public SwitchParameter Detail { get; set; }

    /// <summary>Users to answer for: sAMAccountName, user principal name, distinguished name, SID or objectGUID.</summary>
    [Parameter(ParameterSetName = "User", Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DistinguishedName", "SamAccountName", "UserPrincipalName")]
    [ValidateNotNullOrEmpty]
    public string[] User { get; set; } = Array.Empty<string>();

    /// <summary>Language of the answer, en or nl; without it that of PowerShell ($PSUICulture).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LanguageCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Language { get; set; }

    /// <inheritdoc/>
    private protected override void Process() => users.AddRange(User);

    /// <inheritdoc/>
    private protected override void Finish()
    {
        Func<string?, CancellationToken, Task<IDirectoryRights>> open = Opening();
        if (ParameterSetName == "User")
        {
            Await(stop => UsersAsync(open, stop));
        }
        else
        {
            Await(stop => DomainsAsync(open, stop));
        }
    }

    private async Task DomainsAsync(Func<string?, CancellationToken, Task<IDirectoryRights>> open, CancellationToken stop)
    {
        using IDirectoryRights rights = await open(null, stop).ConfigureAwait(false);
        RightsOptions options = new()
        {
            Account = Account, SearchBases = SearchBase ?? Array.Empty<string>(), All = All, EachUser = Detail ? Show : null,
        };
        RightsReport first = await TestAsync(rights, options, stop).ConfigureAwait(false);
        List<WritebackPermission> others = new();
        foreach (DirectoryDomain domain in SearchBase is null ? first.OtherDomains : Array.Empty<DirectoryDomain>())
        {
            others.Add(await OtherAsync(domain, open, options with { KnownAccount = first.Account }, stop).ConfigureAwait(false));
        }

        // The account may be one of another domain: then it is known now.
        if (first.Candidates.Count == 0
            && others.Select(report => report.Account).FirstOrDefault(account => account is not null) is ConnectorAccount found)
        {
            first = await TestAsync(rights, options with { KnownAccount = found }, stop).ConfigureAwait(false);
        }

        foreach (WritebackPermission report in others.Prepend(new WritebackPermission(first)))
        {
            Send(() => WriteObject(report));
        }
    }

    private async Task<WritebackPermission> OtherAsync(
        DirectoryDomain domain, Func<string?, CancellationToken, Task<IDirectoryRights>> open, RightsOptions options,
        CancellationToken stop)
    {
        try
        {
            using IDirectoryRights rights = await open(domain.DnsName ?? domain.DistinguishedName, stop).ConfigureAwait(false);
            return new WritebackPermission(await TestAsync(rights, options, stop).ConfigureAwait(false));
        }
        catch (PasswordOpsException error)
        {
            return WritebackPermission.NotAsked(domain, error, SystemClock.Instance.UtcNow);
        }
    }

    private async Task UsersAsync(Func<string?, CancellationToken, Task<IDirectoryRights>> open, CancellationToken stop)
    {
        using IDirectoryRights rights = await open(null, stop).ConfigureAwait(false);
        List<string> found = new();
        foreach (string user in users)
        {
            try
            {
                IReadOnlyList<ConnectorAccount> accounts = await rights.FindAccountsAsync(user, stop).ConfigureAwait(false);
                found.Add(accounts.Count == 1 ? accounts[0].DistinguishedName : throw NotOne(user, accounts.Count, rights));
            }
            catch (PasswordOpsException error)
            {
                Send(() => WriteError(Errors.Record(error, user)));
            }
        }

        if (found.Count > 0)
        {
            RightsOptions options = new() { Account = Account, SearchBases = found, All = true, EachUser = Show };
            RightsReport report = await TestAsync(rights, options, stop).ConfigureAwait(false);
            if (report.Account is null)
            {
                throw new PasswordOpsException(
                    report.Candidates.Count == 0 ? "ConnectorNotFound" : "ConnectorAmbiguous",
                    report.Candidates.Count == 0 ? ErrorKind.NotFound : ErrorKind.InvalidArgument,
                    report.Headline, report.NextStep ?? Text.Of($"Name the account with -Account."));
            }
        }
    }

    private static PasswordOpsException NotOne(string user, int count, IDirectoryRights rights) => count == 0
        ? new PasswordOpsException(
            "AdUserNotFound", ErrorKind.NotFound, Text.Of($"{rights.Controller} has no user account {user}."),
            Text.Of($"Check the name, and that {rights.Controller} is a domain controller of the account's domain."))
        : new PasswordOpsException(
            "AdUserAmbiguous", ErrorKind.InvalidData, Text.Of($"{rights.Controller} has more than one user account {user}."),
            Text.Of($"Name the account by its security identifier or objectGUID."));

    private Task<RightsReport> TestAsync(IDirectoryRights rights, RightsOptions options, CancellationToken stop) =>
        WritebackRights.TestAsync(rights, options, SystemClock.Instance, Progress, stop);

    private void Show(UserRights user) => Send(() => WriteObject(new WritebackUserRights(user)));
}
