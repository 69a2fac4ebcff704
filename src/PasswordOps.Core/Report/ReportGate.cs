namespace PasswordOps.Core.Report;

/// <summary>People under one policy.</summary>
/// <param name="Policy">Which policy answers them.</param>
/// <param name="Needed">Methods that it asks for, in words where the number cannot be known.</param>
/// <param name="Users">People under it.</param>
/// <param name="Met">Those of them who have enough.</param>
public sealed record ReportGate(string Policy, string Needed, int Users, int Met);
