using System;
using System.Collections.Generic;
using PasswordOps.Core.Checks;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Answer to "may the connector account write passwords back in this domain?".</summary>
public record RightsReport
{
    /// <summary>The worst of the checks.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The answer in one line.</summary>
    public required string Headline { get; init; }

    /// <summary>The check that decides; null when all is in order.</summary>
    public CheckResult? WeakestLink { get; init; }

    /// <summary>The one next step; null when there is nothing to do.</summary>
    public string? NextStep { get; init; }

    /// <summary>All checks.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>The domain.</summary>
    public required DirectoryDomain Domain { get; init; }

    /// <summary>The domain controller that answered.</summary>
    public required string Server { get; init; }

    /// <summary>Other domains of the forest: each has rights of its own, that a domain controller of it must be asked for.</summary>
    public required IReadOnlyList<DirectoryDomain> OtherDomains { get; init; }

    /// <summary>The connector account; null when there is none, or more than one that it could be.</summary>
    public ConnectorAccount? Account { get; init; }

    /// <summary>Accounts that it could be, when it was looked for.</summary>
    public required IReadOnlyList<ConnectorAccount> Candidates { get; init; }

    /// <summary>As whom the domain controller sees it; empty when there is no account.</summary>
    public required IReadOnlyList<TokenPart> Identities { get; init; }

    /// <summary>The rights one by one.</summary>
    public required IReadOnlyList<RightRow> Rights { get; init; }

    /// <summary>Users that were looked at.</summary>
    public required int Users { get; init; }

    /// <summary>Those of them whom writeback can serve, as far as rights go.</summary>
    public required int Served { get; init; }

    /// <summary>The others, by cause.</summary>
    public required IReadOnlyList<UserGroup> NotServed { get; init; }

    /// <summary>Every user of the containers was looked at, protected ones too.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Different descriptors among those users.</summary>
    public required int Descriptors { get; init; }

    /// <summary>What was seen and what this cannot prove, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>When it was judged, UTC.</summary>
    public required DateTimeOffset JudgedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"Rights in {Domain}: {Verdict}";
}
