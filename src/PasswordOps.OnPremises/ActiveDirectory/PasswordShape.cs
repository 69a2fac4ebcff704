using System;
using System.Globalization;
using PasswordOps.Core;
using PasswordOps.Core.Directory;
using PasswordOps.Core.Passwords;

namespace PasswordOps.OnPremises.ActiveDirectory;

/// <summary>
/// What of a password may be known after it was sent: how long it is and how many classes of characters it has. A domain controller says
/// that
/// it refuses a password and not why; with the policy of the account this tells most of it.
/// </summary>
internal readonly struct PasswordShape
{
    private const int ClassesAskedFor = 3;

    private PasswordShape(int length, int classes)
    {
        Length = length;
        Classes = classes;
    }

    public int Length { get; }

    /// <summary>Upper case, lower case, digits, letters without case, everything else: at most five.</summary>
    public int Classes { get; }

    public static PasswordShape Of(Password password)
    {
        int seen = 0;
        foreach (char c in password.Characters)
        {
            seen |= char.IsUpper(c) ? 1 : char.IsLower(c) ? 2 : c is >= '0' and <= '9' ? 4 : char.IsLetter(c) ? 8 : 16;
        }

        int classes = 0;
        for (; seen != 0; seen &= seen - 1)
        {
            classes++;
        }

        return new PasswordShape(password.Characters.Length, classes);
    }

    /// <summary>Why a password was refused, as far as it can be told.</summary>
    /// <param name="target">The server.</param>
    /// <param name="account">Whose password.</param>
    /// <param name="historyCounts">History and minimum age counted.</param>
    /// <param name="now">The server's time.</param>
    /// <param name="error">The refusal.</param>
    public PasswordOpsException Explain(
        Target target, ActiveDirectoryAccount account, bool historyCounts, DateTimeOffset now, PasswordOpsException error)
    {
        DomainPasswordPolicy policy = account.Policy;
        if (policy.MinimumLength is int least && Length < least)
        {
            return Tell(
                "AdPasswordTooShort", Text.Of($"it has {Length} characters and {policy} asks for {least}"),
                Text.Of($"Take a password of at least {least} characters."));
        }

        if (policy.Complexity == true && Classes < ClassesAskedFor)
        {
            return Tell(
                "AdPasswordTooSimple",
                Text.Of($"it has {Classes} of the classes of characters and {policy} asks for {ClassesAskedFor}"),
                Text.Of($"Mix upper case, lower case, digits and other characters."));
        }

        if (historyCounts
            && policy.MinimumAge is TimeSpan age && age > TimeSpan.Zero
            && account.PasswordLastSet is DateTimeOffset set && age < DateTimeOffset.MaxValue - set && set + age > now)
        {
            string until = (set + age).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";
            return Tell(
                "AdPasswordTooRecent", Text.Of($"the present password may be changed from {until} on"),
                Text.Of($"Wait until then, or reset the password as an administrator, to whom the minimum age does not apply."));
        }

        string name = policy.Complexity == false ? string.Empty : Text.Of($"it holds the user's name or a part of it, ");
        string history = !historyCounts || policy.HistoryLength == 0
            ? string.Empty
            : policy.HistoryLength is int remembered
                ? Text.Of($"it is one of the last {remembered}, ")
                : Text.Of($"it was used before, ");
        string unknown = policy.MinimumLength is null
            ? Text.Of($"it is too short or too simple for a policy that cannot be read here, ")
            : string.Empty;
        return Tell(
            "AdPasswordRefused",
            Text.Of($"{unknown}{history}{name}or a password filter of the domain forbids it"),
            unknown.Length == 0
                ? Text.Of($"Take another password that the user never had; if that is refused too, ask which password filters the domain "
                    + $"has.")
                : Text.Of($"Take a longer password of four kinds of characters, for example one made with -Length 30; who may read the "
                    + $"policy can tell what it asks for."));

        PasswordOpsException Tell(string id, string why, string fix) => target.Tell(
            DirectoryCode.Own(id), error.ServiceCode, false, ("account", account.SamAccountName), ("why", why), ("fix", fix));
    }
}
