using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps;

/// <summary>Base of the cmdlets that ask domain controllers only, and need no connection to a tenant.</summary>
public abstract class DirectoryCmdlet : PasswordOpsCmdlet
{
    private Password? password;

    private protected DirectoryCmdlet()
    {
    }

    /// <summary>Domain controller to ask; without it the domain that this account is signed in to.</summary>
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

    /// <summary>Makes what opens a connection with these parameters, from any thread.</summary>
    /// <returns>Opens a domain controller: the one of the parameters, or another.</returns>
    private protected Func<string?, CancellationToken, Task<IDirectoryRights>> Opening()
    {
        string server = DomainController ?? Environment.GetEnvironmentVariable("USERDNSDOMAIN") ?? throw new PasswordOpsException(
            "DomainUnknown", ErrorKind.InvalidArgument, Text.Of($"No domain controller is named, and this account is in no domain."),
            Text.Of($"Name a domain controller with -DomainController."));
        password = DomainCredential is null ? null : new Password(DomainCredential.Password);
        string? user = DomainCredential?.UserName;
        string? certificate = DomainCertificate is null ? null : GetUnresolvedProviderPathFromPSPath(DomainCertificate);
        return (other, stop) => Adapters.DirectoryRights().OpenRightsAsync(
            new DomainConnectionOptions
            {
                Server = other ?? server, Transport = DomainTransport, UserName = user, Password = password,
                TrustedCertificate = certificate,
            },
            stop);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            password?.Dispose();
        }

        base.Dispose(disposing);
    }
}
