using System;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Registration;

/// <summary>Says of a user that the registration report, read to its end, has no line for them.</summary>
internal static class UnlistedUser
{
    public const string ErrorId = "RegistrationNotListed";

    public static Reading<RegistrationDetail> Reading(DirectoryUser user, DateTimeOffset at) =>
        Directory.Reading.Failed<RegistrationDetail>(
            new PasswordOpsException(
                "RegistrationNotListed",
                ErrorKind.NotFound,
                Text.Of($"The registration report has no line for {user.Name}."),
                user.AccountEnabled == false
                    ? Text.Of($"The report leaves out users whose sign-in is blocked; it follows some hours after the account is enabled.")
                    : Text.Of($"The report runs up to a few hours behind; ask again later, or read the user's methods.")),
            at);
}
