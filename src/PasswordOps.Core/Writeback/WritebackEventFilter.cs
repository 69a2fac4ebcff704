using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Writeback;

/// <summary>Which events, or which stories, are wanted. What is null asks for nothing.</summary>
public sealed record WritebackEventFilter
{
    /// <summary>How far outside the wanted time events of an operation are looked for that reaches into it.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromHours(1);

    /// <summary>Not before.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Not after.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>These ids; a story needs one of them.</summary>
    public IReadOnlyCollection<int>? Ids { get; init; }

    /// <summary>Users, asked by principal name and by object id.</summary>
    public Func<string, bool>? User { get; init; }

    /// <summary>These operations.</summary>
    public IReadOnlyCollection<Guid>? TrackingIds { get; init; }

    /// <summary>Servers, asked by name.</summary>
    public Func<string, bool>? Server { get; init; }

    /// <summary>Only what failed.</summary>
    public bool FailedOnly { get; init; }

    /// <summary>From when on events are to be read for stories; null for all.</summary>
    public DateTimeOffset? ReadSince => Since is DateTimeOffset since && since - DateTimeOffset.MinValue > Reach ? since - Reach : null;

    /// <summary>Looks at an event.</summary>
    /// <param name="found">The event.</param>
    /// <returns>True when it is wanted.</returns>
    public bool Wants(WritebackEventRecord found) =>
        IsWithin(found.Time, found.Time)
        && (Ids is null || Ids.Contains(found.Id))
        && (!FailedOnly || found.Group == WritebackEventGroup.Fail)
        && IsOf(found.TrackingId, found.Server, found.User, found.UserId);

    /// <summary>Looks at a story.</summary>
    /// <param name="story">The story.</param>
    /// <returns>True when it is wanted.</returns>
    public bool Wants(WritebackStory story) =>
        IsWithin(story.Started, story.Ended)
        && (Ids is null || story.Events.Concat(story.Beside).Any(found => Ids.Contains(found.Id)))
        && (!FailedOnly || story.Outcome == WritebackOutcome.Failed)
        && IsOf(story.TrackingId, story.Server, story.User, story.UserId);

    /// <summary>Looks whether an event may belong to a story that is wanted.</summary>
    /// <param name="found">The event.</param>
    /// <returns>False when it surely does not.</returns>
    public bool MayBelong(WritebackEventRecord found) =>
        (ReadSince is not DateTimeOffset since || found.Time >= since)
        && (Until is not DateTimeOffset until || found.Time <= until || found.Time - until <= Reach);

    private bool IsWithin(DateTimeOffset first, DateTimeOffset last) =>
        (Since is not DateTimeOffset since || last >= since) && (Until is not DateTimeOffset until || first <= until);

    private bool IsOf(Guid? trackingId, string server, string? user, Guid? userId) =>
        (TrackingIds is null || (trackingId is Guid id && TrackingIds.Contains(id)))
        && (Server is null || Server(server))
        && (User is null || (user is not null && User(user)) || (userId is Guid of && User(of.ToString("D"))));
}
