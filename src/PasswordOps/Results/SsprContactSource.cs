namespace PasswordOps;

/// <summary>Where the value is from that password reset uses.</summary>
public enum SsprContactSource
{
    /// <summary>There is no value.</summary>
    None,

    /// <summary>An authentication method.</summary>
    AuthenticationMethod,

    /// <summary>The profile.</summary>
    Profile,

    /// <summary>The authentication methods could not be read.</summary>
    Unknown,
}
