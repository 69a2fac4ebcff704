namespace PasswordOps.Core.Writeback.Servers;

/// <summary>Evidence of a sync server, with the export of events beside it.</summary>
/// <param name="Server">What was collected.</param>
/// <param name="Events">File with the events; null when there is none.</param>
public sealed record ServerEvidence(SyncServer Server, string? Events);
