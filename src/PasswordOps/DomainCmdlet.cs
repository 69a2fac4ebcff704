using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.Reset;

namespace PasswordOps;

/// <summary>Base of the cmdlets that can work on a domain controller as well.</summary>
public abstract class DomainCmdlet : ConnectedCmdlet
{
    private readonly List<Password> domainPasswords = new();

    private protected DomainCmdlet()
    {
    }

    /// <summary>Where it is carried out: in Microsoft Entra ID, or on a domain controller of the user's domain.</summary>
    [Parameter]
    public ResetVia Via { get; set; } = ResetVia.Entra;

    /// <summary>Domain controller, for -Via ActiveDirectory; without it the DNS name of the user's domain is used.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DomainController { get; set; }

    /// <summary>Domain account to work with.</summary>
    [Parameter]
    [Credential]
    [ValidateNotNull]
    public PSCredential? DomainCredential { get; set; }

    /// <summary>How the connection to the domain controller is protected.</summary>
    [Parameter]
    public DomainTransport DomainTransport { get; set; } = DomainTransport.Ldaps;

    /// <summary>File or folder with the certificate of the authority that issued the domain controller's; without it the computer's
    /// own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DomainCertificate { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        foreach (string name in new[]
        {
            nameof(DomainController), nameof(DomainCredential), nameof(DomainTransport), nameof(DomainCertificate),
        })
        {
            if (Via != ResetVia.ActiveDirectory && MyInvocation.BoundParameters.ContainsKey(name))
            {
                throw new PasswordOpsException(
                    "DomainNotUsed", ErrorKind.InvalidArgument, Text.Of($"-{name} is for a domain controller, and none is used."),
                    Text.Of($"Add -Via ActiveDirectory, or leave it out."));
            }
        }
    }

    /// <summary>Opens a domain controller as the parameters say.</summary>
    /// <param name="user">Whose domain it is, for what a failure says.</param>
    /// <param name="domain">DNS name of the domain; null when it is not known.</param>
    /// <param name="credential">The account.</param>
    /// <returns>Opens the connection, from any thread.</returns>
    private protected Func<CancellationToken, Task<IActiveDirectory>> Opening(string user, string? domain, PSCredential? credential)
    {
        string server = DomainController ?? domain ?? throw DomainUnknown(user);
        Password? password = credential is null ? null : new Password(credential.Password);
        if (password is not null)
        {
            domainPasswords.Add(password);
        }

        DomainConnectionOptions options = new()
        {
            Server = server, Transport = DomainTransport, UserName = credential?.UserName, Password = password,
            TrustedCertificate = DomainCertificate is null ? null : GetUnresolvedProviderPathFromPSPath(DomainCertificate),
        };
        return stop => Adapters.ActiveDirectory().OpenAsync(options, stop);
    }

    /// <summary>There is no domain controller to go to.</summary>
    private protected static PasswordOpsException DomainUnknown(string user) => new(
        "DomainUnknown", ErrorKind.InvalidArgument, Text.Of($"{user}: the directory does not say to which domain the user belongs."),
        Text.Of($"Name a domain controller with -DomainController."));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            domainPasswords.ForEach(password => password.Dispose());
        }

        base.Dispose(disposing);
    }
}
