using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PasswordOps.Core.Bulk;

namespace PasswordOps.Files.Journals;

/// <summary>
/// Values before and after in the lines of one segment: encrypted together, and bound to the run and to everything that stands before them
/// on their line.
/// </summary>
internal sealed class SealedValues : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly byte[] Name = Encoding.ASCII.GetBytes(",\"v\":\"");

    private readonly ValueCipher cipher;
    private readonly byte[] run;

    public SealedValues(byte[] key, Guid run)
    {
        cipher = new ValueCipher(key);
        this.run = run.ToByteArray();
    }

    /// <summary>A line with the values of its changes behind it.</summary>
    /// <param name="body">The line, without closing brace.</param>
    /// <param name="changes">The changes that it names.</param>
    public byte[] Append(byte[] body, IReadOnlyList<JournalChange> changes)
    {
        using MemoryStream content = new();
        using (Utf8JsonWriter json = new(content, Options))
        {
            json.WriteStartArray();
            foreach (JournalChange change in changes)
            {
                json.WriteStringValue(change.Before);
                json.WriteStringValue(change.After);
            }

            json.WriteEndArray();
        }

        string values = Convert.ToBase64String(cipher.Encrypt(content.ToArray(), BelongsTo(body)));
        byte[] line = new byte[body.Length + Name.Length + values.Length + 1];
        Buffer.BlockCopy(body, 0, line, 0, body.Length);
        Buffer.BlockCopy(Name, 0, line, body.Length, Name.Length);
        Encoding.ASCII.GetBytes(values, 0, values.Length, line, body.Length + Name.Length);
        line[line.Length - 1] = (byte)'"';
        return line;
    }

    /// <summary>Decrypts the values of a line.</summary>
    /// <param name="encrypted">As they stand there.</param>
    /// <param name="body">What stands before them.</param>
    /// <param name="changes">How many changes they belong to.</param>
    /// <returns>Before and after of each change in turn; null when line or values are not what was written.</returns>
    public string?[]? Open(byte[] encrypted, ReadOnlySpan<byte> body, int changes)
    {
        byte[]? content = cipher.Decrypt(encrypted, BelongsTo(body));
        if (content is null)
        {
            return null;
        }

        string?[] values = new string?[2 * changes];
        Utf8JsonReader json = new(content);
        json.Read();
        for (int i = 0; i < values.Length; i++)
        {
            json.Read();
            values[i] = json.GetString();
        }

        return values;
    }

    public void Dispose() => cipher.Dispose();

    private byte[] BelongsTo(ReadOnlySpan<byte> body)
    {
        byte[] all = new byte[run.Length + body.Length];
        run.AsSpan().CopyTo(all);
        body.CopyTo(all.AsSpan(run.Length));
        return all;
    }
}
