using System.Collections.Generic;

namespace PasswordOps.SambaDomain;

/// <summary>What the program prints when the domain answers.</summary>
/// <param name="Server">Name to connect to; it is in the certificate.</param>
/// <param name="Port">Port of LDAPS.</param>
/// <param name="PlainPort">Port on which StartTLS and Kerberos are spoken.</param>
/// <param name="CaFile">Certificate of the authority, PEM.</param>
/// <param name="BaseDn">Distinguished name of the domain.</param>
/// <param name="DnsName">DNS name of the domain.</param>
/// <param name="NetBiosName">Short name of the domain.</param>
/// <param name="KrbConfig">Settings for Kerberos (KRB5_CONFIG).</param>
/// <param name="Accounts">Accounts by sAMAccountName.</param>
public sealed record DomainReady(
    string Server, int Port, int PlainPort, string CaFile, string BaseDn, string DnsName, string NetBiosName,
    string KrbConfig, IReadOnlyDictionary<string, DomainAccount> Accounts);
