using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>What the checks of rights look at.</summary>
internal sealed class RightsFacts
{
    public required DateTimeOffset Now { get; init; }

    public required DirectoryDomain Domain { get; init; }

    public required string Server { get; init; }

    /// <summary>The name that was asked for; null when the account was looked for.</summary>
    public string? AskedAccount { get; init; }

    public ConnectorAccount? Account { get; set; }

    public IReadOnlyList<ConnectorAccount> Candidates { get; set; } = Array.Empty<ConnectorAccount>();

    public Identities? Who { get; set; }

    /// <summary>What could not be read of the account's groups.</summary>
    public IReadOnlyList<string> TokenGaps { get; set; } = Array.Empty<string>();

    public IReadOnlyList<RightRow> Rows { get; set; } = Array.Empty<RightRow>();

    public UserTally Users { get; set; } = new(0);

    /// <summary>Every user was asked for, protected ones too.</summary>
    public bool All { get; init; }

    /// <summary>Why reading users ended early; null when it did not.</summary>
    public PasswordOpsException? Broken { get; set; }

    /// <summary>Protected users that are not served, beside those that every domain has: Administrator and krbtgt.</summary>
    public int ProtectedPeople { get; set; }

    public int OutOfOrder { get; set; }

    public string? OutOfOrderExample { get; set; }

    public int SteppedOver { get; set; }

    public int CouldGrantItself { get; set; }

    /// <summary>Some answer depends on groups of the account that are not known.</summary>
    public bool GroupsMatter { get; set; }

    public List<string> Notes { get; } = new();
}
