using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PasswordOps.Graph.SignIn;

/// <summary>
/// What an access token for Microsoft Graph says of its holder. The service does not promise the claims' form, so they are shown and used
/// to explain. The signature is the service's business.
/// </summary>
internal sealed record TokenClaims
{
    /// <summary>The entry that every ordinary user has, and that is no administrator role.</summary>
    private const string OrdinaryUser = "b79fbf4d-3ef9-4689-8143-76b194e85509";

    /// <summary>The entry of an application that holds application permissions.</summary>
    private const string ApplicationMark = "0997a1d0-0d1d-4acb-b408-d5ca73121e90";

    /// <summary>False for a token that is no readable JSON web token.</summary>
    public bool IsReadable { get; private init; }

    public string? TenantId { get; private init; }

    public string? ObjectId { get; private init; }

    public string? ClientId { get; private init; }

    public string? AppName { get; private init; }

    public string? UserName { get; private init; }

    public string? Audience { get; private init; }

    public bool IsAppOnly { get; private init; }

    public IReadOnlyList<string> Permissions { get; private init; } = Array.Empty<string>();

    /// <summary>Template ids of directory roles over the whole tenant.</summary>
    public IReadOnlyList<string> RoleIds { get; private init; } = Array.Empty<string>();

    public DateTimeOffset? ExpiresOn { get; private init; }

    public static TokenClaims Read(string token)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3)
        {
            return new TokenClaims();
        }

        try
        {
            using JsonDocument payload = JsonDocument.Parse(Decode(parts[1]));
            JsonElement claims = payload.RootElement;
            if (claims.ValueKind != JsonValueKind.Object)
            {
                return new TokenClaims();
            }

            string[] scopes = (Text(claims, "scp") ?? string.Empty).Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
            string? type = Text(claims, "idtyp");
            bool isAppOnly = type is null ? scopes.Length == 0 : string.Equals(type, "app", StringComparison.OrdinalIgnoreCase);
            return new TokenClaims
            {
                IsReadable = true,
                TenantId = Text(claims, "tid"),
                ObjectId = Text(claims, "oid"),
                ClientId = Text(claims, "appid") ?? Text(claims, "azp"),
                AppName = Text(claims, "app_displayname"),
                UserName = Text(claims, "upn") ?? Text(claims, "unique_name") ?? Text(claims, "preferred_username"),
                Audience = Text(claims, "aud"),
                IsAppOnly = isAppOnly,
                Permissions = isAppOnly ? Texts(claims, "roles") : scopes,
                RoleIds = Texts(claims, "wids").Where(id => !Is(id, OrdinaryUser) && !Is(id, ApplicationMark)).ToArray(),
                ExpiresOn = Moment(claims, "exp"),
            };
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            return new TokenClaims();
        }
    }

    private static bool Is(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static byte[] Decode(string part)
    {
        string text = part.Replace('-', '+').Replace('_', '/');
        return Convert.FromBase64String(text.PadRight(text.Length + ((4 - (text.Length % 4)) % 4), '='));
    }

    private static DateTimeOffset? Moment(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out long seconds)
        && seconds > 0
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string[] Texts(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!).ToArray()
            : Array.Empty<string>();
}
