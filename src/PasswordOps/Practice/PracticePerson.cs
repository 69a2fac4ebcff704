using System.Management.Automation;

namespace PasswordOps;

/// <summary>Somebody in a practice tenant whose situation is worth a rehearsal.</summary>
public sealed class PracticePerson
{
    /// <summary>User principal name.</summary>
    public required string UserPrincipalName { get; init; }

    /// <summary>Object id.</summary>
    public required string Id { get; init; }

    /// <summary>What is particular about them.</summary>
    public required string About { get; init; }

    /// <summary>The view.</summary>
    [Hidden]
    public string Card => PasswordOps.Card.Row(About, (UserPrincipalName, 28));

    /// <inheritdoc/>
    public override string ToString() => UserPrincipalName;
}
