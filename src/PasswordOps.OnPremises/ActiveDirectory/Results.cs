namespace PasswordOps.OnPremises.ActiveDirectory;

/// <summary>Numbers of LDAP results and of the library's own failures that decide something here.</summary>
internal static class Results
{
    public const int InsufficientRights = 50;

    public const int ServerDown = 81;
    public const int Timeout = 85;
    public const int ConnectError = 91;
}
