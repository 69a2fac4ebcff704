namespace PasswordOps.Core.Contacts;

/// <summary>Where contact data is kept.</summary>
public enum ContactTarget
{
    /// <summary>Authentication methods: private to the user and high administrators, writable also for synced users.</summary>
    AuthenticationMethods,

    /// <summary>Profile: visible in the directory, read-only for synced users.</summary>
    Profile,
}
