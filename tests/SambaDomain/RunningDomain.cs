using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;

namespace PasswordOps.SambaDomain;

/// <summary>
/// A domain controller of Samba in a folder of its own on a loopback address of its own, with a certificate of its own authority. Ends with
/// this process, since Samba ends when its standard input does.
/// </summary>
public sealed partial class RunningDomain : IDisposable
{
    private const string DnsName = "corp.contoso.com";
    private const string BaseDn = "DC=corp,DC=contoso,DC=com";
    private const string NetBios = "CORP";
    private const string Install =
        "apt-get install samba-ad-dc samba-ad-provision ldb-tools krb5-user libsasl2-modules-gssapi-mit (and root, for the ports of LDAP)";

    private readonly DirectoryInfo folder;
    private readonly Dictionary<string, DomainAccount> accounts = new(StringComparer.Ordinal);
    private readonly StringBuilder log = new();
    private Process? samba;

    private readonly FileStream claim;

    private RunningDomain(IPAddress address, FileStream claim)
    {
        this.claim = claim;
        folder = Directory.CreateTempSubdirectory("samba-");
        string server = address.ToString();
        Ready = new DomainReady(
            server,
            636, 389, PathOf("ca.pem"), BaseDn, DnsName, NetBios, PathOf("krb5.conf"), accounts);
    }

    /// <summary>Where it is and who is in it.</summary>
    public DomainReady Ready { get; }

    /// <summary>Account by sAMAccountName.</summary>
    /// <param name="name">Name.</param>
    /// <returns>The account.</returns>
    public DomainAccount this[string name] => accounts[name];

