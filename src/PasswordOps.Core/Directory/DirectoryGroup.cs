namespace PasswordOps.Core.Directory;

/// <summary>A group of the directory.</summary>
/// <param name="Id">Object id.</param>
/// <param name="DisplayName">Name shown to people.</param>
/// <param name="IsMembershipHidden">True when only callers with a permission of its own see who is in it.</param>
public sealed record DirectoryGroup(string Id, string DisplayName, bool IsMembershipHidden);
