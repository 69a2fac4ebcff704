using System;

namespace PasswordOps.Core.Writeback.Servers;

/// <summary>A sync server, and the moment for which it is judged.</summary>
internal sealed record ServerFacts(SyncServer Server, DateTimeOffset Now);
