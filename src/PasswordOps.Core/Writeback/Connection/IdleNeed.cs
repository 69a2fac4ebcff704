using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PasswordOps.Core.Knowledge;

namespace PasswordOps.Core.Writeback.Connection;

/// <summary>How long a firewall has to leave a silent connection: surely the least, and the most that the document asks.</summary>
internal sealed record IdleNeed(TimeSpan Least, TimeSpan Most)
{
    private static readonly Lazy<KnowledgeTable> Table = new(() => KnowledgeTable.Load("writeback-idle"));

    public static IdleNeed Of(Version? version)
    {
        IReadOnlyDictionary<string, string> row = Table.Value.Rows.First(candidate => EndpointTable.Covers(candidate, version));
        return new IdleNeed(Seconds(row["least"]), Seconds(row["most"]));
    }

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(int.Parse(text, CultureInfo.InvariantCulture));
}
