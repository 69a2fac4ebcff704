namespace PasswordOps.Core.Access;

/// <summary>What sort of account acts; it decides what a role over part of the tenant needs beside itself.</summary>
public enum ActorKind
{
    /// <summary>A person of the tenant.</summary>
    Member,

    /// <summary>A guest: may not read the directory by itself.</summary>
    Guest,

    /// <summary>An application by itself, with the roles of its service principal.</summary>
    Application,
}
