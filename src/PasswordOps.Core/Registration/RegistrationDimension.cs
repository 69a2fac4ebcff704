namespace PasswordOps.Core.Registration;

/// <summary>By what users are counted.</summary>
public enum RegistrationDimension
{
    /// <summary>Department of the profile.</summary>
    Department,

    /// <summary>Domain of the user principal name.</summary>
    Domain,

    /// <summary>Active directory role; a user with several counts in each.</summary>
    Role,
}
