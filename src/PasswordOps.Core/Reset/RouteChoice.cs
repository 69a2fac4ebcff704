namespace PasswordOps.Core.Reset;

/// <summary>The way to a user's password.</summary>
/// <param name="Route">The way; <see cref="ResetRoute.None"/> when there is none.</param>
/// <param name="Words">The way in words, to follow 'by'.</param>
/// <param name="Refusal">Why there is none; null when there is one, or when the password is not mastered here at all.</param>
internal sealed record RouteChoice(ResetRoute Route, string Words, PasswordOpsException? Refusal)
{
    public static RouteChoice None(PasswordOpsException? refusal) => new(ResetRoute.None, Text.Of($"none"), refusal);
}
