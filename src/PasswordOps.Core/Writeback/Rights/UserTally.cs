using System.Collections.Generic;
using System.Linq;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Counts users by what stands in their way, and names some of each.</summary>
internal sealed class UserTally
{
    private readonly int examples;
    private readonly Dictionary<UserObstacle, Group> groups = new();

    public UserTally(int examples)
    {
        this.examples = examples;
    }

    public int Users { get; private set; }

    public int Served { get; private set; }

    public IReadOnlyList<UserGroup> Groups => groups.OrderByDescending(group => group.Value.Count).Select(group => new UserGroup
    {
        Obstacle = group.Key,
        Count = group.Value.Count,
        Examples = group.Value.Examples,
        Reason = group.Value.Reason,
        Fix = RightReasons.Fix(group.Key),
    }).ToArray();

    public int Count(UserObstacle obstacle) => groups.TryGetValue(obstacle, out Group? group) ? group.Count : 0;

    public IReadOnlyList<string> Examples(UserObstacle obstacle) =>
        groups.TryGetValue(obstacle, out Group? group) ? group.Examples : System.Array.Empty<string>();

    public void Add(UserObstacle obstacle, string user, System.Func<string> reason)
    {
        Users++;
        if (obstacle == UserObstacle.None)
        {
            Served++;
            return;
        }

        if (!groups.TryGetValue(obstacle, out Group? group))
        {
            group = new Group(reason());
            groups.Add(obstacle, group);
        }

        group.Count++;
        if (group.Examples.Count < examples)
        {
            group.Examples.Add(user);
        }
    }

    private sealed class Group
    {
        public Group(string reason)
        {
            Reason = reason;
        }

        public string Reason { get; }

        public int Count { get; set; }

        public List<string> Examples { get; } = new();
    }
}
