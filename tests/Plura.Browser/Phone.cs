using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Plura.Browser;

/// <summary>An authenticator app on the machine's clock, by RFC 6238.</summary>
/// <param name="key">In base 32.</param>
internal sealed class Phone(string key)
{
    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30;

    public string Code() => At(Now);

    /// <summary>A code that is good now and is not the one already used: of this half minute, or of the next.</summary>
    public string Next(string used) => At(Now) == used ? At(Now + 1) : At(Now);

    private string At(long step)
    {
        var bits = string.Concat(key.Trim().Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        byte[] bytes = [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // The apps know SHA-1 only.
        var hash = HMACSHA1.HashData(bytes, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
