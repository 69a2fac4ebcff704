namespace PasswordOps.Core.Writeback.Rights;

/// <summary>Types of entries that decide about access. All others are stepped over.</summary>
internal enum AceType : byte
{
    Allow = 0x00,
    Deny = 0x01,
    AllowObject = 0x05,
    DenyObject = 0x06,
    AllowConditional = 0x09,
    DenyConditional = 0x0A,
    AllowObjectConditional = 0x0B,
    DenyObjectConditional = 0x0C,
}
