namespace PasswordOps.Core.Activity;

/// <summary>How many attempts of one kind ended in one way.</summary>
/// <param name="Kind">What was wanted.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Attempts">How many.</param>
public sealed record ActivityCount(ActivityKind Kind, AttemptOutcome Outcome, int Attempts);
