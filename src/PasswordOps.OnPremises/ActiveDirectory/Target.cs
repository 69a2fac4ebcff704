using System;
using System.Globalization;
using System.Runtime.InteropServices;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;

namespace PasswordOps.OnPremises.ActiveDirectory;

/// <summary>Where and as whom to connect, looked over before anything is sent.</summary>
internal sealed class Target
{
    private const int LdapsPort = 636;
    private const int LdapPort = 389;

    private Target(DomainConnectionOptions options)
    {
        Server = options.Server.Trim();
        Transport = options.Transport;
        Port = options.Port ?? (Transport == DomainTransport.Ldaps ? LdapsPort : LdapPort);
        UserName = options.UserName;
        Password = options.Password;
        Timeout = options.Timeout;
    }

    public static bool IsWindows { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    public string Server { get; }

    public int Port { get; }

    public DomainTransport Transport { get; }

    public string? UserName { get; }

    public Password? Password { get; }

    public TimeSpan Timeout { get; }

    /// <summary>The account that signs in, in words.</summary>
    public string Caller => UserName ?? Text.Of($"the current account");

    public static Target Of(DomainConnectionOptions options)
    {
        Target target = new(options);
        if (Uri.CheckHostName(target.Server) == UriHostNameType.Unknown || target.Port is < 1 or > 65_535)
        {
            throw new PasswordOpsException(
                "AdServerInvalid", ErrorKind.InvalidArgument,
                Text.Of($"The domain controller's name is no host name, or its port is no port."),
                Text.Of($"Give the DNS name of a domain controller, without ldap:// and without a port."));
        }

        bool hasCredential = !string.IsNullOrEmpty(options.UserName) && options.Password is not null;
        bool hasPassword = hasCredential && options.Password!.Characters.Length > 0;
        if (target.Transport != DomainTransport.Negotiate && !hasPassword)
        {
            // A name without a password counts as a sign-in of nobody, and would succeed.
            throw target.Own("AdCredentialMissing");
        }

        return target.Transport == DomainTransport.Negotiate && !IsWindows && (options.UserName is not null || options.Password is not null)
            ? throw target.Own("AdCredentialNotUsable")
            : target;
    }

    /// <summary>A failure of this target that the product finds out itself.</summary>
    public PasswordOpsException Own(string id, params (string Name, string Value)[] more) => Tell(DirectoryCode.Own(id), null, false, more);

    /// <summary>A failure of this target.</summary>
    public PasswordOpsException Tell(DirectoryCode line, string? code, bool mayHaveHappened, params (string Name, string Value)[] more)
    {
        (string, string)[] values = new (string, string)[more.Length + 4];
        more.CopyTo(values, 0);
        values[more.Length] = ("server", Server);
        values[more.Length + 1] = ("port", Port.ToString(CultureInfo.InvariantCulture));
        values[more.Length + 2] = ("caller", Caller);
        values[more.Length + 3] = ("code", code ?? Text.Of($"no code"));
        return line.Tell(code, mayHaveHappened, values);
    }
}
