namespace PasswordOps.Core.Directory;

/// <summary>How many members the registration report counts; it leaves out guests, and those whose sign-in is blocked.</summary>
/// <param name="Users">Members in all; null when the service left it out.</param>
/// <param name="Enabled">Users in the scope of self-service password reset; null when the service left it out.</param>
/// <param name="Registered">Users who registered enough methods; null when the service left it out.</param>
/// <param name="Capable">Users who can reset; null when the service left it out.</param>
public sealed record RegistrationTotals(int? Users, int? Enabled, int? Registered, int? Capable);
