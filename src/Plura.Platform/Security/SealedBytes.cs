using System.Security.Cryptography;

namespace Plura.Platform;

/// <summary>
/// AES-256-GCM as everything that is kept secret in a row or a file is sealed: twelve bytes of nonce, sixteen of tag, the ciphertext. The place (whose it is, in which row)
/// is bound in, so that rows cannot be exchanged.
/// </summary>
public static class SealedBytes
{
    private const int Nonce = 12;
    private const int Tag = 16;

    public static byte[] Seal(byte[] key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> place)
    {
        var text = new byte[Nonce + Tag + plain.Length];
        RandomNumberGenerator.Fill(text.AsSpan(0, Nonce));
        using var cipher = new AesGcm(key, Tag);
        cipher.Encrypt(text.AsSpan(0, Nonce), plain, text.AsSpan(Nonce + Tag), text.AsSpan(Nonce, Tag), place);
        return text;
    }

    /// <exception cref="AuthenticationTagMismatchException">Another key, another place, or bytes that were changed.</exception>
    public static byte[] Open(byte[] key, ReadOnlySpan<byte> text, ReadOnlySpan<byte> place)
    {
        var plain = new byte[text.Length - Nonce - Tag];
        using var cipher = new AesGcm(key, Tag);
        cipher.Decrypt(text[..Nonce], text[(Nonce + Tag)..], text.Slice(Nonce, Tag), plain, place);
        return plain;
    }
}
