using System;
using System.Threading;
using System.Threading.Tasks;

namespace PasswordOps.Core.SignIn;

/// <summary>The port through which a connection is made.</summary>
public interface ISignIn
{
    /// <summary>Signs in, fetches a token and reads who it is for.</summary>
    /// <param name="options">How and where.</param>
    /// <param name="prompt">Shows a device code to the person; called on any thread.</param>
    /// <param name="stop">Ends the attempt.</param>
    /// <returns>A connection whose context is filled in.</returns>
    /// <exception cref="PasswordOpsException">
    /// Sign-in failed, among others <c>SignInSecretWrong</c>, <c>SignInSecretExpired</c>, <c>SignInCertificateExpired</c>,
    /// <c>SignInTenantUnknown</c>, <c>SignInNoNetwork</c>.
    /// </exception>
    Task<IConnection> ConnectAsync(SignInOptions options, Action<DeviceCodePrompt> prompt, CancellationToken stop);
}
