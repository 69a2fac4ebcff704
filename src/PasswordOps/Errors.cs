using System;
using System.Management.Automation;
using PasswordOps.Core;

namespace PasswordOps;

/// <summary>Turns failures into PowerShell's error records.</summary>
internal static class Errors
{
    /// <summary>PowerShell shows the recommended action of an error from 7.5; before that the message has to say it too.</summary>
    private static readonly bool HostShowsAdvice = typeof(PSObject).Assembly.GetName().Version >= new Version(7, 5);

    internal static ErrorRecord Record(PasswordOpsException error, object? target) => new(error, error.Id, Category(error.Kind), target)
    {
        ErrorDetails = new ErrorDetails(HostShowsAdvice ? error.Message : error.Message + " " + error.Advice)
        {
            RecommendedAction = error.Advice,
        },
    };

    internal static ErrorCategory Category(ErrorKind kind) => kind switch
    {
        ErrorKind.PermissionDenied => ErrorCategory.PermissionDenied,
        ErrorKind.Authentication => ErrorCategory.AuthenticationError,
        ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        ErrorKind.InvalidData => ErrorCategory.InvalidData,
        ErrorKind.LimitsExceeded => ErrorCategory.LimitsExceeded,
        ErrorKind.Connection => ErrorCategory.ConnectionError,
        ErrorKind.Timeout => ErrorCategory.OperationTimeout,
        ErrorKind.Busy => ErrorCategory.ResourceBusy,
        ErrorKind.NotInstalled => ErrorCategory.NotInstalled,
        ErrorKind.Security => ErrorCategory.SecurityError,
        ErrorKind.InvalidOperation => ErrorCategory.InvalidOperation,
        _ => ErrorCategory.NotSpecified,
    };

    /// <summary>
    /// A fault that nobody foresaw. Its message may hold anything, so only the type and the place are kept: the place under
    /// <c>Data["Origin"]</c>.
    /// </summary>
    /// <param name="fault">The fault.</param>
    /// <returns>A failure without the fault's own words.</returns>
    internal static PasswordOpsException Unexpected(Exception fault)
    {
        PasswordOpsException error = new(
            "UnexpectedError",
            ErrorKind.NotSpecified,
            Text.Of($"Something went wrong that PasswordOps did not foresee ({fault.GetType().FullName})."),
            Text.Of($"Run it again; if it stays, report it with: $Error[0].Exception.Data['Origin']."));
        error.Data["Origin"] = fault.GetType().FullName + Environment.NewLine + fault.StackTrace;
        return error;
    }

    internal static PasswordOpsException NobodyToAsk(string without) => new(
        "ConfirmationImpossible",
        ErrorKind.InvalidOperation,
        Text.Of($"This asks before it goes on, and PowerShell runs where nobody can answer. Nothing was done."),
        Text.Of($"Look at what it would do with -WhatIf, then run it with {without}."));

    internal static PasswordOpsException NotConnected() => new(
        "NotConnected",
        ErrorKind.Authentication,
        Text.Of($"There is no connection to a tenant in this session."),
        Text.Of($"Run Connect-PasswordOps first, or give a connection with -Connection."));

    internal static PasswordOpsException ConnectionClosed(string account) => new(
        "ConnectionClosed",
        ErrorKind.InvalidOperation,
        Text.Of($"The connection of {account} was closed."),
        Text.Of($"Run Connect-PasswordOps again."));
}
