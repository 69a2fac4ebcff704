using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace PasswordOps.Core.Writeback.Connection;

/// <summary>A relay of Azure Service Bus that a tenant's writeback listens at.</summary>
public sealed record RelayName
{
    private static readonly Regex Endpoints = new(
        @"\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Host.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port.</summary>
    public int Port { get; init; } = 443;

    /// <summary>The tenant's endpoint on it, written <c>guid_guid</c>; null when it is not known.</summary>
    public string? Endpoint { get; init; }

    /// <summary>True when a text has the form of an endpoint.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsEndpoint(string text) => Endpoints.IsMatch(text);

    /// <summary>Takes <c>host</c>, <c>host:port</c>, <c>host/endpoint</c> or the whole address with https.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The relay.</returns>
    /// <exception cref="PasswordOpsException"><c>EndpointInvalid</c>.</exception>
    public static RelayName Parse(string text)
    {
        string given = (text ?? string.Empty).Trim();
        string address = given.Contains("://") ? given : "https://" + given;
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme != Uri.UriSchemeHttps || uri.Host.Length == 0
            || uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new PasswordOpsException(
                "EndpointInvalid", ErrorKind.InvalidArgument, Text.Of($"'{given}' is not the address of an endpoint."),
                Text.Of($"Give host, host:port or host:port/endpoint, for example contoso.servicebus.windows.net."));
        }

        string path = uri.AbsolutePath.Trim('/');
        return new RelayName { Host = uri.DnsSafeHost, Port = uri.Port, Endpoint = path.Length == 0 ? null : path };
    }

    /// <inheritdoc/>
    public override string ToString() => Host.IndexOf(':') >= 0
        ? string.Format(CultureInfo.InvariantCulture, "[{0}]:{1}", Host, Port)
        : string.Format(CultureInfo.InvariantCulture, Port == 443 ? "{0}" : "{0}:{1}", Host, Port);
}
