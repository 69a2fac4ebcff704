namespace PasswordOps.Core.Report;

/// <summary>Why attempts failed.</summary>
/// <param name="Text">In plain words.</param>
/// <param name="Count">How often.</param>
/// <param name="NextStep">What to do about it; null when there is nothing.</param>
public sealed record ReportReason(string Text, int Count, string? NextStep);
