using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Plura.Adapters;

/// <summary>
/// What is posted is signed: HMAC-SHA256, in hexadecimal, under our secret over the timestamp, a full stop and the body as it came. The timestamp says
/// when, in seconds since 1970; five minutes later it counts no more. The same message posted again within them changes nothing, because each is taken once.
/// </summary>
public abstract class PostSignature(string secret, TimeProvider clock)
{
    public const string Timestamp = "Plura-Timestamp";
    public const string Header = "Plura-Signature";

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Whether there is a signature that is worth reading the body for.</summary>
    public bool Timely(HttpRequest request) =>
        request.Headers[Header].ToString().Length > 0
        && long.TryParse(request.Headers[Timestamp].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - (decimal)seconds) <= (decimal)Window.TotalSeconds;

    /// <summary>What else is signed, between the timestamp and the body; nothing for most.</summary>
    protected virtual string Scope(HttpRequest request) => "";

    public bool Right(HttpRequest request, ReadOnlySpan<byte> body)
    {
        var given = request.Headers[Header].ToString();
        if (given.StartsWith("sha256=", StringComparison.OrdinalIgnoreCase))
            given = given["sha256=".Length..];
        Span<byte> bytes = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return given.Length == bytes.Length * 2
            && Convert.FromHexString(given, bytes, out _, out var read) == System.Buffers.OperationStatus.Done && read == bytes.Length
            && CryptographicOperations.FixedTimeEquals(bytes, Sign(secret, request.Headers[Timestamp].ToString(), body, Scope(request)));
    }

    public static byte[] Sign(string secret, string timestamp, ReadOnlySpan<byte> body, string scope = "")
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes($"{timestamp}.{scope}"));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
