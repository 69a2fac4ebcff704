using System;
using System.Security.Cryptography;
using System.Text;

namespace PasswordOps.Files.Journals;

/// <summary>
/// Encrypts and seals with one key: AES-256 in CBC mode under an initial vector of its own, then HMAC-SHA256 over it and over the clear
/// text that it belongs to. Both have been in every edition for long, unlike modes that do both at once. Safe to use from several threads.
/// </summary>
internal sealed class ValueCipher : IDisposable
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyLength = 32;

    private const int VectorLength = 16;
    private const int SealLength = 16;

    private static readonly RandomNumberGenerator Random = RandomNumberGenerator.Create();

    private readonly object gate = new();
    private readonly Aes aes;
    private readonly HMACSHA256 seal;

    /// <summary>Takes a key; the caller erases its copy.</summary>
    /// <param name="key">32 random bytes.</param>
    public ValueCipher(byte[] key)
    {
        byte[] forEncryption = Derived(key, "PasswordOps journal encryption");
        byte[] forSeals = Derived(key, "PasswordOps journal seal");
        aes = Aes.Create();
        aes.KeySize = 8 * KeyLength;
        aes.Mode = CipherMode.CBC;
        aes.Padding = PaddingMode.PKCS7;
        aes.Key = forEncryption;
        seal = new HMACSHA256(forSeals);
        Array.Clear(forEncryption, 0, forEncryption.Length);
        Array.Clear(forSeals, 0, forSeals.Length);
    }

    /// <summary>A new random key.</summary>
    public static byte[] NewKey() => NewBytes(KeyLength);

    /// <summary>Encrypts.</summary>
    /// <param name="content">What is to be hidden; the caller erases it.</param>
    /// <param name="belongsTo">Clear text without which it cannot be opened.</param>
    /// <returns>Initial vector, encrypted content and seal.</returns>
    public byte[] Encrypt(byte[] content, byte[] belongsTo)
    {
        byte[] vector = NewBytes(VectorLength);
        lock (gate)
        {
            aes.IV = vector;
            byte[] encrypted;
            using (ICryptoTransform encryptor = aes.CreateEncryptor())
            {
                encrypted = encryptor.TransformFinalBlock(content, 0, content.Length);
            }

            byte[] result = new byte[VectorLength + encrypted.Length + SealLength];
            Buffer.BlockCopy(vector, 0, result, 0, VectorLength);
            Buffer.BlockCopy(encrypted, 0, result, VectorLength, encrypted.Length);
            Buffer.BlockCopy(Seal(result, belongsTo), 0, result, result.Length - SealLength, SealLength);
            return result;
        }
    }

    /// <summary>Decrypts.</summary>
    /// <param name="encrypted">What <see cref="Encrypt"/> gave.</param>
    /// <param name="belongsTo">The clear text that was given to it.</param>
    /// <returns>The content; null when one of the two is not what it was, or the key is another.</returns>
    public byte[]? Decrypt(byte[] encrypted, byte[] belongsTo)
    {
        int length = encrypted.Length - VectorLength - SealLength;
        if (length < VectorLength || length % VectorLength != 0)
        {
            return null;
        }

        lock (gate)
        {
            byte[] expected = Seal(encrypted, belongsTo);
            int different = 0;
            for (int i = 0; i < SealLength; i++)
            {
                different |= expected[i] ^ encrypted[encrypted.Length - SealLength + i];
            }

            if (different != 0)
            {
                return null;
            }

            byte[] vector = new byte[VectorLength];
            Buffer.BlockCopy(encrypted, 0, vector, 0, VectorLength);
            aes.IV = vector;
            using ICryptoTransform decryptor = aes.CreateDecryptor();
            return decryptor.TransformFinalBlock(encrypted, VectorLength, length);
        }
    }

    public void Dispose()
    {
        aes.Dispose();
        seal.Dispose();
    }

    /// <summary>A value that can be told of a key and tells nothing about it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="purpose">Different purposes have different values.</param>
    public static byte[] Derived(byte[] key, string purpose)
    {
        using HMACSHA256 derivation = new(key);
        return derivation.ComputeHash(Encoding.ASCII.GetBytes(purpose));
    }

    private static byte[] NewBytes(int count)
    {
        byte[] bytes = new byte[count];
        Random.GetBytes(bytes);
        return bytes;
    }

    // The length in front keeps clear text and encrypted content from being shifted into each other.
    private byte[] Seal(byte[] message, byte[] belongsTo)
    {
        seal.Initialize();
        byte[] length = BitConverter.GetBytes((long)belongsTo.Length);
        if (!BitConverter.IsLittleEndian)
        {
            Array.Reverse(length);
        }

        seal.TransformBlock(length, 0, length.Length, null, 0);
        seal.TransformBlock(belongsTo, 0, belongsTo.Length, null, 0);
        seal.TransformFinalBlock(message, 0, message.Length - SealLength);
        return seal.Hash!;
    }
}
