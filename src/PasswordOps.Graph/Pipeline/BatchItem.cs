using System;
using System.Collections.Generic;
using System.Text.Json;

namespace PasswordOps.Graph.Pipeline;

/// <summary>One answer inside the answer to a batch.</summary>
internal sealed class BatchItem
{
    private readonly Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);

    private BatchItem()
    {
    }

    public int Status { get; private set; }

    /// <summary>JSON as it came; empty when there was none.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>True when it has a status, and a success does not come with a mere text: so a batch carries what is no JSON.</summary>
    public bool IsReadable => Status is >= 100 and < 600 && !(Status < 300 && !Body.IsEmpty && Body.Span[0] == (byte)'"');

    public string? Header(string name) => headers.TryGetValue(name, out string? value) ? value : null;

    /// <summary>Reads all items by their ids; they come in any order.</summary>
    /// <returns>False when the body is no answer to a batch.</returns>
    public static bool TryReadAll(ReadOnlyMemory<byte> body, IDictionary<string, BatchItem> items)
    {
        try
        {
            Utf8JsonReader reader = new(body.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            bool found = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isResponses = reader.ValueTextEquals("responses");
                reader.Read();
                if (!isResponses || reader.TokenType != JsonTokenType.StartArray)
                {
                    reader.Skip();
                    continue;
                }

                found = true;
                while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                {
                    ReadItem(ref reader, body, items);
                }
            }

            return found;
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // A member of another type than it should be.
            return false;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static void ReadItem(ref Utf8JsonReader reader, ReadOnlyMemory<byte> whole, IDictionary<string, BatchItem> items)
    {
        BatchItem item = new();
        string? id = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "id":
                    id = reader.GetString();
                    break;
                case "status":
                    item.Status = reader.GetInt32();
                    break;
                case "headers" when reader.TokenType == JsonTokenType.StartObject:
                    item.ReadHeaders(ref reader);
                    break;
                case "body" when reader.TokenType != JsonTokenType.Null:
                    int start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    item.Body = whole.Slice(start, (int)reader.BytesConsumed - start);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (id is not null)
        {
            items[id] = item;
        }
    }

    private void ReadHeaders(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
            {
                headers[name] = reader.GetString()!;
            }
            else if (reader.TokenType == JsonTokenType.Number)
            {
                headers[name] = reader.GetDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
