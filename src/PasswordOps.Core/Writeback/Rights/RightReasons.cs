using System.Linq;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Answers about rights in words.</summary>
internal static class RightReasons
{
    /// <summary>The right as administrators know it; never translated.</summary>
    public static string Name(DirectoryRight right) => right switch
    {
        DirectoryRight.ResetPassword => "Reset Password",
        DirectoryRight.WriteLockoutTime => "Write lockoutTime",
        DirectoryRight.WritePasswordLastSet => "Write pwdLastSet",
        DirectoryRight.UnexpirePassword => "Unexpire Password",
        _ => "Change Password",
    };

    /// <summary>Whom an entry is for, and how the account comes to be that.</summary>
    public static string? Trustee(SecurityId? sid, Identities who)
    {
        if (sid is null)
        {
            return null;
        }

        TokenPart? part = who.Find(sid);
        string name = part?.ToString() ?? (WellKnown.Name(sid) is string known ? $"{known} ({sid})" : sid.ToString());
        return part switch
        {
            { Through: SecurityId through } when !through.Equals(sid) =>
                Text.Of($"{name}, of which {who.Find(through)?.Name ?? WellKnown.Name(through) ?? through.ToString()} is a member"),
            { Origin: TokenOrigin.History } => Text.Of($"{name}, from sIDHistory"),
            { Origin: TokenOrigin.PrimaryGroup } => Text.Of($"{name}, the primary group"),
            _ => name,
        };
    }

    public static string Of(RightVerdict verdict, Identities who, string objectClass)
    {
        string right = Name(verdict.Right);
        string trustee = Trustee(verdict.Trustee, who) ?? string.Empty;
        int entry = (verdict.EntryIndex ?? 0) + 1;
        return verdict.Cause switch
        {
            RightCause.Allowed => Text.Of($"Entry {entry} of the list grants {right} to {trustee}."),
            RightCause.Denied => Text.Of($"Entry {entry} of the list denies {right} to {trustee}, and comes before any that grants it."),
            RightCause.NoEntry => Text.Of($"No entry of the list grants {right} to the account or a group of it."),
            RightCause.OtherObjects => Text.Of($"Entries for {right} are there, but none counts on this object: they are for other "
                + $"classes than {objectClass}, or for objects below only."),
            RightCause.EmptyList => Text.Of($"The list is empty: nobody has any right."),
            RightCause.NoList => Text.Of($"There is no list at all: by the rule everybody has every right."),
            RightCause.NotReadable => Text.Of($"The descriptor may not be read."),
            RightCause.Malformed => Text.Of($"The descriptor is malformed."),
            RightCause.Condition => Text.Of($"Entry {entry} ({trustee}) has a condition that only the domain controller can judge."),
            RightCause.EmptyObjectType => Text.Of($"Entry {entry} ({trustee}) has the empty GUID as object type; tools show it as 'all', "
                + $"and by the rule it covers nothing."),
            RightCause.ClassObjectType => Text.Of($"Entry {entry} ({trustee}) gives control access by class; the rule does not say what "
                + $"that covers."),
            RightCause.UnknownGroups => Text.Of($"It depends on whether the account is {trustee} (entry {entry}), and not all of its "
                + $"groups could be read."),
            RightCause.UnknownIdentity => Text.Of($"It depends on the object's own SID or owner (entry {entry}), which could not be read."),
            _ when verdict.Entry is null =>
                Text.Of($"What a new {objectClass} gets by its class could not be read from the schema."),
            _ => Text.Of($"Entry {entry} ({trustee}) names an object type that only the schema explains, which could not be read."),
        };
    }

    public static string OfObstacle(UserObstacle obstacle, JudgedDescriptor judged, Identities who, string objectClass)
    {
        string? missing = judged.Missing is RightVerdict verdict ? Of(verdict, who, objectClass) : null;
        return obstacle switch
        {
            UserObstacle.Protected =>
                Text.Of($"Protected account (adminCount 1): its list is a copy of AdminSDHolder's and inherits nothing. By design."),
            UserObstacle.InheritanceBlocked => Text.Of($"The user inherits nothing from above. {missing}"),
            UserObstacle.NotReadable => Text.Of($"The descriptor may not be read: the caller has no Read Permissions there."),
            UserObstacle.Malformed => Text.Of($"The descriptor is malformed: {judged.Fault}."),
            _ => missing ?? string.Empty,
        };
    }

    public static string? Fix(UserObstacle obstacle) => obstacle switch
    {
        UserObstacle.None or UserObstacle.Protected => null,
        UserObstacle.InheritanceBlocked =>
            Text.Of($"Enable inheritance on the users (Security, Advanced), or grant the rights on them directly."),
        UserObstacle.Denied => Text.Of($"Remove the entry that denies, or take the account out of the group that it is for."),
        UserObstacle.OtherClass => Text.Of($"Grant the rights for this class too: Grant-WritebackPermission -InetOrgPerson."),
        UserObstacle.NoEntry => Text.Of($"Grant the rights on the domain or on the container of these users: Grant-WritebackPermission."),
        UserObstacle.NotReadable => Text.Of($"Run this as an account that has Read Permissions on these users, or grant it that."),
        UserObstacle.Malformed => Text.Of($"Open the Security page of these users and save it, which writes the descriptor again."),
        _ => Text.Of($"Read the reason: replace the entry that it names by a plain one, or let the caller read what is missing."),
    };
}
