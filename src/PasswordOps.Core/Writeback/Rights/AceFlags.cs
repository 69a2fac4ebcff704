using System;

namespace PasswordOps.Core.Writeback.Rights;

/// <summary>How an entry is passed on.</summary>
[Flags]
internal enum AceFlags : byte
{
    None = 0,
    ObjectInherit = 0x01,
    ContainerInherit = 0x02,
    NoPropagate = 0x04,
    InheritOnly = 0x08,
    Inherited = 0x10,
}
