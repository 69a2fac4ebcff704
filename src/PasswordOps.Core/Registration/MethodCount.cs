namespace PasswordOps.Core.Registration;

/// <summary>How many users registered a method.</summary>
/// <param name="Method">The report's name of the method, such as mobilePhone.</param>
/// <param name="Users">Users who registered it.</param>
public sealed record MethodCount(string Method, int Users);
