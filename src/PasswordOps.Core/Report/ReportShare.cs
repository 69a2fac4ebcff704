namespace PasswordOps.Core.Report;

/// <summary>How many there are of something.</summary>
/// <param name="Name">Of what.</param>
/// <param name="Count">How many.</param>
public sealed record ReportShare(string Name, int Count);
