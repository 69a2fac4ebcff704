using System;
using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PasswordOps.Practice.Access;
using PasswordOps.Practice.State;

namespace PasswordOps.Practice.SignIn;

/// <summary>Makes and reads the tenant's tokens.</summary>
internal sealed class TokenIssuer : IDisposable
{
    /// <summary>Every member carries this one among its roles; it is no directory role.</summary>
    private const string DefaultUserRole = "b79fbf4d-3ef9-4689-8143-76b194e85509";

    /// <summary>Counts tokens, since two of one second differ in nothing else that has an order.</summary>
    private const string SerialClaim = "practice_serial";

    private const int MostRemembered = 20_000;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(3599);
    private static readonly TimeSpan s_continuousLifetime = TimeSpan.FromSeconds(86399);

    private readonly TenantState _tenant;
    private readonly string _address;

    /// <summary>Making a key takes longer than all the rest of the start, so it goes on beside it.</summary>
    private readonly Task<RSA> _key = Task.Run(() => RSA.Create(2048));

    /// <summary>Checking a signature for every request of a bulk run would cost more than the request.</summary>
    private readonly ConcurrentDictionary<string, Caller> _known = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<Guid, Expiry> _expired = new();
    private long _serial;

    public TokenIssuer(TenantState tenant, string address)
    {
        _tenant = tenant;
        _address = address;
    }

    private RSA Key => _key.GetAwaiter().GetResult();

    private string KeyId => Base64Url.EncodeToString(SHA256.HashData(Key.ExportSubjectPublicKeyInfo()).AsSpan(0, 20));

    public void Dispose() => Key.Dispose();

    internal (string Token, int Seconds) ForApplication(Application application, string audience, bool certificate, bool continuous)
    {
        TimeSpan lifetime = continuous ? s_continuousLifetime : s_lifetime;
        string token = Sign(writer =>
        {
            WriteCommon(writer, audience, lifetime, application, application.ServicePrincipalId, continuous);
            writer.WriteString("appidacr", certificate ? "2" : "1");
            writer.WriteString("idtyp", "app");
            WriteArray(writer, "roles", application.Permissions);
            WriteArray(writer, "wids", RoleIds(application.ServicePrincipalId));
        });
        return (token, (int)lifetime.TotalSeconds);
    }

    internal (string Token, int Seconds) ForUser(
        User user, Application application, string audience, IReadOnlyList<string> scopes, bool continuous)
    {
        TimeSpan lifetime = continuous ? s_continuousLifetime : s_lifetime;
        string token = Sign(writer =>
        {
            WriteCommon(writer, audience, lifetime, application, user.Id, continuous);
            writer.WriteString("appidacr", "0");
            writer.WriteString("idtyp", "user");
            writer.WriteString("name", user.DisplayName);
            writer.WriteString("upn", user.UserPrincipalName);
            writer.WriteString("unique_name", user.UserPrincipalName);
            writer.WriteString("scp", string.Join(' ', scopes));
            WriteArray(writer, "wids", RoleIds(user.Id).Append(DefaultUserRole));
        });
        return (token, (int)lifetime.TotalSeconds);
    }

    internal string IdToken(User user, Application application, string? nonce) => Sign(writer =>
    {
        long now = _tenant.Now.ToUnixTimeSeconds();
        writer.WriteString("aud", application.AppId);
        writer.WriteString("iss", $"{_address}{_tenant.Organization.TenantId}/v2.0");
        writer.WriteNumber("iat", now);
        writer.WriteNumber("nbf", now);
        writer.WriteNumber("exp", now + (long)s_lifetime.TotalSeconds);
        writer.WriteString("name", user.DisplayName);
        if (nonce is not null)
            writer.WriteString("nonce", nonce);
        writer.WriteString("oid", user.Id);
        writer.WriteString("preferred_username", user.UserPrincipalName);
        writer.WriteString("sub", user.Id);
        writer.WriteString("tid", _tenant.Organization.TenantId);
        writer.WriteString("ver", "2.0");
    });

    /// <summary>Who the token speaks for, whether it is still in time or not; null for a token that is not ours.</summary>
    internal Caller? Read(string token)
    {
        if (_known.TryGetValue(token, out Caller? known))
            return known;
        Caller? caller = Parse(token);
        if (caller is null)
            return null;
        if (_known.Count >= MostRemembered)
            _known.Clear();
        return _known[token] = caller;
    }

    /// <summary>Ends every token issued so far, of one principal or of all.</summary>
    internal void Expire(Guid? principal, bool challenge) =>
        _expired[principal ?? Guid.Empty] = new Expiry(Interlocked.Read(ref _serial), challenge);

