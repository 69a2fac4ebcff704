using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Management.Automation;
using PasswordOps.Core;
using PasswordOps.Core.Writeback.Rights;

namespace PasswordOps;

/// <summary>Whether writeback can serve a user, as far as rights go, with its words in the view.</summary>
public sealed record WritebackUserRights : UserRights
{
    private readonly CultureInfo language = Text.Language;

    [SetsRequiredMembers]
    internal WritebackUserRights(UserRights original)
        : base(original)
    {
    }

    /// <summary>Writeback can serve the user.</summary>
    public bool CanBeServed => Obstacle == UserObstacle.None;

    /// <summary>The view: the answer, the user, and why not.</summary>
    [Hidden]
    public string Card => Text.In(language, () => PasswordOps.Card.Row(
        DistinguishedName + (Reason is null ? string.Empty : "\n" + Reason),
        (CanBeServed ? Paint.Good(Text.Of($"yes"))
            : Obstacle is UserObstacle.NotReadable or UserObstacle.Malformed or UserObstacle.Unknown ? Paint.Doubt(Obstacle.ToString())
            : Paint.Bad(Obstacle.ToString()), 18)));

    /// <inheritdoc/>
    public override string ToString() => base.ToString();
}
