using System;
using System.Linq;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Writeback.Connection;

/// <summary>The authorities that sign the certificates of Azure, from Knowledge/azure-authorities.tsv.</summary>
internal static class AzureAuthorities
{
    private static readonly Lazy<KnowledgeTable> Table = new(() => KnowledgeTable.Load("azure-authorities"));

    public static DateTime ReviewedOn => Table.Value.ReviewedOn;

    public static bool Holds(SeenCertificate root) =>
        Table.Value.Rows.Any(row => string.Equals(row["sha256"], root.Fingerprint, StringComparison.OrdinalIgnoreCase));

    /// <summary>True when a certificate calls itself one of theirs, which anybody can write into one.</summary>
    public static bool Names(string organization) =>
        Table.Value.Rows.Any(row => string.Equals(row["organization"], organization, StringComparison.Ordinal));
}
