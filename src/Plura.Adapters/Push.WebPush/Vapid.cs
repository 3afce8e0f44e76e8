using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Plura.Adapters;

/// <summary>Says to a push service who sends (RFC 8292): a token signed with the installation's key, for that service alone and for half a day.</summary>
public sealed class Vapid(ECDsa key, string contact, TimeProvider clock)
{
    /// <summary>The law of the matter is 24 hours at most; clocks differ.</summary>
    private static readonly TimeSpan Good = TimeSpan.FromHours(12);

    private static readonly string Head = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8);

    public string PublicKey { get; } = Base64Url.EncodeToString(PushEncryption.PointOf(key.ExportParameters(false).Q));

    /// <summary>The Authorization header's parameters, after <c>vapid</c>.</summary>
    public string For(Uri address)
    {
        var claims = JsonSerializer.SerializeToUtf8Bytes(new { aud = address.GetLeftPart(UriPartial.Authority), exp = (clock.GetUtcNow() + Good).ToUnixTimeSeconds(), sub = contact });
        var signed = $"{Head}.{Base64Url.EncodeToString(claims)}";
        // r and s one after the other, as JWS wants it, which is what SignData writes unless told otherwise.
        return $"t={signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}, k={PublicKey}";
    }
}
