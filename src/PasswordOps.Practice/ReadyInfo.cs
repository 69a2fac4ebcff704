using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PasswordOps.Practice;

/// <summary>An application that a rehearsal can sign in with.</summary>
internal sealed record ReadyApp
{
    public required string DisplayName { get; init; }

    public required Guid AppId { get; init; }

    public string? Secret { get; init; }

    public string? CertificateFile { get; init; }

    public string? CertificatePassword { get; init; }

    public bool PublicClient { get; init; }

    public string? About { get; init; }

    /// <summary>Application permissions; of a public client the delegated ones.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>Directory roles of its service principal, over the tenant.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    public override string ToString() => DisplayName;
}

/// <summary>A user worth practising with, and why.</summary>
internal sealed record ReadyPerson(string UserPrincipalName, Guid Id, string About);

/// <summary>What whoever started the tenant needs to know to use it.</summary>
internal sealed record ReadyInfo
{
    public required string Authority { get; init; }

    public required string Graph { get; init; }

    public required Guid TenantId { get; init; }

    public required string CaCertificateFile { get; init; }

    public required int ProcessId { get; init; }

    public required int Users { get; init; }

    public required IReadOnlyList<ReadyApp> Apps { get; init; }

    public required IReadOnlyList<ReadyPerson> People { get; init; }

    public override string ToString() => Authority;

    /// <summary>One line of JSON.</summary>
    internal string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("authority", Authority);
            writer.WriteString("graph", Graph);
            writer.WriteString("tenantId", TenantId);
            writer.WriteString("caCertificateFile", CaCertificateFile);
            writer.WriteNumber("processId", ProcessId);
            writer.WriteNumber("users", Users);
            writer.WriteStartArray("apps");
            foreach (ReadyApp app in Apps)
                Write(writer, app);
            writer.WriteEndArray();
            writer.WriteStartArray("people");
            foreach (ReadyPerson person in People)
            {
                writer.WriteStartObject();
                writer.WriteString("userPrincipalName", person.UserPrincipalName);
                writer.WriteString("id", person.Id);
                writer.WriteString("about", person.About);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, ReadyApp app)
    {
        writer.WriteStartObject();
        writer.WriteString("displayName", app.DisplayName);
        writer.WriteString("appId", app.AppId);
        Optional(writer, "secret", app.Secret);
        Optional(writer, "certificateFile", app.CertificateFile);
        Optional(writer, "certificatePassword", app.CertificatePassword);
        writer.WriteBoolean("publicClient", app.PublicClient);
        Optional(writer, "about", app.About);
        Texts(writer, "permissions", app.Permissions);
        Texts(writer, "roles", app.Roles);
        writer.WriteEndObject();
    }

    private static void Optional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }

    private static void Texts(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
