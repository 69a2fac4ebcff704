using System.Collections.Generic;
using System.Management.Automation;
using System.Security;
using PasswordOps.Core;

namespace PasswordOps;

/// <summary>An application of a practice tenant to sign in as.</summary>
public sealed class PracticeApp
{
    /// <summary>Name.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Application (client) id.</summary>
    public required string AppId { get; init; }

    /// <summary>Secret; null when the application has a certificate only.</summary>
    public SecureString? Secret { get; init; }

    /// <summary>PFX file with the application's certificate; null when it has none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Password of the certificate's file.</summary>
    public SecureString? CertificatePassword { get; init; }

    /// <summary>True when it signs people in, with a device code, and has no right of its own.</summary>
    public bool PublicClient { get; init; }

    /// <summary>What it is for.</summary>
    public string? About { get; init; }

    /// <summary>Graph permissions that it was granted; of a public client those that it may use for a person.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>Names of its directory roles.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>What it is for, in a few words.</summary>
    [Hidden]
    public string RightsText =>
        About ?? Text.Of($"{Permissions.Count} permissions") + (Roles.Count == 0 ? string.Empty : ", " + string.Join(", ", Roles));

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => PasswordOps.Card.Row(RightsText, (DisplayName, 20));

    /// <inheritdoc/>
    public override string ToString() => DisplayName;
}
