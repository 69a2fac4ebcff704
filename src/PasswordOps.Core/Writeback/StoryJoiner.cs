using System;
using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Writeback;

/// <summary>
/// Joins events to stories by their tracking id, in whatever order they come. A story is told when so many others were touched after it
/// that no part is to be expected any more, or at the end: what is held is bounded in number and in text. Where the parts of a story stand
/// farther apart than that, each piece is told by itself and says that it is not the whole.
/// </summary>
public sealed class StoryJoiner
{
    private const int DefaultLimit = 2_048;
    private const int DefaultTextLimit = 4_000_000;
    private const int BesideLimit = 8;
    private const int PlaceLimit = 64;
    private static readonly long Nearness = TimeSpan.FromSeconds(10).Ticks;

    private readonly int limit;
    private readonly int textLimit;
    private readonly Dictionary<Guid, OpenStory> open = new();
    private readonly LinkedList<OpenStory> byTouch = new();
    private readonly Dictionary<(string Server, long Span), List<Place>> failures = new();
    private readonly Dictionary<(string Server, long Span), List<Place>> engine = new();
    private readonly SeenKeys told = new(1 << 20);
    private long text;

    /// <summary>Creates it.</summary>
    public StoryJoiner()
        : this(DefaultLimit, DefaultTextLimit)
    {
    }

    internal StoryJoiner(int limit, int textLimit = DefaultTextLimit)
    {
        this.limit = limit;
        this.textLimit = textLimit;
    }

    /// <summary>Takes an event.</summary>
    /// <param name="found">The event.</param>
    /// <returns>The stories that are complete now.</returns>
    public IReadOnlyList<WritebackStory> Take(WritebackEventRecord found)
    {
        List<WritebackStory> complete = new();
        bool fromEngine = found.Provider == "ADSync" && found.Id == 6329;
        if (found.TrackingId is null && !fromEngine)
        {
            Tell(new OpenStory(null), found, complete);
            return complete;
        }

        OpenStory? story = null;
        if (found.TrackingId is Guid id && !open.TryGetValue(id, out story))
        {
            story = new OpenStory(id) { IsContinued = told.Contains(SeenKeys.Of(id)) };
            open[id] = story;
        }

        story ??= new OpenStory(null);
        text += story.Take(found);
        Touch(story);
        if (fromEngine && found.TrackingId is null)
        {
            Near(failures, found, place => Join(place.Story, story));
            Keep(engine, story, found);
        }
        else if (found.Group == WritebackEventGroup.Fail)
        {
            Near(engine, found, place => Join(story, place.Story));
            Keep(failures, story, found);
        }

        while (byTouch.Count > limit || (text > textLimit && byTouch.Count > 1))
        {
            Close(byTouch.First!.Value, complete);
        }

        return complete;
    }

    /// <summary>Tells what is still held.</summary>
    /// <returns>The stories.</returns>
    public IEnumerable<WritebackStory> Finish()
    {
        List<WritebackStory> complete = new();
        while (byTouch.First is not null)
        {
            Close(byTouch.First.Value, complete);
            foreach (WritebackStory story in complete)
            {
                yield return story;
            }

            complete.Clear();
        }
    }

    private static void Tell(OpenStory story, WritebackEventRecord found, List<WritebackStory> complete)
    {
        story.Take(found);
        if (story.Told() is WritebackStory whole)
        {
            complete.Add(whole);
        }
    }

    private static void Join(OpenStory story, OpenStory engine)
    {
        if (story.Beside.Count < BesideLimit && !story.Beside.Contains(engine.First))
        {
            story.Beside.Add(engine.First);
            engine.IsClaimed = true;
        }
    }

    private static (string Server, long Span) Key(WritebackEventRecord found, int offset) =>
        (found.Server.ToUpperInvariant(), (found.Time.UtcTicks / Nearness) + offset);

    private static void Near(Dictionary<(string, long), List<Place>> places, WritebackEventRecord found, Action<Place> take)
    {
        for (int offset = -1; offset <= 1; offset++)
        {
            if (!places.TryGetValue(Key(found, offset), out List<Place>? near))
            {
                continue;
            }

            foreach (Place place in near.Where(place => Math.Abs(place.Ticks - found.Time.UtcTicks) <= Nearness))
            {
                take(place);
            }
        }
    }

    private static void Keep(Dictionary<(string, long), List<Place>> places, OpenStory story, WritebackEventRecord found)
    {
        if (story.Places.Count >= PlaceLimit)
        {
            return;
        }

        (string, long) key = Key(found, 0);
        if (!places.TryGetValue(key, out List<Place>? list))
        {
            places[key] = list = new List<Place>(1);
        }

        if (list.Count < DefaultLimit)
        {
            list.Add(new Place(story, found.Time.UtcTicks));
            story.Places.Add((places, key));
        }
    }

    private void Touch(OpenStory story)
    {
        if (story.Node is not null)
        {
            byTouch.Remove(story.Node);
        }

        story.Node = byTouch.AddLast(story);
    }

    private void Close(OpenStory story, List<WritebackStory> complete)
    {
        byTouch.Remove(story.Node!);
        text -= story.TextLength;
        if (story.TrackingId is Guid id)
        {
            open.Remove(id);
            told.Add(SeenKeys.Of(id));
        }

        foreach ((Dictionary<(string, long), List<Place>> places, (string, long) key) in story.Places)
        {
            if (places.TryGetValue(key, out List<Place>? list))
            {
                list.RemoveAll(place => place.Story == story);
                if (list.Count == 0)
                {
                    places.Remove(key);
                }
            }
        }

        // An event of the sync engine that stands beside a story is told there.
        if (!story.IsClaimed && story.Told() is WritebackStory whole)
        {
            complete.Add(whole);
        }
    }

    internal readonly record struct Place(OpenStory Story, long Ticks);
}