    /// <summary>Says what is missing on this machine.</summary>
    /// <returns>What to install, or null when a domain can be started.</returns>
    public static string? Missing()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "Needs Samba as a domain controller: on Linux, " + Install;
        }

        string[] tools = { "samba", "samba-tool", "ldbadd", "ldbmodify", "ldbsearch" };
        return tools.Any(tool => Tool.Find(tool) is null) || !Directory.Exists("/usr/share/samba/setup") || !IsAddressFree()
            ? "Needs Samba as a domain controller: " + Install
            : null;
    }

    /// <summary>Makes and starts one.</summary>
    /// <returns>The running domain.</returns>
    public static RunningDomain Start()
    {
        (IPAddress address, FileStream claim) = FreeAddress() ?? throw new InvalidOperationException(Missing());
        RunningDomain domain = new(address, claim);
        try
        {
            domain.Provision();
            domain.Populate();
            domain.Run();
            return domain;
        }
        catch
        {
            domain.Dispose();
            throw;
        }
    }

    /// <summary>Makes a password that satisfies the domain's policy.</summary>
    /// <returns>A random one.</returns>
    public static string NewPassword() => "Aa1!" + Convert.ToHexString(RandomNumberGenerator.GetBytes(10));

    /// <summary>Changes entries with full rights, past the domain controller's checks of access.</summary>
    /// <param name="ldif">Changes in LDIF.</param>
    public void Modify(string ldif) => Tool.Run("ldbmodify", ldif, "-H", Database);

    /// <summary>Reads one attribute past the domain controller's checks of access.</summary>
    /// <param name="dn">Entry.</param>
    /// <param name="attribute">Attribute.</param>
    /// <returns>Its first value as text, or null.</returns>
    public string? Read(string dn, string attribute)
    {
        string text = Tool.Run("ldbsearch", null, "-H", Database, "-b", dn, "-s", "base", attribute);
        Match match = Regex.Match(
            text, "^" + Regex.Escape(attribute) + ": (.*)$", RegexOptions.Multiline | RegexOptions.IgnoreCase);
        return match.Success ? match.Groups[1].Value.Trim() : null;
    }

    /// <summary>Stops it.</summary>
    public void Stop()
    {
        if (samba is not null && !samba.HasExited)
        {
            samba.StandardInput.Close();
            if (!samba.WaitForExit(TimeSpan.FromSeconds(5)))
            {
                samba.Kill(entireProcessTree: true);
                samba.WaitForExit();
            }
        }
    }

    /// <summary>Starts it again after <see cref="Stop"/>.</summary>
    public void Run()
    {
        ProcessStartInfo start = new(
            Tool.Find("samba")!, new[] { "-i", "--no-process-group", "-M", "single", "-s", PathOf("smb.conf"), "--debug-stdout" })
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
            WorkingDirectory = folder.FullName,
        };
        samba = Process.Start(start)!;
        samba.OutputDataReceived += Note;
        samba.ErrorDataReceived += Note;
        samba.BeginOutputReadLine();
        samba.BeginErrorReadLine();
        for (Stopwatch waited = Stopwatch.StartNew(); !Answers(Ready.Port) || !Answers(Ready.PlainPort) || !Answers(88); Thread.Sleep(20))
        {
            if (samba.HasExited || waited.Elapsed > TimeSpan.FromSeconds(60))
            {
                throw new InvalidOperationException("Samba does not answer: " + Log);
            }
        }
    }

    /// <summary>Stops it and removes its folder.</summary>
    public void Dispose()
    {
        Stop();
        samba?.Dispose();
        folder.Delete(recursive: true);
        claim.Dispose();
    }

    private string Database => PathOf("private/sam.ldb");

    private string Log
    {
        get
        {
            lock (log)
            {
                return log.ToString();
            }
        }
    }

    private static bool IsAddressFree()
    {
        (IPAddress, FileStream Claim)? free = FreeAddress();
        free?.Claim.Dispose();
        return free is not null;
    }

    // A domain listens some seconds after it chose its address: until it ends, a locked file keeps others from choosing the same. The
    // file stays: one that is deleted while another waits for it locks nothing.
    private static (IPAddress Address, FileStream Claim)? FreeAddress()
    {
        for (byte last = 10; last < 250; last++)
        {
            IPAddress address = new(new byte[] { 127, 0, 0, last });
            if (!new[] { 389, 636, 88 }.All(port => CanListen(address, port)))
            {
                continue;
            }

            try
            {
                return (address, new FileStream(
                    Path.Combine(Path.GetTempPath(), "samba-" + address + ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite,
                    FileShare.None));
            }
            catch (IOException)
            {
                // Another domain is about to listen there.
            }
        }

        return null;
    }

    private static bool CanListen(IPAddress address, int port)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Utf16Base64(string password) => Convert.ToBase64String(Encoding.Unicode.GetBytes('"' + password + '"'));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private string PathOf(string name) => Path.Combine(folder.FullName, name);

    private bool Answers(int port)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Parse(Ready.Server), port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Note(object sender, DataReceivedEventArgs line)
    {
        lock (log)
        {
            log.AppendLine(line.Data);
        }
    }

    private void Provision()
    {
        string administrator = NewPassword();
        Tool.Run(
            "samba-tool", null, "domain", "provision", "--realm=" + DnsName.ToUpperInvariant(), "--domain=" + NetBios,
            "--adminpass=" + administrator, "--server-role=dc", "--dns-backend=NONE", "--host-name=dc1", "--host-ip=" + Ready.Server,
            "--targetdir=" + folder.FullName, "--option=vfs objects=dfs_samba4 acl_xattr xattr_tdb",
            "--option=xattr_tdb:file=" + PathOf("xattr.tdb"), "--option=bind interfaces only=yes",
            "--option=interfaces=" + Ready.Server + "/8");
        accounts["Administrator"] = new DomainAccount(
            "Administrator", "Administrator@" + DnsName, "CN=Administrator,CN=Users," + BaseDn,
            SidOf("CN=Administrator,CN=Users," + BaseDn),
            administrator);

        using Authority authority = new("PasswordOps tests");
        File.WriteAllText(Ready.CaFile, authority.Pem);
        using X509Certificate2 certificate = authority.Issue("dc1." + DnsName, IPAddress.Parse(Ready.Server));
        File.WriteAllText(PathOf("server.pem"), certificate.ExportCertificatePem());
        using RSA key = certificate.GetRSAPrivateKey()!;
        File.WriteAllText(PathOf("server.key"), key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
        {
            // Samba refuses a key that others may read.
            File.SetUnixFileMode(PathOf("server.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.WriteAllText(PathOf("smb.conf"), string.Join(
            '\n',
            "[global]", "netbios name = DC1", "realm = " + DnsName.ToUpperInvariant(), "workgroup = " + NetBios,
            "server role = active directory domain controller", "server services = ldap, kdc",
            "interfaces = " + Ready.Server + "/8", "bind interfaces only = yes",
            "private dir = " + PathOf("private"), "state directory = " + PathOf("state"), "cache directory = " + PathOf("cache"),
            "lock directory = " + folder.FullName, "pid directory = " + folder.FullName, "ncalrpc dir = " + PathOf("ncalrpc"),
            "winbindd socket directory = " + PathOf("winbindd"), "ntp signd socket directory = " + PathOf("ntp"),
            "old password allowed period = 0",
            "tls enabled = yes", "tls keyfile = " + PathOf("server.key"), "tls certfile = " + PathOf("server.pem"),
            "tls cafile = " + Ready.CaFile, string.Empty));
        File.WriteAllText(Ready.KrbConfig, string.Join(
            '\n',
            "[libdefaults]", " default_realm = " + DnsName.ToUpperInvariant(), " dns_lookup_kdc = false", " dns_lookup_realm = false",
            " dns_canonicalize_hostname = false", " rdns = false", " udp_preference_limit = 1",
            "[realms]", $" {DnsName.ToUpperInvariant()} = {{", "  kdc = " + Ready.Server, " }",
            "[domain_realm]", $" {Ready.Server} = {DnsName.ToUpperInvariant()}", string.Empty));
    }

    /// <summary>
    /// Policy: 8 characters of three classes, 5 remembered, 3 wrong ones lock for half an hour. In OU=Staff svc-reset holds what a
    /// delegated
    /// reset needs, svc-resetonly the right to reset alone; what svc-plain holds is what everybody holds.
    /// </summary>
    private void Populate()
    {
        Modify(string.Join(
            '\n',
            "dn: " + BaseDn, "changetype: modify", "replace: minPwdLength", "minPwdLength: 8", "-", "replace: pwdHistoryLength",
            "pwdHistoryLength: 5", "-", "replace: minPwdAge", "minPwdAge: 0", "-", "replace: lockoutThreshold", "lockoutThreshold: 3", "-",
            "replace: lockoutDuration", "lockoutDuration: -18000000000", "-", "replace: lockOutObservationWindow",
            "lockOutObservationWindow: -18000000000", "-", string.Empty,
            // Kerberos is asked for a ticket for the name that was connected to.
            "dn: CN=DC1,OU=Domain Controllers," + BaseDn, "changetype: modify", "add: servicePrincipalName",
            "servicePrincipalName: ldap/" + Ready.Server, "-", string.Empty));

        StringBuilder ldif = new();
        ldif.Append("dn: OU=Service,").Append(BaseDn).Append("\nobjectClass: organizationalUnit\n\n");
        string service = "OU=Service," + BaseDn;
        string[] callers = { "svc-reset", "svc-resetonly", "svc-plain", "svc-disabled", "svc-expired" };
        foreach (string name in callers)
        {
            User(ldif, name, name, service, name == "svc-disabled" ? "userAccountControl: 514" : "userAccountControl: 512");
        }

        Add(ldif);
        Learn(callers, service);

        string reset = Sid("svc-reset");
        string resetOnly = Sid("svc-resetonly");
        const string user = "bf967aba-0de6-11d0-a285-00aa003049e2";
        const string resetPassword = "00299570-246d-11d0-a768-00aa006e0529";
        const string standard = "(A;;RPLCLORC;;;AU)(A;CI;RPWPCRCCDCLCLORCWOWDSDDTSW;;;DA)";
        string delegated = string.Join(
            string.Empty,
            $"(OA;CIIO;CR;{resetPassword};{user};{reset})",
            $"(OA;CIIO;WP;28630ebf-41d5-11d1-a9c1-0000f80367c1;{user};{reset})",
            $"(OA;CIIO;WP;bf967a0a-0de6-11d0-a285-00aa003049e2;{user};{reset})",
            $"(OA;CIIO;CR;{resetPassword};{user};{resetOnly})");

        ldif.Clear();
        string staff = "OU=Staff," + BaseDn;
        ldif.Append("dn: ").Append(staff).Append("\nobjectClass: organizationalUnit\nnTSecurityDescriptor: O:DAG:DAD:")
            .Append(standard).Append(delegated).Append("\n\n");
        string[] people =
        {
            "anna", "ben", "carla", "dora", "erik", "fay", "gus", "hugo", "iris", "jan", "o'brien", "strange", "protected", "strict",
        };
        foreach (string name in people)
        {
            string[] more = name switch
            {
                "protected" => new[] { "adminCount: 1", "nTSecurityDescriptor: O:DAG:DAD:P" + standard },
                "erik" => new[] { "userAccountControl: 66048" },
                "iris" => new[] { "userAccountControl: 514" },
                _ => new[] { "userAccountControl: 512" },
            };
            User(ldif, name, name == "strange" ? "Zo\u00EB (Ext) *Test*\\, \\\"Jr\\\"\\+\\#1 \\\\ x\\=y" : name, staff, more);
        }

        for (int i = 0; i < 50; i++)
        {
            User(ldif, string.Format(CultureInfo.InvariantCulture, "user{0:00}", i), null, staff, "userAccountControl: 512");
        }

        Add(ldif);
        Learn(people.Concat(Enumerable.Range(0, 50).Select(i => string.Format(CultureInfo.InvariantCulture, "user{0:00}", i))), staff);
        Add(new StringBuilder()
            .Append("dn: CN=Strict,CN=Password Settings Container,CN=System,").Append(BaseDn).Append(
                "\nobjectClass: msDS-PasswordSettings\nmsDS-PasswordSettingsPrecedence: 1\n"
                + "msDS-PasswordReversibleEncryptionEnabled: FALSE\n"
                + "msDS-PasswordHistoryLength: 12\nmsDS-PasswordComplexityEnabled: TRUE\nmsDS-MinimumPasswordLength: 20\n"
                + "msDS-MinimumPasswordAge: -864000000000\nmsDS-MaximumPasswordAge: -36288000000000\nmsDS-LockoutThreshold: 0\n"
                + "msDS-LockoutObservationWindow: -18000000000\nmsDS-LockoutDuration: -18000000000\nmsDS-PSOAppliesTo: ")
            .Append(accounts["strict"].DistinguishedName).Append('\n'));
    }

    private void Add(StringBuilder ldif) => Tool.Run("ldbadd", ldif.ToString(), "-H", Database);

    private void User(StringBuilder ldif, string name, string? commonName, string parent, params string[] more)
    {
        string password = NewPassword();
        string dn = $"CN={commonName ?? name},{parent}";
        accounts[name] = new DomainAccount(name, name + "@" + DnsName, dn, string.Empty, password);
        ldif.Append("dn:: ").Append(Base64(dn)).Append("\nobjectClass: user\nsAMAccountName: ").Append(name)
            .Append("\nuserPrincipalName: ").Append(name).Append('@').Append(DnsName)
            .Append("\nunicodePwd:: ").Append(Utf16Base64(password)).Append('\n');
        if (!more.Any(line => line.StartsWith("userAccountControl", StringComparison.Ordinal)))
        {
            ldif.Append("userAccountControl: 512\n");
        }

        ldif.Append(string.Join('\n', more)).Append("\n\n");
    }

    private string Sid(string name) => accounts[name].SecurityIdentifier;

    private string SidOf(string dn) => Read(dn, "objectSid")!;

    private void Learn(IEnumerable<string> names, string parent)
    {
        string text = Tool.Run("ldbsearch", null, "-H", Database, "-b", parent, "(objectClass=user)", "sAMAccountName", "objectSid");
        Dictionary<string, string> sids = new(StringComparer.Ordinal);
        foreach (string record in text.Split("# record"))
        {
            Match name = Regex.Match(record, "^sAMAccountName: (.*)$", RegexOptions.Multiline);
            Match sid = Regex.Match(record, "^objectSid: (.*)$", RegexOptions.Multiline);
            if (name.Success && sid.Success)
            {
                sids[name.Groups[1].Value.Trim()] = sid.Groups[1].Value.Trim();
            }
        }

        foreach (string name in names)
        {
            accounts[name] = accounts[name] with { SecurityIdentifier = sids[name] };
        }
    }
}
