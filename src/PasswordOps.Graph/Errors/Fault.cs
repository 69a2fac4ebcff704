using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace PasswordOps.Graph.Errors;

/// <summary>The error that a body of Microsoft Graph tells of. Empty for a body that tells of none, JSON or not.</summary>
internal sealed class Fault
{
    private const int Deepest = 8;

    private readonly List<string> codes = new();

    private Fault()
    {
    }

    /// <summary>All codes, outermost first, those of inner errors and details too.</summary>
    public IReadOnlyList<string> Codes => codes;

    /// <summary>The service's text. It may repeat what was sent, so it is shown for reads only.</summary>
    public string? Text { get; private set; }

    public string? RequestId { get; private set; }

    public DateTimeOffset? Time { get; private set; }

    public static Fault Read(ReadOnlyMemory<byte> body)
    {
        Fault fault = new();
        if (body.IsEmpty)
        {
            return fault;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error", out JsonElement error))
            {
                fault.Take(error, 0);
            }
        }
        catch (JsonException)
        {
            // A gateway answers in HTML or not at all; the status is then all there is.
        }

        return fault;
    }

    /// <summary>The code of the sign-in service, which stands at the beginning of its texts and nowhere else; null without one.</summary>
    private static string? SignInCode(string text)
    {
        const string Begin = "AADSTS";
        if (!text.StartsWith(Begin, StringComparison.Ordinal))
        {
            return null;
        }

        int end = Begin.Length;
        while (end < text.Length && text[end] is >= '0' and <= '9')
        {
            end++;
        }

        return end == Begin.Length ? null : text.Substring(0, end);
    }

    private void Take(JsonElement error, int depth)
    {
        if (error.ValueKind != JsonValueKind.Object || depth > Deepest)
        {
            return;
        }

        foreach (JsonProperty member in error.EnumerateObject())
        {
            string? text = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null;
            switch (member.Name.ToLowerInvariant())
            {
                case "code" when !string.IsNullOrEmpty(text):
                    codes.Add(text!);
                    break;
                case "message" when !string.IsNullOrEmpty(text):
                    Text ??= text;
                    if (SignInCode(text!) is string number)
                    {
                        codes.Add(number);
                    }

                    break;
                case "request-id" when text is not null:
                    RequestId ??= text;
                    break;
                case "date" when text is not null:
                    // Without a zone; the service means UTC.
                    if (DateTimeOffset.TryParse(
                        text,
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                        out DateTimeOffset time))
                    {
                        Time ??= time;
                    }

                    break;
                case "innererror":
                    Take(member.Value, depth + 1);
                    break;
                case "details" when member.Value.ValueKind == JsonValueKind.Array:
                    foreach (JsonElement detail in member.Value.EnumerateArray())
                    {
                        Take(detail, depth + 1);
                    }

                    break;
            }
        }
    }
}
