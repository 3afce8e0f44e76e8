using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Plura.Tests;

/// <summary>A phone's authenticator app: by RFC 6238, and not by the product's own code.</summary>
/// <param name="key">As the page shows it, in base 32.</param>
public sealed class AuthenticatorApp(string key)
{
    public string CodeAt(DateTimeOffset at)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, at.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // The apps know SHA-1 only.
        var hash = HMACSHA1.HashData(Key(), counter);
#pragma warning restore CA5350
        var offset = hash[19] & 15;
        var number = ((hash[offset] & 127) << 24) | (hash[offset + 1] << 16) | (hash[offset + 2] << 8) | hash[offset + 3];
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private byte[] Key()
    {
        var bits = string.Concat(key.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
