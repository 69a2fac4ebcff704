using System;
using PasswordOps.Core.Directory;

namespace PasswordOps.Core.Writeback.Chain;

/// <summary>A user in the cloud and in Active Directory; null for the side that was not asked.</summary>
internal sealed record WrittenUser(Reading<DirectoryUser>? Cloud, Reading<ActiveDirectoryAccount>? Account, DateTimeOffset Now);
