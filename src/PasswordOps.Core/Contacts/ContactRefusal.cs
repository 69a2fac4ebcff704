namespace PasswordOps.Core.Contacts;

/// <summary>Why the caller may not write a user's contact data.</summary>
/// <param name="Rule">Error id.</param>
/// <param name="Reason">Why, as the end of a sentence.</param>
/// <param name="Advice">What to do.</param>
internal sealed record ContactRefusal(string Rule, string Reason, string Advice)
{
    /// <summary>The user is where only roles over a unit reach.</summary>
    public static ContactRefusal Restricted => new(
        "RestrictedManagement",
        Text.Of($"the user is in a restricted management administrative unit, where tenant-wide roles do not reach"),
        Text.Of($"Have a role such as Authentication Administrator assigned over that unit, or leave the user out."));
}
