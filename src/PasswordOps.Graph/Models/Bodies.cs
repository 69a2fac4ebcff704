using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using PasswordOps.Core.Passwords;
using PasswordOps.Core.Reset;

namespace PasswordOps.Graph.Models;

/// <summary>What this adapter sends. Plain objects: the service refuses bodies with <c>@odata.type</c> on these routes.</summary>
internal static class Bodies
{
    internal const string PhoneNumber = "phoneNumber";
    internal const string PhoneType = "phoneType";
    internal const string EmailAddress = "emailAddress";
    internal const string MobilePhone = "mobilePhone";
    internal const string BusinessPhones = "businessPhones";
    internal const string OtherMails = "otherMails";
    internal const string PasswordProfile = "passwordProfile";
    internal const string PasswordName = "password";
    internal const string ForceChange = "forceChangePasswordNextSignIn";
    internal const string ForceChangeWithMfa = "forceChangePasswordNextSignInWithMfa";
    internal const string NewPassword = "newPassword";
    internal const string CurrentPassword = "currentPassword";

    /// <summary>Every name above with the service's types that have it.</summary>
    internal static IReadOnlyList<(string Model, string Name)> WrittenNames { get; } = new[]
    {
        ("PhoneAuthenticationMethod", PhoneNumber), ("PhoneAuthenticationMethod", PhoneType), ("EmailAuthenticationMethod", EmailAddress),
        ("User", MobilePhone), ("User", BusinessPhones), ("User", OtherMails), ("User", PasswordProfile), ("PasswordProfile", PasswordName),
        ("PasswordProfile", ForceChange), ("PasswordProfile", ForceChangeWithMfa), ("ResetPasswordPostRequestBody", NewPassword),
        ("PasswordResetResponse", NewPassword), ("ChangePasswordPostRequestBody", CurrentPassword),
        ("ChangePasswordPostRequestBody", NewPassword),
    };

    public static byte[] Phone(string number, string type) =>
        Written(writer =>
        {
            writer.WriteString(PhoneNumber, number);
            writer.WriteString(PhoneType, type);
        });

    public static byte[] Email(string address) => Written(writer => writer.WriteString(EmailAddress, address));

    /// <summary>One value of the profile; null clears it.</summary>
    public static byte[] Value(string name, string? value) => Written(writer => writer.WriteString(name, value));

    /// <summary>One list of the profile, which the service replaces as a whole.</summary>
    public static byte[] List(string name, IEnumerable<string> values) =>
        Written(writer =>
        {
            writer.WriteStartArray(name);
            foreach (string value in values)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        });

    /// <summary>A new password for PATCH. The flag is always said: left out, the service's own default would decide.</summary>
    public static SecretBuffer Password(Password password, ForceChange force)
    {
        SecretBuffer buffer = SecretBuffer.For(password.Characters.Length);
        using Utf8JsonWriter writer = new(buffer);
        writer.WriteStartObject();
        writer.WriteStartObject(PasswordProfile);
        writer.WriteString(PasswordName, password.Characters);
        writer.WriteBoolean(ForceChange, force == Core.Reset.ForceChange.Yes);
        writer.WriteBoolean(ForceChangeWithMfa, force == Core.Reset.ForceChange.YesWithMfa);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return buffer;
    }

    /// <summary>A new password for the reset action; null lets the service make one.</summary>
    public static SecretBuffer Reset(Password? password)
    {
        SecretBuffer buffer = SecretBuffer.For(password?.Characters.Length ?? 0);
        using Utf8JsonWriter writer = new(buffer);
        writer.WriteStartObject();
        if (password is not null)
        {
            writer.WriteString(NewPassword, password.Characters);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer;
    }

    /// <summary>The own password, present and new.</summary>
    public static SecretBuffer Change(Password current, Password next)
    {
        SecretBuffer buffer = SecretBuffer.For(current.Characters.Length + next.Characters.Length);
        using Utf8JsonWriter writer = new(buffer);
        writer.WriteStartObject();
        writer.WriteString(CurrentPassword, current.Characters);
        writer.WriteString(NewPassword, next.Characters);
        writer.WriteEndObject();
        writer.Flush();
        return buffer;
    }

    /// <summary>Takes the password that the service made out of its answer, without a string on the way.</summary>
    /// <returns>Null when the answer holds none.</returns>
    public static Password? Generated(ReadOnlySpan<byte> body)
    {
        try
        {
            Utf8JsonReader reader = new(body);
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                {
                    continue;
                }

                bool isPassword = reader.ValueTextEquals(NewPassword);
                reader.Read();
                if (isPassword && reader.TokenType == JsonTokenType.String)
                {
                    char[] room = new char[reader.ValueSpan.Length];
                    int length = reader.CopyString(room);
                    char[] exact = new char[length];
                    Array.Copy(room, exact, length);
                    Array.Clear(room, 0, room.Length);
                    return length == 0 ? null : new Password(exact);
                }

                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // An answer without a body, or with one that is no JSON, holds no password.
        }

        return null;
    }

    private static byte[] Written(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
