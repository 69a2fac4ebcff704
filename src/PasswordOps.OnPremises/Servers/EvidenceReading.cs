using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using PasswordOps.Core;
using PasswordOps.Core.Writeback.Servers;

namespace PasswordOps.OnPremises.Servers;

/// <summary>One evidence file while it is read. No part of it is trusted: types, lengths and control characters are looked at.</summary>
internal sealed class EvidenceReading
{
    private const int LongestText = 1_000;
    private const int MostEntries = 200;

    private readonly JsonElement root;
    private readonly JsonElement items;
    private readonly List<string> broken = new();

    public EvidenceReading(JsonElement root)
    {
        this.root = root;
        items = Member(root, "items");
    }

    /// <summary>The server; null when the file lacks what every evidence has.</summary>
    public SyncServer? Server()
    {
        if (items.ValueKind != JsonValueKind.Object || Whole(root, "schema") is not (int schema and > 0)
            || !DateTimeOffset.TryParse(
                Words(root, "collectedAt"), CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at))
        {
            return null;
        }

        SyncServer server = new()
        {
            Schema = schema,
            CollectedAt = at,
            Tool = Words(root, "tool") ?? "?",
            Computer = Words(root, "computer") ?? "?",
            IsRedacted = Truth(root, "redacted") ?? false,
            EngineFile = Item("engineFile", value => Words(value)),
            EngineConfiguration = Item("engineConfiguration", value => Words(value)),
            Windows = Item("windows", Windows),
            Framework = Item("framework", value => Number(Member(value, "release")) is long release
                ? new FrameworkRelease { Release = release }
                : null),
            Tls = Item("tls", Tls),
            Clock = Item("clock", Clock),
            Service = Item("service", Service),
            Scheduler = Item("scheduler", value => Shaped(value) is not JsonElement shaped ? null : new SyncScheduler
            {
                Staging = Truth(shaped, "staging"),
                CycleEnabled = Truth(shaped, "cycleEnabled"),
                Suspended = Truth(shaped, "suspended"),
            }),
            Writeback = Item("writeback", value => Truth(value, "enabled") is bool on ? new WritebackSetting { IsEnabled = on } : null),
            Connectors = Item<IReadOnlyList<DomainConnector>>("connectors", value => Entries(value, Connector)),
            RemoteSam = Item("remoteSam", RemoteSam),
            Impersonation = Item<IReadOnlyList<string>>("impersonation", value => Entries(value, entry => Words(entry))),
            Agent = Item("agent", value => Truth(value, "installed") is bool installed
                ? new ProvisioningAgent
                {
                    IsInstalled = installed,
                    Version = Words(value, "version"),
                    State = Words(value, "state"),
                    IsManagedAccount = Truth(value, "managedAccount"),
                }
                : null),
            Events = Item("events", value => Words(value, "file") is string file
                ? new EventExport { File = file, Days = Whole(value, "days") ?? 0 }
                : null),
        };
        return server with { Notes = Notes(schema) };
    }

    private static ServerSystem? Windows(JsonElement value) =>
        Words(value, "caption") is string caption && Whole(value, "build") is int build
            ? new ServerSystem { Caption = caption, Build = build, ProductType = Whole(value, "productType") ?? 0 }
            : null;

    private static TlsSettings? Tls(JsonElement value)
    {
        if (Shaped(value) is not JsonElement shaped)
        {
            return null;
        }

        // A value that is there and no number is neither on nor off.
        string[] names =
        {
            "systemDefault", "strongCrypto", "systemDefault32", "strongCrypto32", "clientEnabled", "clientDisabledByDefault",
            "serverEnabled", "serverDisabledByDefault",
        };
        if (names.Select(name => Member(shaped, name)).Any(
            member => member.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null) && Number(member) is null))
        {
            return null;
        }

