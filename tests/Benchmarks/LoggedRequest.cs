using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PasswordOps.Benchmarks;

/// <summary>One line of the practice tenant's request log: a request by itself, a batch, or an item of one.</summary>
internal sealed partial record LoggedRequest
{
    internal required DateTimeOffset Time { get; init; }

    internal required string Method { get; init; }

    internal required string Path { get; init; }

    /// <summary>What the caller saw.</summary>
    internal required int Status { get; init; }

    /// <summary>What the tenant itself came to, whatever the caller saw of it.</summary>
    internal required int Made { get; init; }

    /// <summary>Keyed hash of the first value that was written; null for others.</summary>
    internal string? Value { get; init; }

    internal bool IsBatch => Path.EndsWith("/$batch", StringComparison.Ordinal);

    /// <summary>A write of an authentication method.</summary>
    internal bool IsWrite => Method is "POST" or "PATCH" or "DELETE" && Path.Contains("/authentication/", StringComparison.Ordinal);

    /// <summary>True when the tenant did it.</summary>
    internal bool IsDone => Made is >= 200 and < 300;

    /// <summary>The user whom it is about.</summary>
    internal string User => Target().Match(Path).Groups[1].Value;

    /// <summary>Reads a log.</summary>
    /// <param name="file">File.</param>
    /// <param name="after">Lines to pass over.</param>
    /// <returns>Its lines, batches left out: their items stand for them.</returns>
    internal static List<LoggedRequest> Read(string file, long after = 0)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(stream);
        List<LoggedRequest> read = new();
        for (long number = 0; reader.ReadLine() is string line; number++)
        {
            if (number >= after && line.EndsWith('}') && Of(line) is { IsBatch: false } request
                && request.Path.StartsWith("/v1.0/", StringComparison.Ordinal))
            {
                read.Add(request);
            }
        }

        return read;
    }

    /// <summary>How many lines a log has.</summary>
    internal static long Count(string file)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(stream);
        long count = 0;
        while (reader.ReadLine() is not null)
        {
            count++;
        }

        return count;
    }

    private static LoggedRequest Of(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement entry = document.RootElement;
        int status = entry.GetProperty("status").GetInt32();
        return new LoggedRequest
        {
            Time = entry.GetProperty("time").GetDateTimeOffset(),
            Method = entry.GetProperty("method").GetString()!,
            Path = entry.GetProperty("path").GetString()!,
            Status = status,
            Made = entry.TryGetProperty("madeStatus", out JsonElement made) ? made.GetInt32() : status,
            Value = entry.TryGetProperty("values", out JsonElement values) ? First(values) : null,
        };
    }

    private static string? First(JsonElement values) => values.ValueKind switch
    {
        JsonValueKind.String => values.GetString(),
        JsonValueKind.Array => values.EnumerateArray().Select(First).FirstOrDefault(),
        JsonValueKind.Object => values.EnumerateObject().Select(value => First(value.Value)).FirstOrDefault(),
        _ => null,
    };

    [GeneratedRegex("/users/([^/?]+)")]
    private static partial Regex Target();
}
