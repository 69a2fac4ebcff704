namespace PasswordOps.Core.Directory;

/// <summary>The tenant's switches of directory synchronisation, as far as password work depends on them.</summary>
/// <param name="PasswordSync">Password hashes are synced to the cloud.</param>
/// <param name="PasswordWriteback">What the property passwordWritebackEnabled says, which the service does not keep.</param>
/// <param name="CloudPasswordPolicy">The cloud's password policy also holds for users whose password is synced.</param>
/// <param name="ForcedChange">"Must change the password at next logon" is synced from Active Directory.</param>
public sealed record SyncFeatures(bool? PasswordSync, bool? PasswordWriteback, bool? CloudPasswordPolicy, bool? ForcedChange);
