using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace PasswordOps.Graph.Tests;

/// <summary>Access tokens as the service makes them, unsigned.</summary>
internal static class Jwt
{
    /// <summary>A mark inside every token, to be found wherever one leaks.</summary>
    internal const string Mark = "plantedTokenMark";

    public static string App(params string[] roles) => Make(
        $"\"idtyp\":\"app\",\"app_displayname\":\"PasswordOps\",\"oid\":\"{FakeService.Helena}\",\"roles\":[{Quoted(roles)}]");

    public static string Person(params string[] scopes) => Make(
        $"\"upn\":\"helena@contoso.com\",\"oid\":\"{FakeService.Helena}\",\"scp\":\"{string.Join(" ", scopes)}\"");

    public static string Make(string claims, DateTimeOffset? expiresOn = null)
    {
        long exp = (expiresOn ?? DateTimeOffset.UtcNow.AddHours(1)).ToUnixTimeSeconds();
        string payload =
            $"{{\"aud\":\"https://graph.microsoft.com\",\"tid\":\"{FakeService.Tenant}\",\"appid\":\"{FakeService.App}\","
            + $"\"exp\":{exp},{claims}}}";
        return Encode("{\"typ\":\"JWT\",\"alg\":\"none\"}") + "." + Encode(payload) + "." + Mark;
    }

    public static Reply Answer(string token) =>
        Reply.Json($"{{\"token_type\":\"Bearer\",\"expires_in\":3599,\"ext_expires_in\":3599,\"access_token\":\"{token}\"}}");

    public static string Encode(string text) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string Quoted(IEnumerable<string> words) => string.Join(",", words.Select(word => "\"" + word + "\""));
}
