using System;
using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;

namespace PasswordOps.Practice.State;

/// <summary>A secret of an application and when it ends.</summary>
internal sealed record AppSecret(string Text, DateTimeOffset End)
{
    public override string ToString() => nameof(AppSecret);
}

/// <summary>An application registered in the tenant, with its service principal.</summary>
internal sealed record Application
{
    public required Guid AppId { get; init; }

    public required Guid ObjectId { get; init; }

    public required Guid ServicePrincipalId { get; init; }

    public required string DisplayName { get; init; }

    /// <summary>May sign people in without a secret.</summary>
    public bool PublicClient { get; init; }

    public bool Enabled { get; init; } = true;

    public IReadOnlyList<AppSecret> Secrets { get; init; } = [];

    /// <summary>A certificate is made for this application when the tenant starts.</summary>
    public bool WantsCertificate { get; init; }

    public IReadOnlyList<X509Certificate2> Certificates { get; init; } = [];

    /// <summary>Application permissions, consented to.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    /// <summary>Delegated permissions, consented to for everybody.</summary>
    public IReadOnlyList<string> DelegatedPermissions { get; init; } = [];

    public string? About { get; init; }

    public override string ToString() => DisplayName;
}
