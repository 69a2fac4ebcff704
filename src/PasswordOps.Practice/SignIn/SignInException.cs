using System;

namespace PasswordOps.Practice.SignIn;

/// <summary>Ends a sign-in with one of the service's errors. Number 0: the service sends none.</summary>
internal sealed class SignInException(int status, string error, int number, string text) : Exception(text)
{
    public int Status { get; } = status;

    public string Error { get; } = error;

    public int Number { get; } = number;

    internal static SignInException WrongSecret(Guid appId) => new(
        401, "invalid_client", 7000215,
        "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, "
        + $"for a secret added to app '{appId}'.");

    internal static SignInException ExpiredSecret(Guid appId) => new(
        401, "invalid_client", 7000222,
        $"The provided client secret keys for app '{appId}' are expired. Visit the Azure portal to create new keys for your app: "
        + "https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.");

    internal static SignInException NoCredential() => new(
        401, "invalid_client", 7000218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");

    internal static SignInException AppDisabled(Guid appId) =>
        new(401, "unauthorized_client", 7000112, $"Application '{appId}' is disabled.");

    internal static SignInException UnknownApp(string appId, string tenant) => new(
        400, "unauthorized_client", 700016,
        $"Application with identifier '{appId}' was not found in the directory '{tenant}'. This can happen if the application has not been "
        + "installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication "
        + "request to the wrong tenant.");

    internal static SignInException UnknownCertificate(string thumbprint) => new(
        401, "invalid_client", 700027,
        "The certificate with identifier used to sign the client assertion is not registered on application. "
        + $"[Reason - The key was not found., Thumbprint of key used by client: '{thumbprint}']");

    internal static SignInException BadSignature(string reason) => new(
        401, "invalid_client", 700027, $"Client assertion contains an invalid signature. [Reason - {reason}]");

    internal static SignInException AssertionExpired() => new(
        401, "invalid_client", 700024, "Client assertion is not within its valid time range.");

    internal static SignInException AssertionAudience(string audience) => new(
        401, "invalid_client", 700023, $"Client assertion audience claim does not match Realm issuer. The audience was '{audience}'.");

    internal static SignInException UnknownTenant(string tenant) => new(
        400, "invalid_tenant", 90002,
        $"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. "
        + "Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.");

    internal static SignInException NoTenant() => new(
        400, "invalid_request", 50059,
        "No tenant-identifying information found in either the request or implied by any provided credentials.");

    internal static SignInException WrongScope(string scope) => new(
        400, "invalid_scope", 70011, $"The provided value for the input parameter 'scope' isn't valid. The scope '{scope}' isn't valid.");

    internal static SignInException WrongResource(string resource, string tenant) => new(
        400, "invalid_resource", 500011, $"The resource principal named {resource} was not found in the tenant named {tenant}.");

    internal static SignInException NoConsent(Guid appId, string name) => new(
        400, "invalid_grant", 65001,
        $"The user or administrator hasn't consented to use the application with ID '{appId}' named '{name}'. Send an interactive "
        + "authorization request for this user and resource.");

    internal static SignInException Missing(string parameter) => new(
        400, "invalid_request", 900144, $"The request body must contain the following parameter: '{parameter}'.");

    internal static SignInException UnsupportedGrant(string grant) => new(
        400, "unsupported_grant_type", 70003, $"The app requested an unsupported grant type '{grant}'.");

    internal static SignInException Pending() => new(
        400, "authorization_pending", 70016, "OAuth 2.0 device flow error. Authorization is pending. Continue polling.");

    internal static SignInException Declined() => new(400, "authorization_declined", 0, "The end user denied the authorization request.");

    internal static SignInException UnknownDeviceCode() => new(400, "bad_verification_code", 0, "The device_code is not recognized.");

    internal static SignInException DeviceCodeExpired() => new(
        400, "expired_token", 70019, "Verification code expired. Have the user retry the sign-in.");

    internal static SignInException AccountDisabled() => new(400, "invalid_grant", 50057, "The user account is disabled.");

    internal static SignInException GrantRevoked() => new(
        400, "invalid_grant", 50173,
        "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their "
        + "password.");

    internal static SignInException UnknownGrant() =>
        new(400, "invalid_grant", 9002313, "Invalid request. Request is malformed or invalid.");
}
