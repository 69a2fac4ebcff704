using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.SignIn;

/// <summary>Checks a JWT by which an application proves that it has the key of a registered certificate.</summary>
internal static class ClientAssertion
{
    internal static void Verify(string assertion, Application application, string address, DateTimeOffset now)
    {
        string[] parts = assertion.Split('.');
        if (parts.Length != 3)
            throw SignInException.BadSignature("The assertion is not a signed token.");
        try
        {
            using JsonDocument header = Decode(parts[0]);
            using JsonDocument claims = Decode(parts[1]);
            X509Certificate2 certificate = Find(header.RootElement, application);
            RequireSignature(header.RootElement, parts, certificate);
            RequireClaims(claims.RootElement, application, address, now);
            if (certificate.NotAfter.ToUniversalTime() < now.UtcDateTime)
                throw SignInException.BadSignature("The key used is expired.");
        }
        catch (Exception error) when (error is FormatException or JsonException or CryptographicException or InvalidOperationException
            or KeyNotFoundException)
        {
            throw SignInException.BadSignature("The assertion could not be read.");
        }
    }

    private static JsonDocument Decode(string part) => JsonDocument.Parse(Base64Url.DecodeFromChars(part));

    private static X509Certificate2 Find(JsonElement header, Application application)
    {
        string? sha1 = header.TryGetProperty("x5t", out JsonElement x5t) ? x5t.GetString() : null;
        string? sha256 = header.TryGetProperty("x5t#S256", out JsonElement x5t256) ? x5t256.GetString() : null;
        if (sha1 is null && sha256 is null)
            throw SignInException.BadSignature("The assertion names no certificate.");
        return application.Certificates.FirstOrDefault(certificate =>
                sha256 is not null
                    ? Thumbprint(certificate, HashAlgorithmName.SHA256) == sha256 : Thumbprint(certificate, HashAlgorithmName.SHA1) == sha1)
            ?? throw SignInException.UnknownCertificate(Convert.ToHexString(Base64Url.DecodeFromChars(sha1 ?? sha256)));
    }

    private static string Thumbprint(X509Certificate2 certificate, HashAlgorithmName algorithm) =>
        Base64Url.EncodeToString(certificate.GetCertHash(algorithm));

    private static void RequireSignature(JsonElement header, string[] parts, X509Certificate2 certificate)
    {
        RSASignaturePadding padding = header.GetProperty("alg").GetString() switch
        {
            "RS256" => RSASignaturePadding.Pkcs1,
            "PS256" => RSASignaturePadding.Pss,
            _ => throw SignInException.BadSignature("The algorithm is not supported."),
        };
        using RSA key = certificate.GetRSAPublicKey() ?? throw SignInException.BadSignature("The key is not supported.");
        byte[] text = Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]);
        if (!key.VerifyData(text, Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, padding))
            throw SignInException.BadSignature("The signature is not valid.");
    }

    private static void RequireClaims(JsonElement claims, Application application, string address, DateTimeOffset now)
    {
        string id = application.AppId.ToString();
        if (claims.GetProperty("iss").GetString() != id || claims.GetProperty("sub").GetString() != id)
            throw SignInException.BadSignature("Issuer and subject must be the client id.");
        string audience = claims.GetProperty("aud").GetString() ?? "";
        if (!audience.StartsWith(address, StringComparison.OrdinalIgnoreCase))
            throw SignInException.AssertionAudience(audience);
        long seconds = now.ToUnixTimeSeconds();
        bool early = claims.TryGetProperty("nbf", out JsonElement notBefore) && Seconds(notBefore) > seconds + 300;
        if (early || Seconds(claims.GetProperty("exp")) < seconds - 300)
            throw SignInException.AssertionExpired();
    }

    /// <summary>Clients write their times as numbers or as text, and the service takes both.</summary>
    private static long Seconds(JsonElement time) =>
        time.ValueKind == JsonValueKind.String ? long.Parse(time.GetString()!, CultureInfo.InvariantCulture) : time.GetInt64();
}
