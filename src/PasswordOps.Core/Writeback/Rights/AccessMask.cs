namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Bits of an access mask, as objects of Active Directory use them.</summary>
internal static class AccessMask
{
    public const uint CreateChild = 0x1;
    public const uint DeleteChild = 0x2;
    public const uint List = 0x4;
    public const uint ValidatedWrite = 0x8;
    public const uint ReadProperty = 0x10;
    public const uint WriteProperty = 0x20;
    public const uint DeleteTree = 0x40;
    public const uint ListObject = 0x80;
    public const uint ControlAccess = 0x100;
    public const uint Delete = 0x1_0000;
    public const uint ReadControl = 0x2_0000;
    public const uint WriteDacl = 0x4_0000;
    public const uint WriteOwner = 0x8_0000;
    public const uint GenericAll = 0x1000_0000;
    public const uint GenericExecute = 0x2000_0000;
    public const uint GenericWrite = 0x4000_0000;
    public const uint GenericRead = 0x8000_0000;

    private const uint Generic = GenericAll | GenericExecute | GenericWrite | GenericRead;

    /// <summary>
    /// The mask with its generic bits replaced by what they stand for on these objects. Generic write holds no control access: it never
    /// resets a password.
    /// </summary>
    public static uint Map(uint mask)
    {
        uint mapped = mask & ~Generic;
        mapped |= (mask & GenericRead) != 0 ? ReadControl | List | ReadProperty | ListObject : 0u;
        mapped |= (mask & GenericWrite) != 0 ? ReadControl | WriteProperty | ValidatedWrite : 0u;
        mapped |= (mask & GenericExecute) != 0 ? ReadControl | List : 0u;
        mapped |= (mask & GenericAll) != 0 ? 0x000F_01FFu : 0u;
        return mapped;
    }
}
