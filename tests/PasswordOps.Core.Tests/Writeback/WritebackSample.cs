using System;
using PasswordOps.Core.Writeback;

namespace PasswordOps.Core.Tests.Writeback;

/// <summary>Events as a sync server writes them.</summary>
internal static class WritebackSample
{
    internal static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    internal static Guid Tracking(int number) => new(number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

    internal static WritebackEvent Event(
        int id, double seconds, int? tracking = null, string text = "", string server = "sync01.contoso.com", long? record = null) => new()
        {
            Provider = id < 10_000 ? "ADSync" : "PasswordResetService",
            Id = id,
            Time = Noon.AddSeconds(seconds),
            RecordId = record,
            Computer = server,
            Data = (tracking is int number ? $"TrackingId: {Tracking(number):D}, " : string.Empty) + text,
        };

    internal static WritebackEventRecord Record(
        int id, double seconds, int? tracking = null, string text = "", string server = "sync01.contoso.com", long? record = null) =>
        WritebackEventRecord.Of(Event(id, seconds, tracking, text, server, record), "events.xml");
}
