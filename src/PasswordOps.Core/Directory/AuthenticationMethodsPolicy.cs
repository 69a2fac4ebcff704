using System;
using System.Collections.Generic;

namespace PasswordOps.Core.Directory;

/// <summary>The authentication methods policy, as far as password reset depends on it.</summary>
/// <param name="MigrationState">preMigration, migrationInProgress or migrationComplete; empty when the service did not say.</param>
/// <param name="EnabledMethods">Ids of the methods that are switched on: Sms, Voice, Email, SoftwareOath, MicrosoftAuthenticator and
/// others.</param>
public sealed record AuthenticationMethodsPolicy(string MigrationState, IReadOnlyList<string> EnabledMethods)
{
    /// <summary>True once the legacy password-reset and multifactor policies no longer count.</summary>
    public bool IsMigrationComplete => string.Equals(MigrationState, "migrationComplete", StringComparison.OrdinalIgnoreCase);
}