        return new TlsSettings
        {
            SystemDefault = Flag(shaped, "systemDefault"),
            StrongCrypto = Flag(shaped, "strongCrypto"),
            SystemDefault32 = Flag(shaped, "systemDefault32"),
            StrongCrypto32 = Flag(shaped, "strongCrypto32"),
            ClientEnabled = Flag(shaped, "clientEnabled"),
            ClientDisabledByDefault = Flag(shaped, "clientDisabledByDefault"),
            ServerEnabled = Flag(shaped, "serverEnabled"),
            ServerDisabledByDefault = Flag(shaped, "serverDisabledByDefault"),
        };
    }

    private static ServerClock? Clock(JsonElement value)
    {
        const double mostSeconds = 100d * 365 * 24 * 3600;
        return Words(value, "reference") is string reference && Member(value, "offsetSeconds") is { ValueKind: JsonValueKind.Number } offset
            && offset.TryGetDouble(out double seconds) && Math.Abs(seconds) <= mostSeconds
            ? new ServerClock { Reference = reference, Offset = TimeSpan.FromSeconds(seconds) }
            : null;
    }

    private static ServiceState? Service(JsonElement value) => Words(value, "state") is string state
        ? new ServiceState { State = state, StartMode = Words(value, "startMode"), Processes = Whole(value, "processes") }
        : null;

    private static DomainConnector? Connector(JsonElement value) => Words(value, "forest") is string forest
        ? new DomainConnector
        {
            Forest = forest,
            AccountDomain = Words(value, "accountDomain"),
            Account = Words(value, "account"),
            AccountSid = Words(value, "accountSid"),
            SignAndSeal = Truth(value, "signAndSeal"),
        }
        : null;

    // "Not set" must be said, or a text of another shape would look like no restriction.
    private static RemoteSamSetting? RemoteSam(JsonElement value) => Member(value, "descriptor") switch
    {
        { ValueKind: JsonValueKind.Null } => new RemoteSamSetting(),
        { ValueKind: JsonValueKind.String } text when Words(text) is string descriptor => new RemoteSamSetting { Descriptor = descriptor },
        _ => null,
    };

    private static JsonElement? Shaped(JsonElement value) => value.ValueKind == JsonValueKind.Object ? value : null;

    // A list of which one entry cannot be understood is not known: half of it could hide what matters.
    private static T[]? Entries<T>(JsonElement value, Func<JsonElement, T?> read)
        where T : class
    {
        // ConvertTo-Json of Windows PowerShell can make a single entry of a list of one.
        T?[] all = value.ValueKind switch
        {
            JsonValueKind.Array when value.GetArrayLength() <= MostEntries => value.EnumerateArray().Select(read).ToArray(),
            JsonValueKind.Object or JsonValueKind.String => new[] { read(value) },
            _ => new T?[] { null },
        };
        return Array.IndexOf(all, null) >= 0 ? null : all.OfType<T>().ToArray();
    }

    private static int? Flag(JsonElement value, string name) => Number(Member(value, name)) is long number ? number == 0 ? 0 : 1 : null;

    private static int? Whole(JsonElement value, string name) =>
        Number(Member(value, name)) is long number && number is >= int.MinValue and <= int.MaxValue ? (int)number : null;

    private static long? Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : null;

    private static bool? Truth(JsonElement value, string name) => Member(value, name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static string? Words(JsonElement value, string name) => Words(Member(value, name));

    // Escape sequences in a name would reach the terminal.
    private static string? Words(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return null;
        }

        string clean = new(text.Take(LongestText).Select(letter => char.IsControl(letter) ? ' ' : letter).ToArray());
        return clean.Trim() is { Length: > 0 } trimmed ? trimmed : null;
    }

    private static JsonElement Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement member) ? member : default;

    private Collected<T> Item<T>(string name, Func<JsonElement, T?> read)
        where T : class
    {
        JsonElement item = Member(items, name);
        string how = Words(item, "how") ?? string.Empty;
        if (item.ValueKind == JsonValueKind.Undefined)
        {
            return Collected<T>.Failed(Text.Of($"the evidence does not hold it."), how);
        }

        if (Words(item, "error") is string error)
        {
            return Collected<T>.Failed(error, how);
        }

        if (read(Member(item, "value")) is T value)
        {
            return Collected<T>.Of(value, how);
        }

        broken.Add(name);
        return Collected<T>.Failed(Text.Of($"the evidence holds something else in its place."), how);
    }

    private string[] Notes(int schema)
    {
        List<string> notes = new();
        if (schema > SyncServer.KnownSchema)
        {
            notes.Add(Text.Of(
                $"The evidence has format {schema} of a newer collector; this version reads format {SyncServer.KnownSchema}, "
                + $"and what is new was left out."));
        }

        if (broken.Count > 0)
        {
            notes.Add(Text.Of($"The evidence is damaged in {string.Join(", ", broken)}: somebody may have edited it."));
        }

        return notes.ToArray();
    }
}
