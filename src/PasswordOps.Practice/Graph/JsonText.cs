using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace PasswordOps.Practice.Graph;

/// <summary>Writes values in the forms that Graph uses.</summary>
internal static class JsonText
{
    /// <summary>Time of a directory object: to the second. The writer's own form, since a page holds thousands of them.</summary>
    private static DateTime Directory(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);

    /// <summary>Time in a report, in the audit log and of an operation.</summary>
    internal static string Precise(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    internal static void Write(this Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } value)
            writer.WriteString(name, Directory(value));
        else
            writer.WriteNull(name);
    }

    internal static void Write(this Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is { } known)
            writer.WriteBoolean(name, known);
        else
            writer.WriteNull(name);
    }

    internal static void Write(this Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    internal static void WriteEmptyArray(this Utf8JsonWriter writer, string name)
    {
        writer.WriteStartArray(name);
        writer.WriteEndArray();
    }

    /// <summary>A value of whatever kind a property holds.</summary>
    internal static void WriteAny(this Utf8JsonWriter writer, string name, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNull(name);
                break;
            case string text:
                writer.WriteString(name, text);
                break;
            case bool flag:
                writer.WriteBoolean(name, flag);
                break;
            case int number:
                writer.WriteNumber(name, number);
                break;
            case Guid id:
                writer.WriteString(name, id);
                break;
            case DateTimeOffset time:
                writer.WriteString(name, Directory(time));
                break;
            case IEnumerable<string> texts:
                writer.Write(name, texts);
                break;
            case Action<Utf8JsonWriter> write:
                writer.WritePropertyName(name);
                write(writer);
                break;
            default:
                throw new InvalidOperationException($"No JSON form for {value.GetType()}.");
        }
    }
}