    /// <summary>Null for a token that still counts, else whether its bearer is to be challenged for a newer one.</summary>
    internal bool? Ended(Caller caller)
    {
        if (_expired.IsEmpty)
            return null;
        bool all = _expired.TryGetValue(Guid.Empty, out Expiry? expiry) && caller.Serial <= expiry.Serial;
        return all || (_expired.TryGetValue(caller.ObjectId, out expiry) && caller.Serial <= expiry.Serial) ? expiry!.Challenge : null;
    }

    private sealed record Expiry(long Serial, bool Challenge);

    /// <summary>The challenge that asks for a token not older than a moment.</summary>
    internal static string NotBeforeClaims(DateTimeOffset moment)
    {
        string seconds = moment.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string claims = """{"access_token":{"nbf":{"essential":true, "value":"SECONDS"}}}"""
            .Replace("SECONDS", seconds, StringComparison.Ordinal);
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(claims));
    }

    internal void WriteKeys(Utf8JsonWriter writer)
    {
        RSAParameters key = Key.ExportParameters(false);
        writer.WriteStartArray("keys");
        writer.WriteStartObject();
        writer.WriteString("kty", "RSA");
        writer.WriteString("use", "sig");
        writer.WriteString("alg", "RS256");
        writer.WriteString("kid", KeyId);
        writer.WriteString("n", Base64Url.EncodeToString(key.Modulus));
        writer.WriteString("e", Base64Url.EncodeToString(key.Exponent));
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private void WriteCommon(
        Utf8JsonWriter writer, string audience, TimeSpan lifetime, Application application, Guid principal, bool continuous)
    {
        long now = _tenant.Now.ToUnixTimeSeconds();
        writer.WriteString("aud", audience);
        writer.WriteString("iss", $"https://sts.windows.net/{_tenant.Organization.TenantId}/");
        writer.WriteNumber("iat", now);
        writer.WriteNumber("nbf", now);
        writer.WriteNumber("exp", now + (long)lifetime.TotalSeconds);
        writer.WriteString("tid", _tenant.Organization.TenantId);
        writer.WriteString("oid", principal);
        writer.WriteString("sub", principal);
        writer.WriteString("appid", application.AppId);
        writer.WriteString("app_displayname", application.DisplayName);
        writer.WriteString("ver", "1.0");
        writer.WriteNumber(SerialClaim, Interlocked.Increment(ref _serial));
        writer.WriteString("uti", Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));
        if (continuous)
            WriteArray(writer, "xms_cc", ["cp1"]);
    }

    private IEnumerable<string> RoleIds(Guid principal) => _tenant.ActiveAssignments(principal)
        .Where(assignment => assignment.TenantWide).Select(assignment => assignment.RoleId.ToString()).Distinct();

    private static void WriteArray(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private string Sign(Action<Utf8JsonWriter> claims)
    {
        string text = Part(writer =>
        {
            writer.WriteString("typ", "JWT");
            writer.WriteString("alg", "RS256");
            writer.WriteString("kid", KeyId);
        }) + "." + Part(claims);
        byte[] signature = Key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return text + "." + Base64Url.EncodeToString(signature);
    }

    private static string Part(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }

    private Caller? Parse(string token)
    {
        try
        {
            int last = token.LastIndexOf('.');
            int first = token.IndexOf('.', StringComparison.Ordinal);
            if (first < 0 || last <= first)
                return null;
            byte[] signature = Base64Url.DecodeFromChars(token.AsSpan(last + 1));
            if (!Key.VerifyData(Encoding.ASCII.GetBytes(token[..last]), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
                return null;
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.AsSpan(first + 1, last - first - 1)));
            JsonElement root = claims.RootElement;
            // The other kind of token that is signed with the same key says who somebody is, not what they may do.
            if (!root.TryGetProperty("idtyp", out JsonElement kind))
                return null;
            bool application = kind.GetString() == "app";
            return new Caller
            {
                IsApplication = application,
                ObjectId = root.GetProperty("oid").GetGuid(),
                AppId = root.GetProperty("appid").GetGuid(),
                Name = root.GetProperty(application ? "app_displayname" : "upn").GetString()!,
                Permissions = (application
                    ? root.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!)
                    : root.GetProperty("scp").GetString()!.Split(' ')).ToHashSet(StringComparer.Ordinal),
                IssuedAt = DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("iat").GetInt64()),
                NotBefore = DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("nbf").GetInt64()),
                Expires = DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("exp").GetInt64()),
                Serial = root.GetProperty(SerialClaim).GetInt64(),
                ContinuousAccess = root.TryGetProperty("xms_cc", out _),
            };
        }
        catch (Exception error) when (error is FormatException or JsonException or CryptographicException)
        {
            return null;
        }
    }
}
