using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace PasswordOps.Core.Writeback;

/// <summary>
/// Puts other names in the place of users and servers: the same for the same all along, and others the next time, so that nobody can tell
/// from them who it was. Texts of events, which may name anybody, are left out. Tracking ids, codes and times stay, for a support case.
/// </summary>
public sealed class Pseudonyms : IDisposable
{
    private const int Digits = 12;
    private readonly HMACSHA256 digest;

    /// <summary>Creates names that nobody has seen before.</summary>
    public Pseudonyms() => digest = new HMACSHA256();

    internal Pseudonyms(byte[] key) => digest = new HMACSHA256(key);

    /// <inheritdoc/>
    public void Dispose() => digest.Dispose();

    /// <summary>An event without names.</summary>
    /// <param name="found">The event.</param>
    /// <returns>A copy.</returns>
    public WritebackEventRecord Redacted(WritebackEventRecord found) => found with
    {
        User = Of("user", found.User),
        UserId = Of(found.UserId),
        Path = null,
        Source = found.Source with { Computer = Of("server", found.Server)!, Data = string.Empty },
    };

    /// <summary>A story without names.</summary>
    /// <param name="story">The story.</param>
    /// <returns>A copy.</returns>
    public WritebackStory Redacted(WritebackStory story) => story with
    {
        User = Of("user", story.User),
        UserId = Of(story.UserId),
        Server = Of("server", story.Server)!,
        Events = story.Events.Select(Redacted).ToList(),
        Beside = story.Beside.Select(Redacted).ToList(),
    };

    /// <summary>Counts without names.</summary>
    /// <param name="activity">The counts.</param>
    /// <returns>A copy.</returns>
    public WritebackActivity Redacted(WritebackActivity activity) => activity with
    {
        Users = activity.Users.Select(user => user with { User = Of("user", user.User), UserId = Of(user.UserId) }).ToList(),
        Servers = activity.Servers.Select(server => Of("server", server)!).ToList(),
    };

    private string? Of(string kind, string? name) => string.IsNullOrEmpty(name)
        ? name
        : kind + "-" + string.Concat(Digest(kind + ":" + name!.ToUpperInvariant()).Take(Digits / 2)
            .Select(part => part.ToString("x2", CultureInfo.InvariantCulture)));

    private Guid? Of(Guid? id) => id is Guid known ? new Guid(Digest("id:" + known.ToString("D")).Take(16).ToArray()) : null;

    private byte[] Digest(string text) => digest.ComputeHash(Encoding.UTF8.GetBytes(text));
}
