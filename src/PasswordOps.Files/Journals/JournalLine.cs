using System;
using System.Collections.Generic;
using System.Text.Json;
using PasswordOps.Core;
using PasswordOps.Core.Bulk;

namespace PasswordOps.Files.Journals;

/// <summary>One line of a journal, taken apart.</summary>
internal sealed class JournalLine
{
    private readonly List<JournalChange> changes = new();
    private int? row;
    private int? number;
    private string? kind;
    private DateTimeOffset? at;
    private string? user;
    private string? userId;
    private string? field;
    private string? outcome;
    private string? errorId;
    private string? reason;
    private string? requestId;
    private string? by;
    private string? name;
    private string? account;
    private byte[]? key;
    private byte[]? values;
    private int bodyLength;

    private JournalLine()
    {
    }

    /// <summary>The head, from the first line.</summary>
    /// <exception cref="FormatException">It has another form.</exception>
    /// <exception cref="JsonException">It has another form.</exception>
    /// <exception cref="InvalidOperationException">It has another form.</exception>
    public static JournalHead Head(ReadOnlySpan<byte> line)
    {
        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        Dictionary<string, string> options = new(StringComparer.Ordinal);
        int version = 0;
        Utf8JsonReader json = new(line);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string property = json.GetString()!;
            json.Read();
            if (property == "journal")
            {
                version = json.GetInt32();
            }
            else if (property == "options" && json.TokenType == JsonTokenType.StartObject)
            {
                while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                {
                    string option = json.GetString()!;
                    json.Read();
                    options[option] = json.GetString()!;
                }
            }
            else if (json.TokenType == JsonTokenType.String)
            {
                texts[property] = json.GetString()!;
            }
            else
            {
                json.Skip();
            }
        }

        return new JournalHead
        {
            Version = version,
            RunId = Guid.Parse(Text("run")),
            Operation = Text("operation"),
            TenantId = Text("tenant"),
            Account = Text("account"),
            Source = Text("source"),
            SourceDigest = Text("digest"),
            Options = options,
            Started = DateTimeOffset.Parse(Text("started"), System.Globalization.CultureInfo.InvariantCulture),
            ModuleVersion = Text("module"),
        };

