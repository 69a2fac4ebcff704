namespace PasswordOps.Core.Contacts;

/// <summary>The plan for one field of one user. Values are masked, unless the caller asked to see them.</summary>
public sealed record ContactChange
{
    /// <summary>Which field.</summary>
    public required ContactField Field { get; init; }

    /// <summary>What will be done.</summary>
    public required ChangeAction Action { get; init; }

    /// <summary>Present value, masked; empty when there is none.</summary>
    public string Current { get; init; } = string.Empty;

    /// <summary>New value, masked; empty when the field is cleared.</summary>
    public string New { get; init; } = string.Empty;

    /// <summary>Why it is blocked, or what to know about it; null when there is nothing to say.</summary>
    public string? Note { get; init; }

    /// <summary>Error id of a blocked field; null otherwise.</summary>
    public string? Rule { get; init; }

    /// <summary>The write, values and all; null where nothing is sent.</summary>
    internal ContactWrite? Write { get; init; }

    /// <summary>The value before the write, in the service's form, for the way back; null when there is none.</summary>
    internal string? Before { get; init; }

    /// <summary>Field and action.</summary>
    /// <returns>For example <c>Mobile Set</c>.</returns>
    public override string ToString() => $"{Field} {Action}";
}
