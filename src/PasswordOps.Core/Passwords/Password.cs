using System;
using System.Runtime.InteropServices;
using System.Security;

namespace PasswordOps.Core.Passwords;

/// <summary>A password in memory for as short as possible: characters are erased when it is disposed, and nothing prints them.</summary>
public sealed class Password : IDisposable
{
    private readonly char[] characters;
    private bool erased;

    /// <summary>Takes the characters over; the caller must not keep the array.</summary>
    /// <param name="characters">The password.</param>
    public Password(char[] characters)
    {
        this.characters = characters ?? throw new ArgumentNullException(nameof(characters));
    }

    /// <summary>Copies a password out of a <see cref="SecureString"/>.</summary>
    /// <param name="secure">The password.</param>
    public Password(SecureString secure)
    {
        if (secure is null)
        {
            throw new ArgumentNullException(nameof(secure));
        }

        characters = new char[secure.Length];
        IntPtr pointer = Marshal.SecureStringToGlobalAllocUnicode(secure);
        try
        {
            Marshal.Copy(pointer, characters, 0, characters.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(pointer);
        }
    }

    /// <summary>The characters themselves, not a copy; valid until this is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The password was erased.</exception>
    public char[] Characters => erased ? throw new ObjectDisposedException(nameof(Password)) : characters;

    /// <summary>Copies the password into a new read-only <see cref="SecureString"/>, which the caller owns.</summary>
    /// <returns>The copy.</returns>
    public SecureString ToSecureString()
    {
        SecureString secure = new();
        foreach (char c in Characters)
        {
            secure.AppendChar(c);
        }

        secure.MakeReadOnly();
        return secure;
    }

    /// <summary>Erases the characters.</summary>
    public void Dispose()
    {
        Array.Clear(characters, 0, characters.Length);
        erased = true;
    }

    /// <summary>Nothing of the content.</summary>
    /// <returns>A fixed word.</returns>
    public override string ToString() => "(hidden)";
}
