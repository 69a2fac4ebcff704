using System;
using System.DirectoryServices.Protocols;
using System.Linq;
using System.Net;
using System.Text;
using PasswordOps.OnPremises.ActiveDirectory;
using PasswordOps.SambaDomain;

namespace PasswordOps.OnPremises.Tests.ActiveDirectory.Rights;

/// <summary>A line to the domain controller without anything of the product between: what it says itself.</summary>
internal sealed class SambaLine : IDisposable
{
    private readonly TrustedCertificates trust;
    private readonly LdapConnection line;

    public SambaLine(RunningDomain domain, string caller)
    {
        trust = TrustedCertificates.Load(domain.Ready.CaFile);
        line = new LdapConnection(new LdapDirectoryIdentifier(domain.Ready.Server, domain.Ready.Port))
        {
            AuthType = AuthType.Basic, Timeout = TimeSpan.FromMinutes(2),
        };
        line.SessionOptions.ProtocolVersion = 3;
        trust.ApplyTo(line, domain.Ready.Server);
        line.SessionOptions.SecureSocketLayer = true;
        line.Bind(new NetworkCredential(domain[caller].UserPrincipalName, domain[caller].Password));
    }

    public SearchResultEntry[] Search(string dn, SearchScope scope, string filter, params string[] attributes) =>
        ((SearchResponse)line.SendRequest(new SearchRequest(dn, filter, scope, attributes)))
            .Entries.Cast<SearchResultEntry>().ToArray();

    /// <summary>Tries to replace a value; true when it was done, false when rights are missing.</summary>
    public bool TryReplace(string dn, string attribute, object value, params DirectoryControl[] controls)
    {
        ModifyRequest request = new(dn, DirectoryAttributeOperation.Replace, attribute, new[] { value });
        request.Controls.AddRange(controls);
        try
        {
            line.SendRequest(request);
            return true;
        }
        catch (DirectoryOperationException error) when (error.Response.ResultCode == ResultCode.InsufficientAccessRights)
        {
            return false;
        }
    }

    public bool TryReset(string dn) => TryReplace(dn, "unicodePwd", Encoding.Unicode.GetBytes('"' + RunningDomain.NewPassword() + '"'));

    public void Dispose()
    {
        line.Dispose();
        trust.Dispose();
    }
}
