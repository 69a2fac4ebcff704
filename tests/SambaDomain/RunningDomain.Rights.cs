using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace PasswordOps.SambaDomain;

/// <content>Accounts of sync engines, and users whose rights differ in the ways that rights differ.</content>
public sealed partial class RunningDomain
{
    private const string ForUsers = "bf967aba-0de6-11d0-a285-00aa003049e2";
    // What a transaction takes grows faster than it does.
    private const int AtOnce = 1_000;
    private const int GlobalGroup = unchecked((int)0x80000002);
    private const int DomainLocalGroup = unchecked((int)0x80000004);
    private const string ReadAll = "(A;;RPLCLORC;;;AU)";
    private const string Full = "(A;CI;RPWPCRCCDCLCLORCWOWDSDDTSW;;;DA)";

    /// <summary>
    /// In OU=Service: MSOL_0123456789ab holds on the domain what an express installation sets; svc-narrow holds on OU=People what the
    /// documents ask for; svc-nested holds that on OU=Nested as a member of a member of a group; svc-none holds nothing of its own, and
    /// svc-gmsa$ is a managed service account. In OU=Legacy everybody holds it, as a member of Pre-Windows 2000 Compatible Access; in
    /// OU=Blocked nobody, for what is inherited ends there.
    /// </summary>
    public void AddRights()
    {
        string service = "OU=Service," + BaseDn;
        string[] callers = { "MSOL_0123456789ab", "svc-narrow", "svc-nested", "svc-none" };
        StringBuilder ldif = new();
        foreach (string name in callers)
        {
            User(ldif, name, name, service);
        }

        ldif.Append("dn: CN=svc-gmsa,CN=Managed Service Accounts,").Append(BaseDn)
            .Append("\nobjectClass: msDS-GroupManagedServiceAccount\nsAMAccountName: svc-gmsa$\nuserAccountControl: 4096\n")
            .Append("msDS-ManagedPasswordInterval: 30\ndNSHostName: svc-gmsa.").Append(DnsName).Append("\n\n");
        Group(ldif, "Writers Inner", GlobalGroup, "CN=svc-nested," + service);
        Group(ldif, "Writers Outer", DomainLocalGroup, "CN=Writers Inner," + service);
        Add(ldif);
        Learn(callers, service);

        string outer = SidOf("CN=Writers Outer," + service);
        Tool.Run(
            "samba-tool", null, "dsacl", "set", "-H", Database, "-s", PathOf("smb.conf"), "--objectdn=" + BaseDn,
            $"--sddl=(OA;CIIO;CR;00299570-246d-11d0-a768-00aa006e0529;{ForUsers};{Sid(callers[0])})"
            + $"(OA;CIIO;RPWP;;{ForUsers};{Sid(callers[0])})"
            + $"(OA;CIIO;RPWP;;4828cc14-1437-45bc-9b07-ad6f015e5f28;{Sid(callers[0])})");

        ldif.Clear();
        string top = "OU=Writeback," + BaseDn;
        Unit(ldif, top, string.Empty);
        Unit(ldif, "OU=People," + top, Delegated(Sid("svc-narrow")));
        Unit(ldif, "OU=Nested," + top, Delegated(outer));
        Unit(ldif, "OU=Legacy," + top, Delegated("RU"));
        Unit(ldif, "OU=Blocked," + top, string.Empty, "P");
        User(ldif, "wb-anna", null, "OU=People," + top);
        User(ldif, "wb-ben", null, "OU=People," + top);
        User(ldif, "wb-nested", null, "OU=Nested," + top);
        User(ldif, "wb-legacy", null, "OU=Legacy," + top);
        User(ldif, "wb-below", null, "OU=Blocked," + top);
        User(ldif, "wb-blocked", null, "OU=People," + top, "nTSecurityDescriptor: O:DAG:DAD:P" + ReadAll + Full);
        User(ldif, "wb-admin", null, "OU=People," + top, "adminCount: 1", "nTSecurityDescriptor: O:DAG:DAD:P" + ReadAll + Full);
        User(
            ldif, "wb-denied", null, "OU=People," + top,
            "nTSecurityDescriptor: O:DAG:DAD:(OD;;CR;00299570-246d-11d0-a768-00aa006e0529;;WD)" + ReadAll + Full);
        User(ldif, "wb-other", null, "OU=People," + top);
        ldif.Replace("objectClass: user\nsAMAccountName: wb-other", "objectClass: inetOrgPerson\nsAMAccountName: wb-other");
        Add(ldif);
        Learn(
            new[] { "wb-anna", "wb-ben", "wb-nested", "wb-legacy", "wb-below", "wb-blocked", "wb-admin", "wb-denied", "wb-other" }, top);
    }

    /// <summary>Adds users in one go, past the domain controller's checks of access.</summary>
    /// <param name="parent">Where; made as an organizational unit that everybody may read.</param>
    /// <param name="names">Their sAMAccountNames.</param>
    /// <param name="descriptor">The security descriptor of each, in SDDL; null for what users get by themselves.</param>
    /// <param name="entries">What the organizational unit hands on, in SDDL.</param>
    public void AddUsers(string parent, IEnumerable<string> names, Func<int, string?> descriptor, string entries = "")
    {
        StringBuilder ldif = new();
        Unit(ldif, parent, entries);
        int index = 0;
        foreach (string name in names)
        {
            ldif.Append("dn: CN=").Append(name).Append(',').Append(parent).Append("\nobjectClass: user\nsAMAccountName: ").Append(name)
                .Append("\nuserAccountControl: 512\n");
            if (descriptor(index++) is string sddl)
            {
                ldif.Append("nTSecurityDescriptor: ").Append(sddl).Append('\n');
            }

            ldif.Append('\n');
            if (index % AtOnce == 0)
            {
                Add(ldif);
                ldif.Clear();
            }
        }

        if (ldif.Length > 0)
        {
            Add(ldif);
        }
    }


    private static string Delegated(string trustee) =>
        $"(OA;CIIO;CR;00299570-246d-11d0-a768-00aa006e0529;{ForUsers};{trustee})"
        + $"(OA;CIIO;WP;28630ebf-41d5-11d1-a9c1-0000f80367c1;{ForUsers};{trustee})"
        + $"(OA;CIIO;WP;bf967a0a-0de6-11d0-a285-00aa003049e2;{ForUsers};{trustee})";

    private static void Unit(StringBuilder ldif, string dn, string entries, string flags = "") =>
        ldif.Append("dn: ").Append(dn).Append("\nobjectClass: organizationalUnit\nnTSecurityDescriptor: O:DAG:DAD:").Append(flags)
            .Append(ReadAll).Append(Full).Append(entries).Append("\n\n");

    private static void Group(StringBuilder ldif, string name, int type, string member) =>
        ldif.Append("dn: CN=").Append(name).Append(",OU=Service,").Append(BaseDn).Append("\nobjectClass: group\nsAMAccountName: ")
            .Append(name).Append("\ngroupType: ").Append(type).Append("\nmember: ").Append(member).Append("\n\n");
}
