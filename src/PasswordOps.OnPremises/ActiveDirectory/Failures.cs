using System;
using System.DirectoryServices.Protocols;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Core;
using PasswordOps.Core.Directory;

namespace PasswordOps.OnPremises.ActiveDirectory;

/// <summary>Turns what the library throws into failures of ours. Of a server's text nothing but its code is used.</summary>
internal static class Failures
{
    /// <summary>No line could be opened.</summary>
    public static async Task<PasswordOpsException> OfOpeningAsync(
        Target target, TrustedCertificates? trust, Exception error, CancellationToken stop)
    {
        switch (error)
        {
            case LdapException { ErrorCode: not (Results.ServerDown or Results.Timeout or Results.ConnectError) } ldap:
                string? code = DirectoryCode.CodeIn(DirectoryCode.Bind, ldap.ServerErrorMessage);
                return target.Tell(DirectoryCode.Of(DirectoryCode.Bind, ldap.ErrorCode, code), code ?? Number(ldap.ErrorCode), false);
            case LdapException ldap:
                return await Diagnosis.ExplainAsync(target, trust, ldap.ErrorCode, stop).ConfigureAwait(false);
            case TlsOperationException:
                return await Diagnosis.ExplainAsync(target, trust, Results.ConnectError, stop).ConfigureAwait(false);
            case DirectoryOperationException { Response: DirectoryResponse answer }:
                return OfAnswer(target, DirectoryCode.Bind, target.Caller, answer);
            case DirectoryOperationException:
                // The library keeps neither result nor code of such a bind.
                return target.Own("AdSignInRefused");
            case ObjectDisposedException:
                return Closed(target);
            default:
                return target.Own("AdLibraryMissing");
        }
    }

    /// <summary>A request was sent.</summary>
    public static PasswordOpsException OfRequest(Target target, string step, string account, Exception error)
    {
        if (error is DirectoryOperationException { Response: DirectoryResponse answer })
        {
            return OfAnswer(target, step, account, answer);
        }

        int result = error is LdapException ldap ? ldap.ErrorCode : Results.ServerDown;
        return target.Tell(
            DirectoryCode.Of(step, result, null), Number(result), step == DirectoryCode.Write, ("account", account),
            ("why", Text.Of($"the connection broke")), ("fix", Text.Of($"Try again.")));
    }

    /// <summary>A server's refusal.</summary>
    public static PasswordOpsException OfAnswer(Target target, string step, string account, DirectoryResponse answer)
    {
        int result = (int)answer.ResultCode;
        string? code = DirectoryCode.CodeIn(step, answer.ErrorMessage);
        return target.Tell(DirectoryCode.Of(step, result, code), code ?? Number(result), false, ("account", account));
    }

    public static PasswordOpsException Closed(Target target) => new(
        "ConnectionClosed", ErrorKind.InvalidOperation, Text.Of($"The connection to {target.Server} was closed."),
        Text.Of($"Connect again."));

    private static string Number(int result) => "LDAP " + result.ToString(CultureInfo.InvariantCulture);
}
