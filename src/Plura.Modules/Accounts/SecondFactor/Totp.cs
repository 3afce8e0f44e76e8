using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Plura.Accounts;

/// <summary>Codes of six digits for each half minute (RFC 6238, in the one variant that every authenticator app knows).</summary>
internal static class Totp
{
    public const int KeyLength = 20;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static long Step(DateTimeOffset at) => at.ToUnixTimeSeconds() / 30;

#pragma warning disable CA5350 // The apps know SHA-1 only; in an HMAC it is sound.
    public static string Code(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var hash = HMACSHA1.HashData(key, counter);
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
#pragma warning restore CA5350

    /// <summary>The step whose code this is, looking half a minute back and ahead, because clocks differ; null for none. All three are always computed.</summary>
    public static long? Match(byte[] key, string code, DateTimeOffset now)
    {
        long? found = null;
        var typed = System.Text.Encoding.ASCII.GetBytes(code);
        for (var step = Step(now) - 1; step <= Step(now) + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(typed, System.Text.Encoding.ASCII.GetBytes(Code(key, step))))
                found = step;
        }

        return found;
    }

    /// <summary>The key as people type it: base 32 without padding.</summary>
    public static string Text(byte[] key)
    {
        var text = new System.Text.StringBuilder();
        for (var bit = 0; bit < key.Length * 8; bit += 5)
        {
            var value = 0;
            for (var i = bit; i < bit + 5; i++)
                value = (value << 1) | (i < key.Length * 8 ? (key[i / 8] >> (7 - (i % 8))) & 1 : 0);
            text.Append(Letters[value]);
        }

        return text.ToString();
    }

    /// <summary>What the QR code says.</summary>
    public static string Address(byte[] key, string issuer, string email) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(email)}?secret={Text(key)}&issuer={Uri.EscapeDataString(issuer)}";
}
