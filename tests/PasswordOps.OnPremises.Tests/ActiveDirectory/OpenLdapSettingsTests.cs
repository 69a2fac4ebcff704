using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;
using PasswordOps.Core.Directory;

namespace PasswordOps.OnPremises.Tests.ActiveDirectory;

/// <summary>Settings that take protection from every program on the computer do not take it from this one.</summary>
public class OpenLdapSettingsTests
{
    [SkippableTheory]
    [InlineData("LDAPTLS_REQCERT", "never", DomainTransport.Ldaps, "AdCertificateCheckOff")]
    [InlineData("LDAPTLS_REQCERT", "allow", DomainTransport.Ldaps, "AdCertificateCheckOff")]
    [InlineData("LDAPTLS_REQCERT", "demand", DomainTransport.Ldaps, "AdCertificateUntrusted")]
    [InlineData("LDAPSASL_SECPROPS", "maxssf=0", DomainTransport.Ldaps, "AdCertificateUntrusted")]
    [InlineData("LDAPSASL_SECPROPS", "maxssf=0", DomainTransport.Negotiate, "AdEncryptionOff")]
    public async Task Nothing_is_sent_where_checks_or_encryption_are_off(string name, string value, DomainTransport transport, string id)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Needs Linux with OpenLDAP's client library.");
        using ScriptedServer server = new();
        ProcessStartInfo start = new(Environment.ProcessPath!, new[]
        {
            "exec", typeof(OpenLdapSettingsTests).Assembly.Location, transport.ToString(),
            server.Options.Port!.Value.ToString(CultureInfo.InvariantCulture),
        })
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, Environment = { [name] = value },
        };
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(id, output + errors);
        Assert.Equal(0, server.SignIns);
    }
}