        string Text(string property) =>
            texts.TryGetValue(property, out string? text) ? text : throw new FormatException(Core.Text.Of($"it has no {property}"));
    }

    /// <summary>Takes a line after the first apart.</summary>
    /// <param name="line">With its check.</param>
    /// <exception cref="FormatException">It has another form.</exception>
    /// <exception cref="JsonException">It has another form.</exception>
    /// <exception cref="InvalidOperationException">It has another form.</exception>
    public static JournalLine Read(ReadOnlySpan<byte> line)
    {
        JournalLine read = new();
        Utf8JsonReader json = new(line);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            // The names have one letter; what another version of the module added is passed over.
            byte property = json.ValueSpan.Length == 1 ? json.ValueSpan[0] : (byte)0;
            int start = (int)json.TokenStartIndex;
            json.Read();
            switch ((char)property)
            {
                case 'k':
                    read.kind = json.GetString();
                    break;
                case 't':
                    read.at = json.GetDateTimeOffset();
                    break;
                case 'r':
                    read.row = json.GetInt32();
                    break;
                case 'n':
                    read.number = json.GetInt32();
                    break;
                case 'u':
                    read.user = json.GetString();
                    break;
                case 'i':
                    read.userId = json.GetString();
                    break;
                case 'f':
                    read.field = json.GetString();
                    break;
                case 'o':
                    read.outcome = json.GetString();
                    break;
                case 'e':
                    read.errorId = json.GetString();
                    break;
                case 'w':
                    read.reason = json.GetString();
                    break;
                case 'q':
                    read.requestId = json.GetString();
                    break;
                case 'b':
                    read.by = json.GetString();
                    break;
                case 'd':
                    read.name = json.GetString();
                    break;
                case 'h':
                    read.account = json.GetString();
                    break;
                case 'y':
                    read.key = json.GetBytesFromBase64();
                    break;
                case 'g':
                    read.ReadChanges(ref json);
                    break;
                case 'v':
                    read.values = json.GetBytesFromBase64();
                    read.bodyLength = start - 1;
                    if (json.BytesConsumed != line.Length - LineReader.CheckLength)
                    {
                        throw new FormatException(Core.Text.Of($"its values are not at its end"));
                    }

                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return read;
    }

    /// <summary>The key, where the line begins a segment; otherwise null.</summary>
    public WrappedKey? Key() => kind != "key"
        ? null
        : Need(by, "b") is WrappedKey.Certificate or WrappedKey.DataProtection or WrappedKey.KeyFile
            ? new WrappedKey(by!, Need(name, "d"), account, Need(key, "y"))
            : throw new FormatException(Core.Text.Of($"its protection is not known"));

    /// <summary>The entry.</summary>
    /// <param name="line">The line that this was read from.</param>
    /// <param name="segment">Gives what decrypts values; null to leave them out.</param>
    public JournalEntry Entry(ReadOnlySpan<byte> line, Func<SealedValues>? segment)
    {
        Decrypt(line, segment);
        DateTimeOffset written = at ?? throw Missing("t");
        return Need(kind, "k") switch
        {
            "begun" => new JournalBegun { At = written, ProcessId = Need(number, "n") },
            "planned" => new JournalPlanned
            {
                At = written,
                Row = Need(row, "r"),
                User = Need(user, "u"),
                UserId = userId,
                Changes = changes.Count == 0 ? Array.Empty<JournalChange>() : changes,
                ErrorId = errorId,
                Reason = reason,
            },
            "planend" => new JournalPlanEnd { At = written, Rows = Need(number, "n") },
            "sending" => new JournalSending
            {
                At = written,
                Row = Need(row, "r"),
                User = Need(user, "u"),
                UserId = Need(userId, "i"),
                Change = changes.Count == 1 ? changes[0] : throw Missing("g"),
            },
            "outcome" => new JournalOutcome
            {
                At = written,
                Row = Need(row, "r"),
                Field = Need(field, "f"),
                Kind = Outcome(),
                ErrorId = errorId,
                RequestId = requestId,
                Attempts = Need(number, "n"),
            },
            "end" => new JournalEnd { At = written },
            _ => throw new FormatException(Core.Text.Of($"its kind is not known")),
        };
    }

    private static FormatException Missing(string property) => new(Text.Of($"its '{property}' is missing or wrong"));

    private static T Need<T>(T? value, string property)
        where T : class => value ?? throw Missing(property);

    private static int Need(int? value, string property) => value ?? throw Missing(property);

    private JournalOutcomeKind Outcome() => outcome switch
    {
        nameof(JournalOutcomeKind.Written) => JournalOutcomeKind.Written,
        nameof(JournalOutcomeKind.Found) => JournalOutcomeKind.Found,
        nameof(JournalOutcomeKind.Refused) => JournalOutcomeKind.Refused,
        nameof(JournalOutcomeKind.NotSent) => JournalOutcomeKind.NotSent,
        nameof(JournalOutcomeKind.Unknown) => JournalOutcomeKind.Unknown,
        _ => throw Missing("o"),
    };

    private void ReadChanges(ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.StartArray)
        {
            json.Read();
            string changed = json.GetString() ?? throw Missing("g");
            json.Read();
            string action = json.GetString() ?? throw Missing("g");
            json.Read();
            changes.Add(new JournalChange(changed, action, null, null) { HasValues = false });
        }
    }

    private void Decrypt(ReadOnlySpan<byte> line, Func<SealedValues>? segment)
    {
        if (segment is null || values is null)
        {
            return;
        }

        string?[] opened = segment().Open(values, line.Slice(0, bodyLength), changes.Count)
            ?? throw new FormatException(Core.Text.Of($"its values were changed, or belong to another line"));
        for (int i = 0; i < changes.Count; i++)
        {
            changes[i] = new JournalChange(changes[i].Field, changes[i].Action, opened[2 * i], opened[(2 * i) + 1]);
        }
    }
}
