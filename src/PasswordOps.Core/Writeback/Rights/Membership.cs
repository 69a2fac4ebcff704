namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Whether something holds; the middle stands for "it may".</summary>
internal enum Membership
{
    No,
    Maybe,
    Yes,
}
